package approval

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

const (
	partBytes = 512 << 10        // of the content in one record of a proposal
	recordFor = 15 * time.Second // how long an officer waits for Kafka to acknowledge
	seenFor   = 5 * time.Second  // and then for this process to read it back
)

// The reasons nothing is proposed.
var (
	ErrTooMany     = errors.New("too many submissions wait for approval")
	ErrNothing     = errors.New("nothing to submit")
	ErrTooLarge    = errors.New("the entry is larger than one record holds; give it fewer documents and names")
	ErrNotRecorded = errors.New("it could not be put on record in time; look whether it waits before you send it again")
)

// Propose puts content on record for a second officer, and returns the id of the proposal.
func (p *Proposals) Propose(ctx context.Context, officer string, c Content) (string, error) {
	switch {
	case len(c.Entries)+len(c.Remove) == 0:
		return "", ErrNothing
	case len(p.In(event.ProposalMade)) >= p.o.Most:
		return "", ErrTooMany
	}
	now := p.o.Now()
	made := event.Proposal{V: 1, ID: rand.Text(), State: event.ProposalMade, Officer: officer, At: now.UnixMilli(), Until: now.Add(p.o.For).UnixMilli()}
	parts, err := inParts(made, c)
	if err != nil {
		return "", err
	}
	if err := p.record(ctx, parts...); err != nil {
		p.o.Log.Error("submission not recorded", "error", err)
		return "", ErrNotRecorded
	}
	// On record it is; only its officer's next question may come too early if this is not seen in time.
	ctx, cancel := context.WithTimeout(ctx, seenFor)
	defer cancel()
	p.await(ctx, made.ID, func(Proposal) bool { return true })
	return made.ID, nil
}

// record puts records on proposal.made, all or an error. It goes on when the officer hangs up.
func (p *Proposals) record(ctx context.Context, all ...*event.Proposal) error {
	records := make([]event.Record, len(all))
	for i, e := range all {
		var err error
		if records[i], err = e.Record(); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordFor)
	defer cancel()
	_, err := p.o.Recorder.Acknowledge(ctx, records...)
	return err
}

// inParts cuts a proposal into records that are not too large.
func inParts(made event.Proposal, c Content) ([]*event.Proposal, error) {
	part, size := made, 0
	var parts []*event.Proposal
	room := func(v any) error {
		b, err := json.Append(nil, v, 0)
		if err != nil {
			return fmt.Errorf("encode proposal: %w", err)
		}
		if len(b) > partBytes {
			return ErrTooLarge
		}
		if size += len(b); size > partBytes {
			full := part
			parts, part, size = append(parts, &full), made, len(b)
		}
		return nil
	}
	for i := range c.Entries {
		if err := room(&c.Entries[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", c.Entries[i].Key(), err)
		}
		part.Entries = append(part.Entries, c.Entries[i])
	}
	for i := range c.Remove {
		if err := room(&c.Remove[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", c.Remove[i].Key(), err)
		}
		part.Remove = append(part.Remove, travel.ListEntry{ID: c.Remove[i].ID, List: c.Remove[i].List})
	}
	for i := range c.Findings {
		if err := room(&c.Findings[i]); err != nil {
			return nil, err
		}
		part.Findings = append(part.Findings, c.Findings[i])
	}
	parts = append(parts, &part)
	for i := range parts {
		parts[i].Part, parts[i].Of = i+1, len(parts)
	}
	return parts, nil
}
