package access

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhoIsKnown holds who is known by what: a key from a file from anywhere, one of the process itself on this machine
// only, a certificate that was verified, and a key before a certificate.
func TestWhoIsKnown(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte("a key of 24 letters here\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const own = "Bearer a key of 24 letters here"
	keys, err := NewKeys("carrier", []Owner{{Name: "demo", Key: "key-demo"}, {Name: "zx", KeyFile: file}, {Name: "qz", Subject: "qz.example"}, {Name: "none"}})
	if err != nil {
		t.Fatal(err)
	}
	certificate := func(name string, verified bool) *tls.ConnectionState {
		c := &x509.Certificate{Subject: pkix.Name{CommonName: name}}
		s := &tls.ConnectionState{PeerCertificates: []*x509.Certificate{c}}
		if verified {
			s.VerifiedChains = [][]*x509.Certificate{{c}}
		}
		return s
	}
	for _, c := range []struct {
		from, header string
		tls          *tls.ConnectionState
		want         string
	}{
		{"127.0.0.1:1", "Bearer key-demo", nil, "demo"},
		{"127.0.0.1:1", "bearer key-demo", nil, "demo"},
		{"[::1]:1", "Bearer key-demo", nil, "demo"},
		{"192.0.2.1:1", "Bearer key-demo", nil, ""},
		{"192.0.2.1:1", own, nil, "zx"},
		{"192.0.2.1:1", own + "x", nil, ""},
		{"127.0.0.1:1", "Bearer ", nil, ""}, // as many have no key
		{"127.0.0.1:1", "Bearer", nil, ""},
		{"127.0.0.1:1", "Basic key-demo", nil, ""},
		{"127.0.0.1:1", "", nil, ""},
		{"192.0.2.1:1", "", certificate("qz.example", true), "qz"},
		{"192.0.2.1:1", "", certificate("qz.example", false), ""},
		{"192.0.2.1:1", "", certificate("qz.example.org", true), ""},
		{"192.0.2.1:1", "", certificate("", true), ""}, // as many have no certificate
		{"192.0.2.1:1", own, certificate("qz.example", true), "zx"},
		{"192.0.2.1:1", "Bearer wrong", certificate("qz.example", true), ""},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr, r.TLS = c.from, c.tls
		r.Header.Set("Authorization", c.header)
		r.Header.Set("X-Forwarded-For", "127.0.0.1")
		if got := keys.Identify(r); got != c.want {
			t.Errorf("%q from %s is %q, want %q", c.header, c.from, got, c.want)
		}
	}
}

// TestKeysAreChecked holds that a key which is short, unreadable or somebody else's is refused by name, never shown, and
// that all stays as it was.
func TestKeysAreChecked(t *testing.T) {
	dir := t.TempDir()
	write := func(name, key string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(key), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	owners := []Owner{{Name: "anna", KeyFile: write("anna", "first-key-of-anna")}, {Name: "otto", KeyFile: write("otto", "first-key-of-otto")}}
	keys, err := NewKeys("officer", owners)
	if err != nil || len(keys.Files()) != 2 {
		t.Fatal(err, keys.Files())
	}
	for key, want := range map[string]string{"fifteen-letters": "shorter than 16", "": "shorter than 16", "first-key-of-anna": "anna and otto", strings.Repeat("k", 1<<20+1): "1 MiB"} {
		write("otto", key)
		if err := keys.Read(); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "otto") || key != "" && strings.Contains(err.Error(), key) {
			t.Errorf("%.20q: %v", key, err)
		}
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Authorization", "Bearer first-key-of-otto")
		if got := keys.Identify(r); got != "otto" {
			t.Errorf("%.20q was taken: %q", key, got)
		}
	}
	write("otto", "sixteen-letters!")
	if err := keys.Read(); err != nil {
		t.Errorf("a key of 16 letters: %v", err)
	}
	if err := os.Remove(owners[1].KeyFile); err != nil {
		t.Fatal(err)
	}
	if err := keys.Read(); err == nil || !strings.Contains(err.Error(), "key of officer otto") {
		t.Error(err)
	}
}
