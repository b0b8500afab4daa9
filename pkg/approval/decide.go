package approval

import (
	"context"
	"time"

	"fairway/pkg/event"
)

const (
	carryAfter = 10 * time.Second   // an approval that is not in force by then is carried out by whoever sees it
	keepKnown  = 7 * 24 * time.Hour // how long it is known what became of a proposal
)

// Decide puts an officer's decision on record, event.ProposalApproved or event.ProposalRejected, and returns what then
// counts. Whoever comes second is told so. Approving once more what is approved and not in force is no error: it is to be
// carried out again.
func (p *Proposals) Decide(ctx context.Context, id, officer, state, reason string) (Proposal, error) {
	at := p.o.Now().UnixMilli()
	known, ok := p.Get(id)
	if !ok {
		return known, ErrUnknown
	}
	if err := known.decidable(officer, state == event.ProposalApproved, at); err != nil {
		return known, err
	}
	if known.State == event.ProposalApproved {
		return known, nil
	}
	if err := p.record(ctx, &event.Proposal{V: 1, ID: id, State: state, Officer: officer, Reason: reason, At: at}); err != nil {
		p.o.Log.Error("decision not recorded", "submission", id, "error", err)
		return known, ErrUnseen
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), seenFor)
	defer cancel()
	known, ok = p.await(ctx, id, func(p Proposal) bool { return p.State != event.ProposalMade })
	switch {
	case !ok:
		return known, ErrUnseen
	case known.Officer == officer && known.Decided == at && known.State != event.ProposalExpired:
		return known, nil
	}
	return known, known.decidable(officer, false, at)
}

// InForce puts on record that an approved proposal was carried out, with so many changes.
func (p *Proposals) InForce(ctx context.Context, id string, changes int) error {
	err := p.record(ctx, &event.Proposal{V: 1, ID: id, State: event.ProposalInForce, At: p.o.Now().UnixMilli(), Changes: changes})
	if err == nil {
		p.await(ctx, id, func(p Proposal) bool { return p.State == event.ProposalInForce })
	}
	return err
}

// Tend carries out what was approved and is not in force, by a process that has died since, puts on record what nobody
// decided in time, and forgets what was over long ago.
func (p *Proposals) Tend(ctx context.Context, carryOut func(ctx context.Context, id string) error) {
	now := p.o.Now()
	for _, known := range p.In(event.ProposalApproved) {
		if now.UnixMilli()-known.Decided < carryAfter.Milliseconds() {
			continue
		}
		if err := carryOut(ctx, known.ID); err != nil {
			p.o.Log.Warn("an approved submission is not in force", "submission", known.ID, "error", err)
		}
	}
	for _, known := range p.In(event.ProposalExpired) {
		if known.State == event.ProposalExpired { // on record already
			continue
		}
		if err := p.record(ctx, &event.Proposal{V: 1, ID: known.ID, State: event.ProposalExpired, At: now.UnixMilli()}); err != nil {
			p.o.Log.Warn("that a submission expired is not recorded", "submission", known.ID, "error", err)
		}
	}
	p.forget(now.Add(-keepKnown).UnixMilli())
}
