package advisor

import (
	"slices"
	"strings"
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
	release  string
	lists    int64
	answered []string // ids of the traveller events answered, newest last
	at       time.Time
	hit      *event.Advisory // the one in force, of those whom an officer may confirm; nil for nearly everybody
	said     []confirmation  // what officers have confirmed of people under this reference
}

// ledger holds the advisories in force for the legs of one partition.
type ledger map[string]current

func place(leg travel.LegID, person string) string { return string(leg) + "/" + person }

// advise decides what s leads to. A traveller event that was answered before, and not differently, gets the same
// advisory again, to the letter: whoever asked twice is answered twice, and no version moves. An older event, which a
// redelivery brings back or a carrier sends again, is answered with what is in force now, whoever it came with: nobody
// boards on what was said before it. Only newer lists can make it count for more. again is true for both.
func (l ledger) advise(s *event.Scored, known *cases, at time.Time) (a event.Advisory, again bool) {
	now, before := l[place(s.Leg.ID(), s.Person)]
	answered := slices.Contains(now.answered, s.ID)
	older := answered && now.answered[len(now.answered)-1] != s.ID
	outcome := s.Outcome
	if s.Protect && outcome == travel.Refer {
		outcome = travel.Board // a referral for protection is seen by its officers only, never by a carrier
	}
	a = event.Advisory{
		V: 1, Kind: event.KindTraveller, Message: s.Message, Leg: s.Leg, Index: s.Traveller.Index, Person: s.Person,
		Ref: s.Traveller.Ref, Locator: s.Traveller.Locator, Document: event.MaskDocument(&s.Traveller),
		Outcome: outcome, Findings: event.ForCarrier(s.Findings),
		Version: now.version + 1, Decision: s.Decision, Release: s.Release, Lists: s.ListRevision,
		Unsolicited: before && answered, // the message was answered before, and differently
		Confirmable: confirmable(s.Matches),
	}
	if len(a.Confirmable) > 0 {
		a.Documents, a.NameKey = s.Traveller.DocumentKeys(), s.Traveller.NameKey()
		known.stand(&a, now.said)
	}
	worse := s.ListRevision > now.lists && a.Outcome.Severity() > now.outcome.Severity()
	if answered && now.outcome == a.Outcome || older && !worse {
		a.Outcome, a.Version, a.Decision, a.Release, a.Lists, a.Unsolicited = now.outcome, now.version, now.decision, now.release, now.lists, false
		return a, true
	}
	l.record(&a, at)
	return a, false
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
	// Clones, because decoded strings would hold on to the whole batch they came in.
	l[key] = current{a.Version, travel.Outcome(strings.Clone(string(a.Outcome))), strings.Clone(a.Decision),
		strings.Clone(a.Release), a.Lists, answered, at, newHit(a), heard(now.said, a)}
}

// forget drops what was last changed before limit.
func (l ledger) forget(limit time.Time) {
	for key, c := range l {
		if c.at.Before(limit) {
			delete(l, key)
		}
	}
}
