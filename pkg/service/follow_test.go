package service

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// TestFollowedFiles holds that a file which changed, if only its time, is read again once it stands still, that one which
// is refused is told, by name, and that what was read well at the start counts as read.
func TestFollowedFiles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "f")
		at := time.Now()
		touch := func() {
			t.Helper()
			at = at.Add(time.Millisecond)
			if err := errors.Join(os.WriteFile(file, []byte("as long as ever"), 0o600), os.Chtimes(file, at, at)); err != nil {
				t.Fatal(err)
			}
		}
		touch()
		var log bytes.Buffer
		reg := prometheus.NewRegistry()
		var loads atomic.Int32
		var fails atomic.Bool
		f := NewFollowed("keys", []string{file}, func() error {
			if loads.Add(1); fails.Load() {
				return errors.New("no keys in it")
			}
			return nil
		}, reg, slog.New(slog.NewTextHandler(&log, nil)))
		families, err := reg.Gather()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range families {
			if m.GetName() == "fairway_reload_success_timestamp_seconds" && m.Metric[0].GetGauge().GetValue() == 0 {
				t.Error("what was read at the start counts as never read")
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- f.Run(ctx) }()
		after := func(d time.Duration, want int) {
			t.Helper()
			time.Sleep(d)
			synctest.Wait()
			if got := int(loads.Load()); got != want {
				t.Errorf("read %d times, want %d", got, want)
			}
		}
		after(lookEvery+time.Millisecond, 1) // it may have changed before it was followed
		after(time.Minute, 1)
		touch()
		after(lookEvery, 1)
		touch() // it is being written
		after(lookEvery, 1)
		after(lookEvery, 2)
		fails.Store(true)
		touch()
		after(3*lookEvery, 3)
		if text := log.String(); !strings.Contains(text, "what=keys") || !strings.Contains(text, "no keys in it") {
			t.Errorf("told: %q", text)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
