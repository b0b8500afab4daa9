package enricher

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

// lists keeps the in-memory name index in step with watchlist.changed. Readers never wait: they see the newest
// complete index. Writers are the tail, one batch at a time, and one merge in the background.
type lists struct {
	live       atomic.Pointer[snapshot]
	background func(func())
	mu         sync.Mutex
	loading    map[string]watchlist.Change // by list/id, until the topic is read for the first time; then nil
	revision   int64
	merging    bool
}

// snapshot is an index and the revision of the newest change in it.
type snapshot struct {
	*watchlist.Live
	revision int64
}

func newLists(background func(func())) *lists {
	l := &lists{background: background, loading: map[string]watchlist.Change{}}
	l.live.Store(&snapshot{Live: watchlist.NewLive(watchlist.Build(nil))})
	return l
}

// Match implements names.
func (l *lists) Match(dst []travel.Match, t *travel.Traveller, on travel.Date, s *watchlist.Scratch) ([]travel.Match, int64) {
	now := l.live.Load()
	return now.MatchNames(dst, t, on, s), now.revision
}

// apply takes in changes as they arrive on the topic.
func (l *lists) apply(_ context.Context, recs []stream.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	changes := make([]watchlist.Change, 0, len(recs))
	for i := range recs {
		if len(recs[i].Value) == 0 {
			continue // compaction's tombstone; the deletion itself came as an event
		}
		// Entries are kept for long: decode from a copy, because decoded strings share its memory.
		w, err := event.ReadChange(slices.Clone(recs[i].Value), recs[i].Offset)
		if err != nil {
			return fmt.Errorf("read %s/%d/%d: %w", recs[i].Topic, recs[i].Partition, recs[i].Offset, err)
		}
		// What an entry is named is in the value. The record's key is left alone: see event.WatchlistChanged.
		changes = append(changes, watchlist.Change{Entry: w.Entry, Deleted: w.Deleted, Revision: w.Revision})
		l.revision = max(l.revision, w.Revision)
	}
	if l.loading != nil {
		for _, c := range changes {
			l.loading[c.Entry.Key()] = c
		}
		return nil
	}
	l.publish(l.live.Load().Apply(changes))
	return nil
}

// loaded builds the first index, once everything that was on the topic has been applied.
func (l *lists) loaded() {
	l.mu.Lock()
	defer l.mu.Unlock()
	entries := make([]travel.ListEntry, 0, len(l.loading))
	for _, c := range l.loading {
		if !c.Deleted {
			entries = append(entries, c.Entry)
		}
	}
	l.loading = nil
	l.publish(watchlist.NewLive(watchlist.Build(entries)))
}

// publish makes next the index that readers see, and merges it in the background when it has grown slow.
func (l *lists) publish(next *watchlist.Live) {
	l.live.Store(&snapshot{next, l.revision})
	if !next.NeedsMerge() || l.merging {
		return
	}
	l.merging = true
	l.background(func() {
		merged := next.Merge()
		l.mu.Lock()
		defer l.mu.Unlock()
		l.merging = false
		l.publish(merged.Since(next, l.live.Load().Live))
	})
}
