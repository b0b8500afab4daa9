package curator

import (
	"context"
	"fmt"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

const (
	produceMost = 1000 // changes produced before waiting for their acks
	publishFor  = time.Minute
)

// published is how far the changes of a proposal are in force.
type published struct {
	acknowledged int // changes that Kafka acknowledged now
	earlier      int // by an earlier try at the same approval
	already      int // entries that were so before
	superseded   int // changed again by a later approval, which stands
}

// changes of this approval that are on the topic.
func (p published) changes() int { return p.acknowledged + p.earlier }

// carryOut makes an approved proposal take effect and puts on record that it did. What was produced before an error stays
// in effect; carrying it out again produces the rest. Again says that it was tried before, here or by another curator:
// then an entry may have been changed by a later approval, and what was approved later stands.
func (s *Service) carryOut(ctx context.Context, id string, again bool) (published, error) {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), publishFor)
	defer cancel()
	p, ok := s.proposals.get(id)
	if !ok || p.state != event.ProposalApproved { // meanwhile another carried it out
		return published{earlier: p.changes, already: p.sets + p.removes - p.changes}, nil
	}
	done, err := publish(ctx, s.topics, &p, again)
	s.metrics.published.Add(float64(done.acknowledged))
	if err != nil {
		return done, err
	}
	r, err := (&event.Proposal{V: 1, ID: id, State: event.ProposalInForce, At: s.deps.Now().UnixMilli(), Changes: done.changes()}).Record()
	if err == nil {
		_, err = s.topics.Acknowledge(ctx, r)
	}
	if err != nil {
		return done, fmt.Errorf("record that it is in force: %w", err)
	}
	s.deps.Log.Info("submission in force", "submission", id, "submitted", p.by, "approved", p.officer,
		"changes", done.changes(), "unchanged", done.already, "superseded", done.superseded)
	s.proposals.await(ctx, id, func(p proposal) bool { return p.state == event.ProposalInForce })
	return done, nil
}

// publish produces the changes of p that are not in force, and counts what Kafka has acknowledged.
func publish(ctx context.Context, t topics, p *proposal, again bool) (published, error) {
	var done published
	now, err := present(ctx, t, p.names())
	if err != nil {
		return done, fmt.Errorf("read what is in force: %w", err)
	}
	records := make([]event.Record, 0, produceMost)
	flush := func() error {
		n, err := t.Acknowledge(ctx, records...)
		done.acknowledged += n
		records = records[:0]
		return err
	}
	for i := range p.sets + p.removes {
		w := p.change(i)
		last, known := now[w.Entry.Key()]
		switch mine := again && last.At == p.decided && last.Submitted == p.by && last.Approved == p.officer; {
		case again && known && last.At > p.decided:
			done.superseded++
			continue
		case w.same(last, known) && mine:
			done.earlier++
			continue
		case w.same(last, known):
			done.already++
			continue
		}
		r, err := w.Record()
		if err != nil {
			return done, fmt.Errorf("publish change %d: %w", i+1, err)
		}
		if records = append(records, r); len(records) == produceMost {
			if err := flush(); err != nil {
				return done, fmt.Errorf("publish changes to %d: %w", i+1, err)
			}
		}
	}
	if err := flush(); err != nil {
		return done, fmt.Errorf("publish the last changes: %w", err)
	}
	return done, nil
}

// change is one change of p as it is published.
type change struct{ event.WatchlistChanged }

// change returns the i-th change of p: the entries first, then the removals.
func (p *proposal) change(i int) change {
	w := event.WatchlistChanged{V: 1, Submitted: p.by, Approved: p.officer, At: p.decided}
	if i < len(p.entries) {
		w.Entry = p.entries[i]
	} else {
		gone := &p.remove[i-len(p.entries)]
		w.Entry, w.Deleted = travel.ListEntry{ID: gone.ID, List: gone.List}, true
	}
	return change{w}
}

// same reports whether the entry is in force as the change would make it.
func (c change) same(last event.WatchlistChanged, known bool) bool {
	if c.Deleted {
		return !known || last.Deleted
	}
	return known && !last.Deleted && len(changedFields(&last.Entry, &c.Entry)) == 0
}

// Seed publishes entries on the word of two officers if there is no list at all yet.
func (s *Service) Seed(ctx context.Context, entries []travel.ListEntry, submitted, approved string) error {
	if s.projection.current() > 0 {
		return nil
	}
	_, err := publish(ctx, s.topics, &proposal{by: submitted, officer: approved, decided: s.deps.Now().UnixMilli(), entries: entries, sets: len(entries)}, false)
	return err
}
