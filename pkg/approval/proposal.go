package approval

import (
	"errors"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// The reasons a decision is refused.
var (
	ErrUnknown  = errors.New("no such submission waits, or was decided in the last days")
	ErrSame     = errors.New("the officer who submitted cannot approve")
	ErrExpired  = errors.New("nobody approved it in time; submit it again")
	ErrRejected = errors.New("it was rejected or withdrawn")
	ErrInForce  = errors.New("it was approved before, and is in force")
	ErrApproved = errors.New("it was approved before, and is being put in force")
	ErrUnseen   = errors.New("it could not be put on record in time; ask again whether it was")
)

// Proposal is a set of list changes and what became of it, as proposal.made tells.
type Proposal struct {
	ID, By    string
	At, Until int64 // Unix milliseconds
	parts, of int
	Content       // empty when it is decided and done with
	Sets      int // how many entries it sets
	Removes   int // how many it removes

	State   string // of event's constants
	Officer string // who approved or rejected it
	Decided int64  // Unix milliseconds
	Reason  string
	Changes int // in force: how many were made
}

// Content is what a proposal would do.
type Content struct {
	Entries  []travel.ListEntry // to be as they stand here
	Remove   []travel.ListEntry // to be deleted; only list and id
	Findings []event.RowFinding // on the rows of the file it came from
}

// take moves p on by what a record says of it. What is out of turn, out of time or by the wrong person counts for nothing,
// whoever wrote it.
func (p *Proposal) take(e *event.Proposal) {
	whole := p.parts == p.of
	switch waits := whole && p.State == event.ProposalMade; {
	case e.State == event.ProposalMade && !whole && e.Part == p.parts+1 && e.Officer == p.By:
		p.parts++
		p.Entries, p.Remove, p.Findings = append(p.Entries, e.Entries...), append(p.Remove, e.Remove...), append(p.Findings, e.Findings...)
		p.Sets, p.Removes = len(p.Entries), len(p.Remove)
	case e.State == event.ProposalApproved && waits && e.Officer != "" && e.Officer != p.By && e.At <= p.Until,
		e.State == event.ProposalRejected && waits && e.Officer != "",
		e.State == event.ProposalExpired && waits && e.At > p.Until:
		p.State, p.Officer, p.Decided, p.Reason = e.State, e.Officer, e.At, e.Reason
	case e.State == event.ProposalInForce && p.State == event.ProposalApproved:
		p.State, p.Changes = e.State, e.Changes
	}
	if p.State != event.ProposalMade && p.State != event.ProposalApproved {
		p.Content = Content{}
	}
}

// On is p as it is at a time, in Unix milliseconds: what nobody decided in time is over, whether that is on record yet or
// not.
func (p Proposal) On(at int64) Proposal {
	if p.State == event.ProposalMade && at > p.Until {
		p.State = event.ProposalExpired
	}
	return p
}

// decidable reports why an officer cannot decide on p at a time.
func (p Proposal) decidable(officer string, approve bool, at int64) error {
	switch p.On(at).State {
	case event.ProposalExpired:
		return ErrExpired
	case event.ProposalRejected:
		return ErrRejected
	case event.ProposalInForce:
		return ErrInForce
	case event.ProposalApproved:
		if !approve {
			return ErrApproved
		}
	}
	if approve && p.By == officer {
		return ErrSame
	}
	return nil
}
