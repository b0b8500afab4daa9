package curator

import (
	"bytes"
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
)

// proposal is a set of list changes and what became of it, as proposal.made tells.
type proposal struct {
	id, by    string
	at, until int64 // Unix milliseconds
	parts, of int
	entries   []travel.ListEntry // none of these three when it is decided and done with
	remove    []travel.ListEntry
	findings  []event.RowFinding
	sets      int // how many entries it sets
	removes   int // how many it removes

	state   string // of event's constants
	officer string // who approved or rejected it
	decided int64  // Unix milliseconds
	reason  string
	changes int
}

// take moves p on by what a record says of it. What is out of turn, out of time or by the wrong person counts for nothing,
// whoever wrote it: every curator reads the same records in the same order and comes to the same.
func (p *proposal) take(e *event.Proposal) {
	whole := p.parts == p.of
	switch waits := whole && p.state == event.ProposalMade; {
	case e.State == event.ProposalMade && !whole && e.Part == p.parts+1 && e.Officer == p.by:
		p.parts++
		p.entries, p.remove, p.findings = append(p.entries, e.Entries...), append(p.remove, e.Remove...), append(p.findings, e.Findings...)
		p.sets, p.removes = len(p.entries), len(p.remove)
	case e.State == event.ProposalApproved && waits && e.Officer != "" && e.Officer != p.by && e.At <= p.until,
		e.State == event.ProposalRejected && waits && e.Officer != "",
		e.State == event.ProposalExpired && waits && e.At > p.until:
		p.state, p.officer, p.decided, p.reason = e.State, e.Officer, e.At, e.Reason
	case e.State == event.ProposalInForce && p.state == event.ProposalApproved:
		p.state, p.changes = e.State, e.Changes
	}
	if p.state != event.ProposalMade && p.state != event.ProposalApproved {
		p.entries, p.remove, p.findings = nil, nil, nil
	}
}

// now is p as it is at a time: what nobody decided in time is over, whether that is on record yet or not.
func (p proposal) now(at int64) proposal {
	if p.state == event.ProposalMade && at > p.until {
		p.state = event.ProposalExpired
	}
	return p
}

// names are the entries that p changes, as list/id.
func (p *proposal) names() map[string]bool {
	names := make(map[string]bool, len(p.entries)+len(p.remove))
	for _, list := range [][]travel.ListEntry{p.entries, p.remove} {
		for i := range list {
			names[list[i].Key()] = true
		}
	}
	return names
}

// proposals are what proposal.made tells, as far back as it is read.
type proposals struct {
	log   *slog.Logger
	mu    sync.Mutex
	all   map[string]*proposal
	moved chan struct{} // closed, and made anew, when a record came
}

func newProposals(log *slog.Logger) *proposals {
	return &proposals{log: log, all: map[string]*proposal{}, moved: make(chan struct{})}
}

// apply takes in records of proposal.made. What is no record of it is nobody's approval, and is passed over.
func (p *proposals) apply(_ context.Context, recs []stream.Record) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range recs {
		var e event.Proposal
		if err := event.Decode(bytes.Clone(recs[i].Value), &e); err != nil {
			p.log.Warn("no proposal", "partition", recs[i].Partition, "offset", recs[i].Offset, "error", err)
			continue
		}
		known := p.all[e.ID]
		if known == nil && e.State == event.ProposalMade && e.Part == 1 && e.Of > 0 && e.Officer != "" {
			known = &proposal{id: strings.Clone(e.ID), by: strings.Clone(e.Officer), at: e.At, until: e.Until, of: e.Of, state: event.ProposalMade}
			p.all[known.id] = known
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

// get returns a proposal that was made whole.
func (p *proposals) get(id string) (proposal, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	known := p.all[id]
	if known == nil || known.parts < known.of {
		return proposal{}, false
	}
	return *known, true
}

// in returns the proposals that are in one of the states at a time, oldest first.
func (p *proposals) in(at int64, states ...string) []proposal {
	p.mu.Lock()
	defer p.mu.Unlock()
	var found []proposal
	for _, known := range p.all {
		if known.parts == known.of && slices.Contains(states, known.now(at).state) {
			found = append(found, *known)
		}
	}
	slices.SortFunc(found, func(a, b proposal) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.id, b.id)) })
	return found
}

// await waits until a proposal is as wanted, and returns it as it is; false when ctx ends first.
func (p *proposals) await(ctx context.Context, id string, wanted func(proposal) bool) (proposal, bool) {
	for {
		p.mu.Lock()
		moved := p.moved
		p.mu.Unlock()
		if now, ok := p.get(id); ok && wanted(now) {
			return now, true
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return proposal{}, false
		}
	}
}

// forget drops what was over, or never made whole, before a time.
func (p *proposals) forget(before int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, known := range p.all {
		open := known.state == event.ProposalApproved || known.state == event.ProposalMade && known.parts == known.of
		if !open && max(known.until, known.decided) < before {
			delete(p.all, id)
		}
	}
}
