package service

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"fairway/pkg/telemetry"
)

// lookEvery is how often files are looked at. They are looked at, not watched: a link that is swapped, a mounted secret
// and a network file system tell nobody that watches.
const lookEvery = time.Second

// Followed is what is read again when one of its files changes.
type Followed struct {
	what  string
	files []string
	load  func() error
	gauge *telemetry.Reload
	log   *slog.Logger
}

// NewFollowed makes what follows files, which were read well a moment ago. load keeps what there was when it fails.
func NewFollowed(what string, files []string, load func() error, reg prometheus.Registerer, log *slog.Logger) *Followed {
	f := &Followed{what, files, load, telemetry.NewReload(reg, what), log}
	f.gauge.Done(nil)
	return f
}

// Run reads again whenever a file has changed, until ctx ends.
func (f *Followed) Run(ctx context.Context) error {
	if len(f.files) == 0 {
		return nil
	}
	return follow(ctx, f.files, func() {
		err := f.load()
		if f.gauge.Done(err); err != nil {
			f.log.Error("changed files are refused, what was read before stays", "what", f.what, "error", err)
		}
	})
}

// follow calls load when any of files has changed and then stood still for a second, until ctx ends, and once at the
// start for what changed meanwhile.
func follow(ctx context.Context, files []string, load func()) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	before, loaded := signature(files), ""
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		now := signature(files)
		if now == before && now != loaded {
			loaded = now
			load()
		}
		before = now
	}
}

// signature changes when a file does, links followed. One that cannot be read counts as not there.
func signature(files []string) string {
	var s strings.Builder
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			fmt.Fprintf(&s, "%d %d", info.Size(), info.ModTime().UnixNano())
		}
		s.WriteByte('\n')
	}
	return s.String()
}
