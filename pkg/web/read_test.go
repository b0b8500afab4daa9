package web

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestBodiesAreReadStrictly holds what is no body, and that an error quotes nothing of it.
func TestBodiesAreReadStrictly(t *testing.T) {
	for body, ok := range map[string]bool{
		`{"name":"QUILL"}`: true, ` {"name":"QUILL"} ` + "\n": true, `{}`: true,
		`{"name":"QUILL","more":1}`: false, `{"Name":"QUILL"}`: false, `{"name":"QUILL"}{}`: false, `{"name":7}`: false, `QUILL`: false, ``: false,
		`{"name":"` + strings.Repeat("Q", 64) + `"}`: false, strings.Repeat("[", 40): false,
	} {
		var v struct {
			Name string `json:"name"`
		}
		err := Read(httptest.NewRecorder(), httptest.NewRequest("POST", "/", strings.NewReader(body)), 60, &v, "the README")
		if long := len(body) > 60; errors.Is(err, ErrTooLarge) != long {
			t.Errorf("%s: %v, and its length is %d", body, err, len(body))
		}
		if (err == nil) != ok || err != nil && strings.Contains(err.Error(), "QUILL") {
			t.Errorf("%s: %v", body, err)
		}
	}
}
