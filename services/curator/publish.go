package curator

import (
	"context"
	"fmt"
	"time"

	"fairway/pkg/approval"
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
	p, ok := s.proposals.Get(id)
	if !ok || p.State != event.ProposalApproved { // meanwhile another carried it out
		return published{earlier: p.Changes, already: p.Sets + p.Removes - p.Changes}, nil
	}
	done, err := publish(ctx, s.topics, &p, again)
	s.metrics.published.Add(float64(done.acknowledged))
	if err != nil {
		return done, err
	}
	if err := s.proposals.InForce(ctx, id, done.changes()); err != nil {
		return done, fmt.Errorf("record that it is in force: %w", err)
	}
	s.deps.Log.Info("submission in force", "submission", id, "submitted", p.By, "approved", p.Officer,
		"changes", done.changes(), "unchanged", done.already, "superseded", done.superseded)
	return done, nil
}

// publish produces the changes of p that are not in force, and counts what Kafka has acknowledged.
func publish(ctx context.Context, t topics, p *approval.Proposal, again bool) (published, error) {
	var done published
	now, err := present(ctx, t, names(p))
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
	for i := range p.Sets + p.Removes {
		w := changeOf(p, i)
		last, known := now[w.Entry.Key()]
		switch mine := again && last.At == p.Decided && last.Submitted == p.By && last.Approved == p.Officer; {
		case again && known && last.At > p.Decided:
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

// names are the entries that p changes, as list/id.
func names(p *approval.Proposal) map[string]bool {
	names := make(map[string]bool, len(p.Entries)+len(p.Remove))
	for _, list := range [][]travel.ListEntry{p.Entries, p.Remove} {
		for i := range list {
			names[list[i].Key()] = true
		}
	}
	return names
}

// change is one change of p as it is published.
type change struct{ event.WatchlistChanged }

// changeOf returns the i-th change of p: the entries first, then the removals.
func changeOf(p *approval.Proposal, i int) change {
	w := event.WatchlistChanged{V: 1, Submitted: p.By, Approved: p.Officer, At: p.Decided}
	if i < len(p.Entries) {
		w.Entry = p.Entries[i]
	} else {
		gone := &p.Remove[i-len(p.Entries)]
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
	if s.projector.current() > 0 {
		return nil
	}
	_, err := publish(ctx, s.topics, &approval.Proposal{By: submitted, Officer: approved, Decided: s.deps.Now().UnixMilli(), Content: approval.Content{Entries: entries}, Sets: len(entries)}, false)
	return err
}
