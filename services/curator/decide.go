package curator

import (
	"context"
	"errors"
	"time"

	"fairway/pkg/event"
)

const (
	tendEvery  = 5 * time.Second
	carryAfter = 10 * time.Second   // an approval that is not in force by then is carried out by whoever sees it
	keepKnown  = 7 * 24 * time.Hour // how long it is known what became of a submission
)

// The reasons a decision is refused.
var (
	errUnknown  = errors.New("no such submission waits, or was decided in the last days")
	errSame     = errors.New("the officer who submitted cannot approve")
	errExpired  = errors.New("nobody approved it in time; submit it again")
	errRejected = errors.New("it was rejected or withdrawn")
	errInForce  = errors.New("it was approved before, and is in force")
	errApproved = errors.New("it was approved before, and is being put in force")
	errUnseen   = errors.New("it could not be put on record in time; ask again whether it was")
)

// decidable reports why an officer cannot decide on p at a time.
func (p proposal) decidable(officer string, approve bool, at int64) error {
	switch p.now(at).state {
	case event.ProposalExpired:
		return errExpired
	case event.ProposalRejected:
		return errRejected
	case event.ProposalInForce:
		return errInForce
	case event.ProposalApproved:
		if !approve {
			return errApproved
		}
	}
	if approve && p.by == officer {
		return errSame
	}
	return nil
}

// decide puts an officer's decision on record, and returns what then counts. Whoever comes second is told so.
func (s *Service) decide(ctx context.Context, id, officer, state, reason string) (proposal, error) {
	at := s.deps.Now().UnixMilli()
	p, ok := s.proposals.get(id)
	if !ok {
		return p, errUnknown
	}
	if err := p.decidable(officer, state == event.ProposalApproved, at); err != nil {
		return p, err
	}
	if p.state == event.ProposalApproved {
		return p, nil // and it is carried out once more
	}
	r, err := (&event.Proposal{V: 1, ID: id, State: state, Officer: officer, Reason: reason, At: at}).Record()
	if err == nil {
		err = s.record(ctx, r)
	}
	if err != nil {
		s.deps.Log.Error("decision not recorded", "submission", id, "error", err)
		return p, errUnseen
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), seenFor)
	defer cancel()
	p, ok = s.proposals.await(ctx, id, func(p proposal) bool { return p.state != event.ProposalMade })
	switch {
	case !ok:
		return p, errUnseen
	case p.officer == officer && p.decided == at && p.state != event.ProposalExpired:
		return p, nil
	}
	return p, p.decidable(officer, false, at)
}

// tend carries out what was approved and is not in force, here or at a curator that has died since, and puts on record
// what nobody decided in time.
func (s *Service) tend(ctx context.Context) {
	now := s.deps.Now()
	for _, p := range s.proposals.in(now.UnixMilli(), event.ProposalApproved) {
		if now.UnixMilli()-p.decided < carryAfter.Milliseconds() {
			continue
		}
		if _, err := s.carryOut(ctx, p.id, true); err != nil {
			s.deps.Log.Warn("an approved submission is not in force", "submission", p.id, "error", err)
		}
	}
	for _, p := range s.proposals.in(now.UnixMilli(), event.ProposalExpired) {
		if p.state == event.ProposalExpired { // on record already
			continue
		}
		r, err := (&event.Proposal{V: 1, ID: p.id, State: event.ProposalExpired, At: now.UnixMilli()}).Record()
		if err == nil {
			err = s.record(ctx, r)
		}
		if err != nil {
			s.deps.Log.Warn("that a submission expired is not recorded", "submission", p.id, "error", err)
		}
	}
	s.proposals.forget(now.Add(-keepKnown).UnixMilli())
}

// tendAll tends to submissions until ctx ends, once it is known what there is.
func (s *Service) tendAll(ctx context.Context) {
	if !s.made.Wait(ctx) || !s.tail.Wait(ctx) {
		return
	}
	tick := time.NewTicker(tendEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		s.tend(ctx)
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}
