package curator

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairway/pkg/access"
)

// TestDemoOfficersAreForLoopback holds that an officer whose key is known to everybody who has the source is let in from
// this machine only, and one with a key of their own from anywhere.
func TestDemoOfficersAreForLoopback(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte("a key of 24 letters here\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := twoOfficers(t, new(bytes.Buffer))
	var err error
	if s.keys, err = access.NewKeys("officer", owners([]Officer{{Name: "demo", Key: "key-demo"}, {Name: "ida", KeyFile: file}})); err != nil {
		t.Fatal(err)
	}
	const own = "a key of 24 letters here"
	for _, c := range []struct {
		from, header string
		want         string // who it is; "" for nobody
	}{
		{"127.0.0.1:4711", "Bearer key-demo", "demo"},
		{"127.8.9.1:4711", "bearer key-demo", "demo"},
		{"[::1]:4711", "Bearer key-demo", "demo"},
		{"[::ffff:127.0.0.1]:4711", "Bearer key-demo", "demo"},
		{"192.0.2.7:4711", "Bearer key-demo", ""},
		{"10.0.0.1:4711", "Bearer key-demo", ""},
		{"[2001:db8::1]:4711", "Bearer key-demo", ""},
		{"[::ffff:192.0.2.7]:4711", "Bearer key-demo", ""},
		{"0.0.0.0:4711", "Bearer key-demo", ""},
		{"localhost:4711", "Bearer key-demo", ""}, // nothing but an address tells where it is from
		{"127.0.0.1", "Bearer key-demo", ""},
		{"", "Bearer key-demo", ""},
		{"@", "Bearer key-demo", ""},
		{"192.0.2.7:4711", "Bearer " + own, "ida"},
		{"127.0.0.1:4711", "BEARER " + own, "ida"},
		{"127.0.0.1:4711", "Bearer " + own + "x", ""},
		{"127.0.0.1:4711", "Bearer ", ""},
		{"127.0.0.1:4711", "Bearer", ""},
		{"127.0.0.1:4711", "Basic " + own, ""},
		{"127.0.0.1:4711", own, ""},
		{"127.0.0.1:4711", "", ""},
	} {
		r := httptest.NewRequest(http.MethodGet, submissions, nil)
		r.RemoteAddr = c.from
		r.Header.Set("Authorization", c.header)
		r.Header.Set("X-Forwarded-For", "127.0.0.1")
		if got := s.keys.Identify(r); got != c.want {
			t.Errorf("%q from %q: %q, want %q", c.header, c.from, got, c.want)
		}
		w := httptest.NewRecorder()
		if s.Handler().ServeHTTP(w, r); (w.Code == http.StatusUnauthorized) != (c.want == "") {
			t.Errorf("%q from %q: %d", c.header, c.from, w.Code)
		}
	}
}

// TestKeysAreOfOneOfficer holds that two names with one key are no two people.
func TestKeysAreOfOneOfficer(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte("a key of 24 letters here"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := access.NewKeys("officer", owners([]Officer{{Name: "anna", KeyFile: file}, {Name: "otto", KeyFile: file}})); err == nil || !strings.Contains(err.Error(), "anna and otto") {
		t.Error(err)
	}
}

// TestEveryPathAsksForAKey holds that nobody reads or changes a list without one.
func TestEveryPathAsksForAKey(t *testing.T) {
	s := twoOfficers(t, new(bytes.Buffer))
	for _, path := range []string{"POST /v1/watchlist/submissions", "GET /v1/watchlist/submissions", "GET /v1/watchlist/submissions/X", "POST /v1/watchlist/submissions/X/approve",
		"POST /v1/watchlist/submissions/X/reject", "POST /v1/watchlist/removals", "GET /v1/watchlist/entries?entry=l/E1", "POST /v1/confirmations", "POST /v1/clearances"} {
		method, url, _ := strings.Cut(path, " ")
		if code := ask(t, s, method, url, "nobody", "", nil); code != http.StatusUnauthorized {
			t.Errorf("%s: %d", path, code)
		}
	}
}
