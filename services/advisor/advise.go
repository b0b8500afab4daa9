package advisor

import (
	"slices"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// remembered is how many messages about one person on one leg are known again: enough for every change a carrier
// sends between two commits of a crashed scorer.
const remembered = 8

// current is the advisory in force for one person on one leg.
type current struct {
	version  int
	outcome  travel.Outcome
	decision string
	answered []string // ids of the traveller events answered, newest last
	at       time.Time
}

// ledger holds the advisories in force for the legs of one partition.
type ledger map[string]current

func place(leg travel.LegID, person string) string { return string(leg) + "/" + person }

// advise decides what s leads to. It returns false when nothing is to be issued: the decision is known already, or
// it is an older one that a redelivery brought back.
func (l ledger) advise(s *event.Scored, at time.Time) (event.Advisory, bool) {
	key := place(s.Leg.ID(), s.Person)
	now, known := l[key]
	answered := slices.Contains(now.answered, s.ID)
	last := known && now.answered[len(now.answered)-1] == s.ID
	if answered && (!last || now.outcome == s.Outcome || now.decision == s.Decision) {
		return event.Advisory{}, false
	}
	a := event.Advisory{
		V: 1, Kind: event.KindTraveller, Message: s.Message, Leg: s.Leg, Index: s.Traveller.Index, Person: s.Person,
		Ref: s.Traveller.Ref, Locator: s.Traveller.Locator, Document: event.MaskDocument(&s.Traveller),
		Outcome: s.Outcome, Version: now.version + 1, Decision: s.Decision,
		Unsolicited: answered, // the message was answered before, and differently
		Release:     s.Release, Lists: s.ListRevision, Findings: s.Findings,
	}
	l.record(&a, at)
	return a, true
}

// record puts an issued advisory into the ledger. Those given at a deadline or on failure are not decisions: the
// decision still follows.
func (l ledger) record(a *event.Advisory, at time.Time) {
	if a.Kind != event.KindTraveller || a.Version == 0 {
		return
	}
	key := place(a.Leg.ID(), a.Person)
	now := l[key]
	if a.Version <= now.version {
		return
	}
	id := event.TravellerID(a.Message.ID, a.Index)
	answered := now.answered
	if !slices.Contains(answered, id) {
		if len(answered) == remembered {
			answered = answered[1:]
		}
		answered = append(slices.Clip(answered), id)
	}
	l[key] = current{a.Version, a.Outcome, a.Decision, answered, at}
}

// forget drops what was last changed before limit.
func (l ledger) forget(limit time.Time) {
	for key, c := range l {
		if c.at.Before(limit) {
			delete(l, key)
		}
	}
}
