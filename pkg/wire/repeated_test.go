package wire

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fairway/pkg/travel"
)

// TestRepeatedField: of a field that stands twice the last would win in silence, and somebody be lost with the other.
func TestRepeatedField(t *testing.T) {
	for body, want := range map[string]int{
		`{"travellers":[{"surname":"ROE"}],"travellers":[]}`:                                              34,
		`{"travellers":[{"surname":"ROE","surname":"DOE"}]}`:                                              32,
		`{"travellers":[{"surname":"ROE","s\u0075rname":"DOE"}]}`:                                         32,
		`{"travellers":[{"documents":[{"number":"1"},{"number":"2" , "number" : "3"}],"surname":"ROE"}]}`: 60,
		"\ufeff[{\"kind\":\"api\"},{\"kind\":\"api\",\"kind\":\"pnr\"}]":                                  33,
		`{"part":{"number":1},"part":{"number":1}}`:                                                       21,
		`{"travellers":[{"surname":"surname"},{"surname":"surname","given":"surname"}]}`:                  -1,
		`{"travellers":[{"documents":[{"number":"1"}],"surname":"ROE"}],"kind":"api"}`:                    -1,
	} {
		_, err := Decode("", []byte(body))
		var bad *travel.DecodeError
		switch {
		case errors.As(err, &bad) != (want >= 0):
			t.Errorf("%s: %v", body, err)
		case bad != nil:
			if f := bad.Findings[0]; f.Code != "repeated_field" || f.Severity != travel.Fault || f.Offset != want {
				t.Errorf("%s: %+v", body, f)
			}
		}
	}
}

// TestRepeatedFieldIsStillMasked: a body that is refused is kept, but not what must not be.
func TestRepeatedFieldIsStillMasked(t *testing.T) {
	body := `{"kind":"pnr","kind":"pnr","bookings":[{"services":["KSML"]}]}`
	if strings.Contains(string(Mask([]byte(body))), "KSML") {
		t.Error("kept")
	}
}

// TestBoundJSONIsLinear holds the time of sixteen times the fields, and of the blanks after strings, against one part.
func TestBoundJSONIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	for name, part := range map[string]string{"fields": `{"surname":"A","given":"B"},`, "escapes": `{"s\u0075rname":"A","x\u0075":1},`, "blanks": `{"surname"` + strings.Repeat(" ", 500) + `:"A"},`, "unknown": `"A":1,"B":2,`} {
		spent := func(n int) time.Duration {
			body := []byte(`[` + strings.Repeat(part, n) + `{}]`)
			best := time.Duration(1<<63 - 1)
			for range 3 {
				start := time.Now()
				boundJSON(body)
				best = min(best, time.Since(start))
			}
			return best
		}
		if one, sixteen := spent(1000), spent(16000); sixteen > 16*8*one {
			t.Errorf("%s: 16 times as much took %.0f times as long", name, float64(sixteen)/float64(one))
		}
	}
}

// TestFieldsFitTheirSet: all names have a place in a fieldSet.
func TestFieldsFitTheirSet(t *testing.T) {
	if n := len(fieldNumbers); n < 50 || n > 64*len(fieldSet{}) {
		t.Errorf("%d fields", n)
	}
	if _, ok := fieldNumbers["surname"]; !ok {
		t.Error("no surname")
	}
}
