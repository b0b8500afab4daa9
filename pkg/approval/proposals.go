package approval

import (
	"bytes"
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/stream"
)

// Options say how proposals are made.
type Options struct {
	Most     int           // how many may wait
	For      time.Duration // how long one waits
	Recorder Recorder
	Now      func() time.Time
	Log      *slog.Logger
}

// Recorder puts records on their topics, and tells how many of them were acknowledged.
type Recorder interface {
	Acknowledge(ctx context.Context, records ...event.Record) (int, error)
}

// Proposals are what proposal.made tells, as far back as it is read (see [Proposals.Since]).
type Proposals struct {
	o     Options
	mu    sync.Mutex
	all   map[string]*Proposal
	moved chan struct{} // closed, and made anew, when a record came
}

// New makes what knows no proposal yet: feed it the topic's records by Apply.
func New(o Options) *Proposals {
	return &Proposals{o: o, all: map[string]*Proposal{}, moved: make(chan struct{})}
}

// Since is from when on the topic must be read, so that nothing that waits or may be asked about is missing.
func (p *Proposals) Since() time.Time { return p.o.Now().Add(-p.o.For - keepKnown) }

// Apply takes in records of proposal.made. What is no record of it is nobody's approval, and is passed over.
func (p *Proposals) Apply(_ context.Context, recs []stream.Record) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range recs {
		var e event.Proposal
		if err := event.Decode(bytes.Clone(recs[i].Value), &e); err != nil {
			p.o.Log.Warn("no proposal", "partition", recs[i].Partition, "offset", recs[i].Offset, "error", err)
			continue
		}
		known := p.all[e.ID]
		if known == nil && e.State == event.ProposalMade && e.Part == 1 && e.Of > 0 && e.Officer != "" {
			known = &Proposal{ID: strings.Clone(e.ID), By: strings.Clone(e.Officer), At: e.At, Until: e.Until, of: e.Of, State: event.ProposalMade}
			p.all[known.ID] = known
		}
		if known != nil { // clones, because decoded strings would hold on to the whole record when it is over
			e.State, e.Officer, e.Reason = strings.Clone(e.State), strings.Clone(e.Officer), strings.Clone(e.Reason)
			known.take(&e)
		}
	}
	close(p.moved)
	p.moved = make(chan struct{})
	return nil
}

// Get returns a proposal that was made whole.
func (p *Proposals) Get(id string) (Proposal, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	known := p.all[id]
	if known == nil || known.parts < known.of {
		return Proposal{}, false
	}
	return *known, true
}

// In returns the proposals that are in one of the states now, oldest first.
func (p *Proposals) In(states ...string) []Proposal {
	at := p.o.Now().UnixMilli()
	p.mu.Lock()
	defer p.mu.Unlock()
	var found []Proposal
	for _, known := range p.all {
		if known.parts == known.of && slices.Contains(states, known.On(at).State) {
			found = append(found, *known)
		}
	}
	slices.SortFunc(found, func(a, b Proposal) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID)) })
	return found
}

// await waits until a proposal is as wanted, and returns it as it is; false when ctx ends first.
func (p *Proposals) await(ctx context.Context, id string, wanted func(Proposal) bool) (Proposal, bool) {
	for {
		p.mu.Lock()
		moved := p.moved
		p.mu.Unlock()
		if now, ok := p.Get(id); ok && wanted(now) {
			return now, true
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return Proposal{}, false
		}
	}
}

// forget drops what was over, or never made whole, before a time.
func (p *Proposals) forget(before int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, known := range p.all {
		open := known.State == event.ProposalApproved || known.State == event.ProposalMade && known.parts == known.of
		if !open && max(known.Until, known.Decided) < before {
			delete(p.all, id)
		}
	}
}
