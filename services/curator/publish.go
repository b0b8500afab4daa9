package curator

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// The reasons an approval is refused.
var (
	errUnknown  = errors.New("no such submission waits: it was approved, withdrawn or timed out")
	errSame     = errors.New("the officer who submitted cannot approve")
	errTooMany  = errors.New("too many submissions wait for approval")
	errNothing  = errors.New("nothing to submit")
	produceMost = 1000 // changes produced before waiting for their acks
)

// submission is a set of entries that waits for a second person.
type submission struct {
	by      string
	at      time.Time
	entries []travel.ListEntry
	remove  []travel.ListEntry // to delete; list and id count
}

// desk holds the submissions that wait, and gives out revisions.
type desk struct {
	mu       sync.Mutex
	waiting  map[string]submission
	revision int64
	most     int
	keep     time.Duration
}

// submit puts s on the desk and returns its id.
func (d *desk) submit(s submission) (string, error) {
	if len(s.entries)+len(s.remove) == 0 {
		return "", errNothing
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for id, old := range d.waiting {
		if s.at.Sub(old.at) > d.keep {
			delete(d.waiting, id)
		}
	}
	if len(d.waiting) >= d.most {
		return "", errTooMany
	}
	id := rand.Text()
	d.waiting[id] = s
	return id, nil
}

// take removes a submission from the desk for the officer who approves it.
func (d *desk) take(id, by string) (submission, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.waiting[id]
	switch {
	case !ok:
		return s, errUnknown
	case s.by == by:
		return s, errSame
	}
	delete(d.waiting, id)
	return s, nil
}

// putBack returns a submission that could not be published.
func (d *desk) putBack(id string, s submission) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.waiting[id] = s
}

// seen raises the revision to what the topic already holds.
func (d *desk) seen(revision int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.revision = max(d.revision, revision)
}

// current is the newest revision there is.
func (d *desk) current() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.revision
}

// revisions reserves n revisions and returns the first.
func (d *desk) revisions(n int) int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	first := d.revision + 1
	d.revision += int64(n)
	return first
}

// producer is Kafka as publishing sees it.
type producer interface {
	Produce(ctx context.Context, records ...event.Record) error
}

// publish makes approved changes take effect. What was produced before an error stays in effect; publishing the rest
// again is harmless, because an entry's later change replaces the earlier one.
func publish(ctx context.Context, p producer, d *desk, s submission, approved string, now time.Time) (int, error) {
	n := len(s.entries) + len(s.remove)
	revision := d.revisions(n)
	records := make([]event.Record, 0, min(n, produceMost))
	done := 0
	flush := func() error {
		if err := p.Produce(ctx, records...); err != nil {
			return fmt.Errorf("publish changes %d to %d of %d: %w", done+1, done+len(records), n, err)
		}
		done += len(records)
		records = records[:0]
		return nil
	}
	for i := range n {
		w := event.WatchlistChanged{V: 1, Revision: revision + int64(i), Submitted: s.by, Approved: approved, At: now.UnixMilli()}
		if i < len(s.entries) {
			w.Entry = s.entries[i]
		} else {
			gone := &s.remove[i-len(s.entries)]
			w.Entry, w.Deleted = travel.ListEntry{ID: gone.ID, List: gone.List}, true
		}
		r, err := w.Record()
		if err != nil {
			return done, fmt.Errorf("publish change %d of %d: %w", i+1, n, err)
		}
		if records = append(records, r); len(records) == produceMost {
			if err := flush(); err != nil {
				return done, err
			}
		}
	}
	if len(records) > 0 {
		return n, flush()
	}
	return n, nil
}
