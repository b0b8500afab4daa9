package advisor

import (
	"hash/maphash"
	"slices"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/travel"
)

// remembered is how many messages about one person on one leg are known again: enough for every change a carrier
// sends between two commits of a crashed scorer.
const remembered = 8

// current is the advisory in force for one person on one leg, as one carrier was told it.
type current struct {
	decided
	version  int
	booking  bool     // it came of a booking
	asked    *decided // what an API message had been answered before, where it came of a booking
	answered []uint64 // the traveller events answered, newest last, as hashes of their ids
	at       time.Time
	hit      *event.Advisory // the one in force, of those whom an officer may confirm; nil for nearly everybody
}

// decided is what was decided, and by what.
type decided struct {
	outcome  travel.Outcome
	decision string
	release  string
	lists    int64
}

// told holds what carriers were told of the legs of one partition. Each carrier has answers of its own: another's
// message changes none of them. What officers say of a person counts for all.
type told struct {
	answers *answers                        // by place
	said    map[travel.LegID][]confirmation // what officers have confirmed of people on a leg, oldest first
}

func newTold() told {
	t := newAnswers()
	return told{answers: &t, said: map[travel.LegID][]confirmation{}}
}

// place is where the answer to one carrier about one person on one leg is kept. A carrier's code has no "/".
func place(carrier string, leg travel.LegID, person string) key {
	return keyOf(carrier + "/" + string(leg) + "/" + person)
}

// hash stands for the id of a traveller event.
func hash(id string) uint64 { return maphash.String(seeds[0], id) }

// advise decides what s leads to for the carrier that asked. A traveller event that was answered before, and not
// differently, gets the same advisory again, to the letter: whoever asked twice is answered twice, and no version moves.
// An older event, which a redelivery brings back or a carrier sends again, is answered with what is in force now: nobody
// boards on what was said before it. Only newer lists can make it count for more. again is true for both. Whatever
// differs from what this carrier was told last of this person is unsolicited, whichever of its messages it came with.
func (l told) advise(s *event.Scored, known *cases, at time.Time) (a event.Advisory, again bool) {
	now, before := l.answers.get(place(s.Message.Carrier, s.Leg.ID(), s.Person))
	id := hash(s.ID)
	answered := slices.Contains(now.answered, id)
	older := answered && now.answered[len(now.answered)-1] != id
	outcome := s.Outcome
	if s.Protect && outcome == travel.Refer {
		outcome = travel.Board // a referral for protection is seen by its officers only, never by a carrier
	}
	a = event.Advisory{
		V: 1, Kind: event.KindTraveller, Message: s.Message, Leg: s.Leg, Index: s.Traveller.Index, Person: s.Person,
		Ref: s.Traveller.Ref, Locator: s.Traveller.Locator, Document: s.Traveller.MaskedDocument(),
		Outcome: outcome, Findings: journey.ForCarrier(s.Findings),
		Version: now.version + 1, Decision: s.Decision, Release: s.Release, Lists: s.ListRevision,
		Confirmable: confirmable(s.Matches),
	}
	if len(a.Confirmable) > 0 {
		a.Documents, a.NameKey = s.Traveller.DocumentKeys(), s.Traveller.NameKey()
		known.stand(&a, l.said[a.Leg.ID()])
	}
	worse := s.ListRevision > now.lists && a.Outcome.Severity() > now.outcome.Severity()
	if answered && now.outcome == a.Outcome || older && !worse || now.outweighs(&a) {
		now.put(&a)
		a.Version = now.version
		return a, true
	}
	if now.asked != nil && a.Message.Kind == travel.PNR && a.Outcome.Severity() < now.asked.outcome.Severity() {
		now.asked.put(&a)
	}
	a.Unsolicited = before && a.Outcome != now.outcome
	l.record(&a, at)
	return a, false
}

// outweighs reports whether a came of a booking that adds nothing to what an API message was answered. A booking knows
// less of a person and asks for no leave to board: it may make the answer worse, and lifts nothing.
func (now *current) outweighs(a *event.Advisory) bool {
	return a.Message.Kind == travel.PNR && now.version > 0 && !now.booking && a.Outcome.Severity() <= now.outcome.Severity()
}

// put makes a say v.
func (v *decided) put(a *event.Advisory) {
	a.Outcome, a.Decision, a.Release, a.Lists, a.Unsolicited = v.outcome, v.decision, v.release, v.lists, false
}

// record puts an issued advisory into it. Those given at a deadline or on failure are not decisions: the
// decision still follows, and the gateway, which gave them, tells it as a change where it differs.
func (l told) record(a *event.Advisory, at time.Time) {
	if a.Kind != event.KindTraveller || a.Version == 0 {
		return
	}
	leg := a.Leg.ID()
	key := place(a.Message.Carrier, leg, a.Person)
	now, _ := l.answers.get(key)
	if a.Version <= now.version {
		return
	}
	id := hash(event.TravellerID(a.Message.ID, a.Index))
	answered := now.answered
	if !slices.Contains(answered, id) {
		if len(answered) == remembered {
			answered = answered[1:]
		}
		answered = append(slices.Clip(answered), id)
	}
	next := current{version: a.Version, answered: answered, at: at, hit: newHit(a), decided: decided{a.Outcome, a.Decision, a.Release, a.Lists}}
	if a.Message.Kind == travel.PNR {
		next.booking, next.asked = true, now.asked
		if now.version > 0 && !now.booking {
			next.asked = &now.decided
		}
	}
	l.answers.put(key, &next)
	l.hear(leg, a, at)
}

// forget drops what was last changed before limit.
func (l told) forget(limit time.Time) {
	l.answers.forget(limit)
	for leg, said := range l.said {
		if said = slices.DeleteFunc(said, func(c confirmation) bool { return c.at.Before(limit) }); len(said) > 0 {
			l.said[leg] = said
		} else {
			delete(l.said, leg)
		}
	}
}
