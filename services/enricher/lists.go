package enricher

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

// lists keeps the in-memory name index in step with watchlist.changed. Readers never wait: they see the newest
// complete index.
type lists struct {
	live  atomic.Pointer[snapshot]
	mu    sync.Mutex // orders writers: the tail, and the merge in the background
	merge func(func())
}

// snapshot is an index and the revision of the newest change in it.
type snapshot struct {
	*watchlist.Live
	revision int64
}

func newLists(background func(func())) *lists {
	l := &lists{merge: background}
	l.live.Store(&snapshot{Live: watchlist.NewLive(nil)})
	return l
}

// Match implements names.
func (l *lists) Match(dst []travel.Match, t *travel.Traveller, on travel.Date, s *watchlist.Scratch) ([]travel.Match, int64) {
	now := l.live.Load()
	return now.MatchNames(dst, t, on, s), now.revision
}

// apply takes in changes as they arrive on the topic.
func (l *lists) apply(_ context.Context, recs []stream.Record) error {
	changes := make([]watchlist.Change, 0, len(recs))
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.live.Load()
	revision := now.revision
	for i := range recs {
		var w event.WatchlistChanged
		if len(recs[i].Value) == 0 {
			continue // compaction's tombstone; the deletion itself came as an event
		}
		// Entries are kept for long: decode from a copy, because decoded strings share its memory.
		if err := event.Decode(append([]byte(nil), recs[i].Value...), &w); err != nil {
			return fmt.Errorf("read %s/%d/%d: %w", recs[i].Topic, recs[i].Partition, recs[i].Offset, err)
		}
		changes = append(changes, watchlist.Change{Entry: w.Entry, Deleted: w.Deleted, Revision: w.Revision})
		revision = max(revision, w.Revision)
	}
	next := now.Apply(changes)
	l.live.Store(&snapshot{next, revision})
	if next.NeedsMerge() {
		l.startMerge(next)
	}
	return nil
}
