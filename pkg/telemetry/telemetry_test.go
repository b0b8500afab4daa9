package telemetry

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

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

func TestServeAnswersOpenRequestsBeforeItStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	entered, release := make(chan struct{}), make(chan struct{})
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-release
		_, _ = io.WriteString(w, "answered")
	})
	addr, done := make(chan net.Addr, 1), make(chan error, 1)
	go func() { done <- Serve(ctx, "127.0.0.1:0", h, 10*time.Second, func(a net.Addr) { addr <- a }) }()
	body := make(chan string, 1)
	go func() {
		res, err := http.Get("http://" + (<-addr).String())
		if err != nil {
			body <- err.Error()
			return
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		body <- string(b)
	}()
	<-entered
	cancel()
	close(release)
	if got := <-body; got != "answered" {
		t.Errorf("got %q", got)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestLevelIsChecked(t *testing.T) {
	if _, err := New("test", "loud", io.Discard); err == nil {
		t.Error("took the level loud")
	}
}

func TestProfilesAreForLoopback(t *testing.T) {
	for addr, want := range map[string]bool{"127.0.0.1:8082": true, "[::1]:8082": true, "localhost:0": true, "127.8.0.1:1": true, "[::ffff:127.0.0.1]:1": true,
		"0.0.0.0:9100": false, ":9100": false, "[::]:9100": false, "192.0.2.1:9100": false, "localhost.example:1": false, "": false, "127.0.0.1": false} {
		if got := Loopback(addr); got != want {
			t.Errorf("%q: got %v", addr, got)
		}
	}
	h := Handler(Discard().Registry, func() error { return nil }, false)
	for _, path := range []string{"/debug/pprof/", "/debug/pprof/profile", "/debug/pprof/trace", "/debug/pprof/heap"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: got %d", path, w.Code)
		}
	}
}
