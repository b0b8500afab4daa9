package telemetry

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fairway/pkg/travel"
)

func TestLogShowsNobody(t *testing.T) {
	var out bytes.Buffer
	tel, err := New("test", "info", &out)
	if err != nil {
		t.Fatal(err)
	}
	p := travel.Traveller{Surname: "LINDQVIST", Documents: []travel.Document{{Number: "X9012345"}}}
	tel.Log.Info("m", "one", p, "many", []travel.Traveller{p}, "map", map[string]any{"p": &p}, "error", fmt.Errorf("about %v", p.Surname))
	for _, secret := range []string{"LINDQVIST", "X9012345"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("the log shows %s: %s", secret, out.String())
		}
	}
	if !strings.Contains(out.String(), "about ***") {
		t.Errorf("errors are not printed: %s", out.String())
	}
}

func TestAdmin(t *testing.T) {
	tel := Discard()
	ready := errors.New("still reading the lists")
	h := Handler(tel.Registry, func() error { return ready }, true)
	for path, want := range map[string]int{"/livez": 200, "/readyz": 503, "/metrics": 200, "/debug/pprof/": 200, "/nothing": 404} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("%s: got %d, want %d", path, w.Code, want)
		}
	}
	ready = nil
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
	if w.Code != 200 {
		t.Errorf("ready: got %d", w.Code)
	}
}

func TestLevelIsChecked(t *testing.T) {
	if _, err := New("test", "loud", io.Discard); err == nil {
		t.Error("took the level loud")
	}
}

func TestProfilesAreForLoopback(t *testing.T) {
	h := Handler(Discard().Registry, func() error { return nil }, false)
	for _, path := range []string{"/debug/pprof/", "/debug/pprof/profile", "/debug/pprof/trace", "/debug/pprof/heap"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: got %d", path, w.Code)
		}
	}
}
