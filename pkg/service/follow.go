package service

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"
)

// lookEvery is how often files are looked at. They are looked at, not watched: a link that is swapped, a mounted secret
// and a network file system tell nobody that watches.
const lookEvery = time.Second

// Follow calls load when any of files has changed and then stood still for a second, until ctx ends, and once at the
// start for what changed meanwhile. load keeps what there was when it fails.
func Follow(ctx context.Context, files []string, load func()) error {
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
