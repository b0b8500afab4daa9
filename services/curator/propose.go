package curator

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/event"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

const (
	partBytes = 512 << 10        // of the entries in one record of a proposal
	recordFor = 15 * time.Second // how long an officer waits for Kafka to acknowledge
	seenFor   = 5 * time.Second  // and then for this curator to read it back
)

// The reasons nothing is submitted.
var (
	errTooMany     = errors.New("too many submissions wait for approval")
	errNothing     = errors.New("nothing to submit")
	errTooLarge    = errors.New("the entry is larger than one record holds; give it fewer documents and names")
	errNotRecorded = errors.New("it could not be put on record in time; look whether it waits before you send it again")
)

// propose puts list changes on record for a second officer, and returns the id of the proposal.
func (s *Service) propose(ctx context.Context, officer string, entries, remove []travel.ListEntry, findings []watchlist.RowProblem) (string, error) {
	now := s.deps.Now()
	switch {
	case len(entries)+len(remove) == 0:
		return "", errNothing
	case len(s.proposals.in(now.UnixMilli(), event.ProposalMade)) >= s.cfg.MaxPending:
		return "", errTooMany
	}
	made := event.Proposal{V: 1, ID: rand.Text(), State: event.ProposalMade, Officer: officer, At: now.UnixMilli(), Until: now.Add(s.cfg.PendingFor).UnixMilli()}
	records, err := inParts(made, entries, remove, findings)
	if err != nil {
		return "", err
	}
	if err := s.record(ctx, records...); err != nil {
		s.deps.Log.Error("submission not recorded", "error", err)
		return "", errNotRecorded
	}
	// On record it is; only its officer's next question may come too early if this is not seen in time.
	ctx, cancel := context.WithTimeout(ctx, seenFor)
	defer cancel()
	s.proposals.await(ctx, made.ID, func(proposal) bool { return true })
	return made.ID, nil
}

// record puts records on proposal.made, all or an error. It goes on when the officer hangs up.
func (s *Service) record(ctx context.Context, records ...event.Record) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordFor)
	defer cancel()
	_, err := s.topics.Acknowledge(ctx, records...)
	return err
}

// inParts cuts a proposal into records that are not too large.
func inParts(made event.Proposal, entries, remove []travel.ListEntry, findings []watchlist.RowProblem) ([]event.Record, error) {
	part, size := made, 0
	var parts []event.Proposal
	room := func(v any) error {
		b, err := json.Append(nil, v, 0)
		if err != nil {
			return fmt.Errorf("encode proposal: %w", err)
		}
		if len(b) > partBytes {
			return errTooLarge
		}
		if size += len(b); size > partBytes {
			parts, part, size = append(parts, part), made, len(b)
		}
		return nil
	}
	for i := range entries {
		if err := room(&entries[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", entries[i].Key(), err)
		}
		part.Entries = append(part.Entries, entries[i])
	}
	for i := range remove {
		if err := room(&remove[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", remove[i].Key(), err)
		}
		part.Remove = append(part.Remove, travel.ListEntry{ID: remove[i].ID, List: remove[i].List})
	}
	for i := range findings {
		if err := room(&findings[i]); err != nil {
			return nil, err
		}
		part.Findings = append(part.Findings, event.RowFinding(findings[i]))
	}
	parts = append(parts, part)
	records := make([]event.Record, len(parts))
	for i := range parts {
		parts[i].Part, parts[i].Of = i+1, len(parts)
		var err error
		if records[i], err = parts[i].Record(); err != nil {
			return nil, err
		}
	}
	return records, nil
}
