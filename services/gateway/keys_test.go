package gateway

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"fairway/pkg/journey"
)

// shared is a log that is read while it is written.
type shared struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *shared) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *shared) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// pipes is a listener whose connections are in memory, so that the clock of a test is not held up by the network.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.closed) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes", Net: "unix"} }

func (p *pipes) dial() net.Conn {
	ours, theirs := net.Pipe()
	p.conns <- theirs
	return ours
}

// inMemory runs a gateway to which carriers connect through pipes, until the test ends.
func inMemory(t *testing.T, cfg Config, deps Deps) (*Service, *pipes) {
	t.Helper()
	s, err := New(cfg, deps)
	if err != nil {
		t.Fatal(err)
	}
	secured, err := cfg.tls(&s.pair)
	if err != nil {
		t.Fatal(err)
	}
	s.listener.Close()
	listener := newPipes()
	s.listener = tls.NewListener(listener, secured)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return s, listener
}

// eventually waits up to 20 s of the test's clock.
func eventually(t *testing.T, what string, cond func() bool) {
	t.Helper()
	for range 200 {
		if cond() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("waited in vain for %s", what)
}

// TestKeysAndCertificateAreReadAgain changes a carrier's key and the certificate of a gateway that runs, well and badly.
// There is no Kafka, and that holds nothing up.
func TestKeysAndCertificateAreReadAgain(t *testing.T) {
	synctest.Test(t, keysAndCertificateAreReadAgain)
}

func keysAndCertificateAreReadAgain(t *testing.T) {
	dir, changed := t.TempDir(), time.Now()
	path := func(name string) string { return filepath.Join(dir, name) }
	write := func(name string, b []byte) {
		t.Helper()
		changed = changed.Add(time.Second) // a file that is as large as before is known by its time
		if err := errors.Join(os.WriteFile(path(name), b, 0o600), os.Chtimes(path(name), changed, changed)); err != nil {
			t.Fatal(err)
		}
	}
	certify := func(serial int64) {
		cert, key := certificate(t, serial)
		write("cert", cert)
		write("key", key)
	}
	certify(1)
	write("zx", []byte("first-key-of-this-test"))
	write("qz", []byte("other-key-of-this-test"))
	cfg := DefaultConfig()
	cfg.HTTP, cfg.TLSCertFile, cfg.TLSKeyFile = "127.0.0.1:0", path("cert"), path("key")
	cfg.Kafka.Brokers = []string{"127.0.0.1:1"}
	cfg.Carriers = journey.Carriers{{Code: "ZX", KeyFile: path("zx")}, {Code: "QZ", KeyFile: path("qz")}}
	var log shared
	reg := prometheus.NewRegistry()
	s, listener := inMemory(t, cfg, Deps{Log: slog.New(slog.NewTextHandler(&log, nil)), Registerer: reg, Now: time.Now})
	is := func(key, carrier string) bool {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Authorization", "Bearer "+key)
		c := s.identify(r)
		return c == nil && carrier == "" || c != nil && c.Code == carrier
	}
	serial := func() int64 {
		c := tls.Client(listener.dial(), &tls.Config{InsecureSkipVerify: true})
		defer c.Close()
		if err := c.Handshake(); err != nil {
			t.Fatal(err)
		}
		return c.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
	}
	if !is("first-key-of-this-test", "ZX") || serial() != 1 || failed(t, reg, "carrier_keys") || failed(t, reg, "certificate") {
		t.Fatal("not as configured")
	}
	write("zx", []byte("second-key-of-this-test"))
	eventually(t, "the new key", func() bool { return is("second-key-of-this-test", "ZX") })
	if !is("first-key-of-this-test", "") || !is("other-key-of-this-test", "QZ") {
		t.Error("the old key is still good, or another carrier's is not")
	}
	write("zx", []byte("other-key-of-this-test")) // one key, two carriers: whose would a message be?
	eventually(t, "the refusal", func() bool { return failed(t, reg, "carrier_keys") })
	if !is("second-key-of-this-test", "ZX") || !is("other-key-of-this-test", "QZ") || !strings.Contains(log.String(), "carriers ZX and QZ have the same key") {
		t.Errorf("a bad file was taken, or passed over in silence:\n%s", log.String())
	}
	write("zx", []byte("fourth-key-of-this-test"))
	eventually(t, "the good one after it", func() bool { return is("fourth-key-of-this-test", "ZX") && !failed(t, reg, "carrier_keys") })

	certify(2)
	eventually(t, "the new certificate", func() bool { return serial() == 2 })
	keep, err := os.ReadFile(path("cert"))
	if err != nil {
		t.Fatal(err)
	}
	cert, bad := certificate(t, 3)
	write("cert", cert) // without its key
	eventually(t, "the refusal", func() bool { return failed(t, reg, "certificate") })
	if serial() != 2 {
		t.Error("a certificate without its key was taken")
	}
	write("cert", keep)
	eventually(t, "the one before", func() bool { return !failed(t, reg, "certificate") })
	write("key", bad)
	eventually(t, "the refusal of a key alone", func() bool { return failed(t, reg, "certificate") })
	if strings.Contains(log.String(), "key-of-this-test") {
		t.Errorf("the log shows a key:\n%s", log.String())
	}
}

// TestCarriersAreKnownByCertificate holds that a carrier is who its verified certificate names, of the authority that is
// configured, and that the port asks for it.
func TestCarriersAreKnownByCertificate(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, b []byte) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	cert, key := certificate(t, 1)
	cfg := DefaultConfig()
	cfg.HTTP, cfg.Kafka.Brokers = "127.0.0.1:0", []string{"127.0.0.1:1"}
	cfg.TLSCertFile, cfg.TLSKeyFile = file("cert", cert), file("key", key)
	cfg.ClientCAFile = cfg.TLSCertFile
	cfg.Carriers = journey.Carriers{{Code: "ZX", Subject: "zx.example"}, {Code: "QZ", KeyFile: file("qz", []byte("a-key-of-sixteen-letters"))}}
	if err := cfg.Check(); err != nil {
		t.Error(err)
	}
	s, err := New(cfg, Deps{Log: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	shown := &x509.Certificate{Subject: pkix.Name{CommonName: "zx.example"}}
	r.TLS = &tls.ConnectionState{PeerCertificates: []*x509.Certificate{shown}}
	if c := s.identify(r); c != nil {
		t.Errorf("%s by a certificate nobody verified", c.Code)
	}
	r.TLS.VerifiedChains = [][]*x509.Certificate{{shown}}
	if c := s.identify(r); c == nil || c.Code != "ZX" {
		t.Errorf("got %v", c)
	}
	secured, err := cfg.tls(&s.pair)
	if err != nil || secured.ClientCAs == nil || secured.ClientAuth != tls.VerifyClientCertIfGiven {
		t.Errorf("carriers are not asked: %v", err)
	}
	for what, spoil := range map[string]func(*Config){
		"read key of carrier QZ":                 func(c *Config) { c.Carriers[1].KeyFile = dir + "/none" },
		"load certificate":                       func(c *Config) { c.TLSKeyFile = dir + "/none" },
		"carriers' authority: ":                  func(c *Config) { c.ClientCAFile = dir + "/none" },
		"kafka authority: open " + dir + "/none": func(c *Config) { c.Kafka.CAFile = dir + "/none" },
	} {
		bad := cfg
		bad.Carriers = slices.Clone(cfg.Carriers)
		spoil(&bad)
		if err := bad.Check(); err == nil || !strings.Contains(err.Error(), what) || strings.Contains(err.Error(), "\n") {
			t.Errorf("want %q, got %v", what, err)
		}
	}
}

// failed reports whether the last load of what failed.
func failed(t *testing.T, reg *prometheus.Registry, what string) bool {
	t.Helper()
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.Metric {
			if f.GetName() == "fairway_reload_failed" && m.Label[0].GetValue() == what {
				return m.GetGauge().GetValue() == 1
			}
		}
	}
	t.Fatalf("no gauge of %s", what)
	return false
}

func certificate(t *testing.T, serial int64) (cert, key []byte) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(serial), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8})
}

// TestRefusedRequestsAreTold refuses many requests: the log tells of the first at once, of the rest once a minute, and
// never what was given as a key.
func TestRefusedRequestsAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := new(shared)
		s := offline(t, new(bytes.Buffer))
		s.deps.Log = slog.New(slog.NewTextHandler(log, nil))
		lines := func(want ...string) {
			t.Helper()
			synctest.Wait()
			text := log.String()
			if got := strings.Count(text, "\n"); got != len(want) {
				t.Fatalf("%d lines, want %d:\n%s", got, len(want), text)
			}
			for _, w := range want {
				if !strings.Contains(text, w) {
					t.Errorf("no %q in\n%s", w, text)
				}
			}
		}
		refused := func(n int) {
			for range n {
				if w := ask(s, http.MethodGet, "/v1/advisories", "key-ZX-with-a-slip", "", ""); w.Code != http.StatusUnauthorized || w.Header().Get("WWW-Authenticate") == "" {
					t.Fatalf("got %d, %v", w.Code, w.Header())
				}
			}
		}
		refused(1)
		lines("remote=127.0.0.1 count=1")
		refused(1000)
		lines("count=1")
		time.Sleep(61 * time.Second)
		lines("count=1", "count=1000")
		time.Sleep(time.Hour)
		refused(7)
		lines("count=1", "count=1000", "count=1\n")
		time.Sleep(time.Hour)
		lines("count=1", "count=1000", "count=1\n", "count=6")
		if strings.Contains(log.String(), "slip") || !strings.Contains(log.String(), "carrier=unknown") {
			t.Errorf("got\n%s", log.String())
		}
	})
}
