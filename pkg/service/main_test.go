package service

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"fairway/pkg/telemetry"
)

// log is a buffer that a server may write to meanwhile.
type log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

type idle struct{}

func (idle) Run(ctx context.Context) error { <-ctx.Done(); return nil }
func (idle) Ready() error                  { return nil }

// TestProfilesOnLoopbackOnly opens the admin endpoint on loopback and on every interface.
func TestProfilesOnLoopbackOnly(t *testing.T) {
	for admin, want := range map[string]int{"127.0.0.1:0": http.StatusOK, "0.0.0.0:0": http.StatusNotFound} {
		var out log
		tel, err := telemetry.New("t", "info", &out)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- Run(ctx, idle{}, tel, Process{Admin: admin}) }()
		var line struct{ Address string }
		for line.Address == "" { // it is told as soon as the port is open
			first, _, _ := strings.Cut(out.String(), "\n")
			_ = json.Unmarshal([]byte(first), &line)
			select {
			case err := <-done:
				t.Fatal(err)
			default:
			}
		}
		_, port, _ := strings.Cut(strings.TrimPrefix(line.Address, "[::]"), ":")
		for path, want := range map[string]int{"/debug/pprof/": want, "/livez": http.StatusOK, "/readyz": http.StatusOK, "/metrics": http.StatusOK} {
			res, err := http.Get("http://127.0.0.1:" + port + path)
			if err != nil {
				t.Fatal(err)
			}
			res.Body.Close()
			if res.StatusCode != want {
				t.Errorf("%s%s: got %d, want %d", admin, path, res.StatusCode, want)
			}
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// TestFollow changes, removes and swaps files.
func TestFollow(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	write := func(name, text string, at int64) {
		t.Helper()
		if err := os.WriteFile(path(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path(name), time.Unix(at, 0), time.Unix(at, 0)); err != nil {
			t.Fatal(err)
		}
	}
	write("a", "one", 1)
	write("b", "two", 2)
	if err := os.Symlink(path("b"), path("link")); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		var loads atomic.Int32
		ctx, cancel := context.WithCancel(t.Context())
		go func() { _ = follow(ctx, []string{path("a"), path("link")}, func() { loads.Add(1) }) }()
		after := func(what string, wait time.Duration, want int) {
			t.Helper()
			time.Sleep(wait)
			synctest.Wait()
			if got := int(loads.Load()); got != want {
				t.Errorf("%s: loaded %d times, want %d", what, got, want)
			}
		}
		after("the start", 1500*time.Millisecond, 1)
		after("nothing", time.Minute, 1)
		write("a", "owe", 3)
		after("a change of time only that still goes on", time.Second, 1)
		write("a", "three", 3)
		after("a change a moment ago", time.Second, 1)
		after("a change that has settled", time.Second, 2)
		write("c", "four", 2)
		if err := os.Rename(path("link"), path("gone")); err != nil {
			t.Fatal(err)
		}
		after("a file gone", 3*time.Second, 3)
		if err := os.Symlink(path("c"), path("link")); err != nil {
			t.Fatal(err)
		}
		after("a link to another file", 3*time.Second, 4)
		cancel()
		synctest.Wait()
	})
}

func TestAddresses(t *testing.T) {
	for addr, want := range map[string][2]bool{ // listen, dial
		"127.0.0.1:8080": {true, true}, "kafka:9092": {true, true}, "[::1]:1": {true, true},
		":8080": {true, false}, "127.0.0.1:0": {true, false},
		"": {}, "127.0.0.1": {}, "a:b": {}, "a:1:2": {}, "a:65536": {}, "a:-1": {}, "a b:1": {}, "redis://a:1": {}, "u@a:1": {}, "a:": {}, "::1:8080": {},
	} {
		if got := [2]bool{Listen("x", addr) == nil, Dial("x", addr) == nil}; got != want {
			t.Errorf("%q: got %v, want %v", addr, got, want)
		}
	}
	if err := Dial("kafka.brokers", "a", "b:1", "c"); err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("want two faults, got %v", err)
	}
}

func TestProcessIsChecked(t *testing.T) {
	for name, change := range map[string]func(*Process){
		"":                 func(*Process) {},
		"admin: ":          func(p *Process) { p.Admin = "x" },
		"log_level: ":      func(p *Process) { p.LogLevel = "INFO+2" },
		"log_level: \"\" ": func(p *Process) { p.LogLevel = "" },
		"grace: ":          func(p *Process) { p.Grace = -1 },
		"memory_mib: ":     func(p *Process) { p.MemoryMiB = -1 },
	} {
		p := DefaultProcess("127.0.0.1:1")
		change(&p)
		if err := errors.Join(Limits(p), p.Validate()); (err == nil) != (name == "") || err != nil && !strings.HasPrefix(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
