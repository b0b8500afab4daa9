package curator

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"fairway/pkg/access"
	"fairway/pkg/service"
	"fairway/pkg/stream/streamtest"
)

// TestOfficersKeysAreReadAgain changes officers' keys, well and badly: whoever has two names could approve what they
// submitted.
func TestOfficersKeysAreReadAgain(t *testing.T) {
	dir := t.TempDir()
	write := func(name, key string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(key), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	s := &Service{deps: Deps{Log: slog.New(slog.DiscardHandler)}}
	s.cfg.Officers = []Officer{{Name: "anna", KeyFile: write("anna", "first-key-of-anna")}, {Name: "otto", KeyFile: write("otto", "first-key-of-otto")}}
	var err error
	if s.keys, err = access.NewKeys("officer", owners(s.cfg.Officers)); err != nil {
		t.Fatal(err)
	}
	reg := prometheus.NewRegistry()
	s.followed = service.NewFollowed("officer_keys", s.keys.Files(), s.keys.Read, reg, s.deps.Log)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.followed.Run(ctx) }()
	defer func() { cancel(); <-done }()
	who := func(key string) string {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Authorization", "Bearer "+key)
		return s.keys.Identify(r)
	}
	write("anna", "second-key-of-anna")
	streamtest.Wait(t, 20*time.Second, "the new key", func() bool { return who("second-key-of-anna") == "anna" })
	if who("first-key-of-anna") != "" || who("first-key-of-otto") != "otto" {
		t.Error("the old key is still good, or another officer's is not")
	}
	write("otto", "second-key-of-anna")
	streamtest.Wait(t, 20*time.Second, "the refusal", func() bool { return failed(t, reg) })
	if who("first-key-of-otto") != "otto" || who("second-key-of-anna") != "anna" {
		t.Error("a key of two officers was taken")
	}
}

func failed(t *testing.T, reg *prometheus.Registry) bool {
	t.Helper()
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == "fairway_reload_failed" {
			return f.Metric[0].GetGauge().GetValue() == 1
		}
	}
	return false
}
