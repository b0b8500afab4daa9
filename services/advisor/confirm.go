package advisor

import (
	"slices"
	"strings"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// confirmation is an officer's word that one person is one entry.
type confirmation struct {
	id, entry string
	documents []string  // Traveller.DocumentKeys
	person    string    // under which reference it was said, whoever sent it
	name      string    // Traveller.NameKey: counts under this reference
	at        time.Time // when an advisory last rested on it
}

// of reports whether the person of an advisory is the one confirmed: by a document they share, or by name under the same
// reference. Nobody is confirmed in a drill because of life, nor the other way about.
func (c *confirmation) of(a *event.Advisory) bool {
	if strings.HasPrefix(c.person, event.ExercisePerson) != strings.HasPrefix(a.Person, event.ExercisePerson) {
		return false
	}
	return c.name != "" && c.name == a.NameKey && c.person == a.Person || shared(c.documents, a.Documents)
}

func shared(a, b []string) bool {
	return slices.ContainsFunc(a, func(k string) bool { return slices.Contains(b, k) })
}

// mostSaid bounds what is kept of the people on one leg.
const mostSaid = 256

// hear takes in what an issued advisory says of confirmations: they outlive messages about other people under the same
// reference, hold for whoever else sends that person, and outlive a restart, which reads the advisories again.
func (l told) hear(leg travel.LegID, a *event.Advisory, at time.Time) {
	said := l.said[leg]
	if a.Withdrawn != "" {
		said = slices.DeleteFunc(said, func(c confirmation) bool { return c.id == a.Withdrawn })
	}
	if a.Confirmed != "" {
		known := slices.IndexFunc(said, func(c confirmation) bool { return c.id == a.Confirmed && c.person == a.Person && c.of(a) })
		if known >= 0 {
			said[known].at = at
		} else {
			said = append(said[max(0, len(said)+1-mostSaid):], confirmationOf(a, at))
		}
	}
	if len(said) > 0 {
		l.said[leg] = said
	} else {
		delete(l.said, leg)
	}
}

func confirmationOf(a *event.Advisory, at time.Time) confirmation {
	c := confirmation{id: strings.Clone(a.Confirmed), entry: strings.Clone(a.Entry), person: strings.Clone(a.Person), name: strings.Clone(a.NameKey), at: at}
	for _, d := range a.Documents {
		c.documents = append(c.documents, strings.Clone(d))
	}
	return c
}

// confirmable names the entries that ask for no_board and that the traveller resembles, as list/entry: of these an
// officer may say that they are this person.
func confirmable(matches []travel.Match) (entries []string) {
	for i := range matches {
		m := &matches[i]
		if name := m.List + "/" + m.Entry; m.Action == travel.ActNoBoard && !slices.Contains(entries, name) {
			entries = append(entries, name)
		}
	}
	return entries
}

// newHit keeps a where it can be confirmed. It is copied through its encoding, because decoded strings would hold on
// to the whole batch they came in.
func newHit(a *event.Advisory) *event.Advisory {
	if len(a.Confirmable) == 0 {
		return nil
	}
	b, err := event.Encode(a)
	if err != nil {
		return nil
	}
	h := new(event.Advisory)
	if event.Decode(b, h) != nil {
		return nil
	}
	return h
}

// find is the person of a leg who came with a message at a position, among those who can be confirmed.
func (l told) find(leg travel.LegID, message string, index int) (current, bool) {
	id := hash(event.TravellerID(message, index))
	for k, hit := range l.answers.hits {
		if hit.Leg.ID() != leg {
			continue
		}
		if c, _ := l.answers.get(k); slices.Contains(c.answered, id) {
			return c, true
		}
	}
	return current{}, false
}

// Why an officer's word is not carried out.
const (
	whyUnknown  = "nobody of this leg and message who resembles a no_board entry is known here; check leg, message and index"
	whyNotThis  = "the person does not resemble this entry; those there are: "
	whySeveral  = "the person resembles several entries; name one of: "
	whyNotInUse = "no confirmation of this person is in force"
	whyNoReason = "an officer's name and reason are needed"
	whyNotKind  = "not something that is carried out here"
	whyExercise = "an exercise says nothing of anybody's other legs; confirm without always"
	whyNoPapers = "the person showed no document that tells them from others, so they could not be known on another leg; confirm without always"
)

// carry carries out what an officer said. It returns the advisory that follows, nil when the carrier is told already,
// and what to tell the officer. The caller records the advisory once it is acknowledged.
func (l told) carry(c *event.CaseEvent, known *cases, at time.Time) (*event.Advisory, event.CaseEvent) {
	answer := event.CaseEvent{V: 1, ID: c.ID, Kind: event.CaseRefused, Leg: c.Leg, Message: c.Message, Index: c.Index, Entry: c.Entry, At: at.UnixMilli()}
	now, ok := l.find(c.Leg, c.Message, c.Index)
	switch {
	case c.Officer == "" || strings.TrimSpace(c.Reason) == "" || len(c.Reason) > event.LongestReason:
		answer.Reason = whyNoReason
	case c.Kind != event.CaseConfirm && c.Kind != event.CaseWithdraw:
		answer.Reason = whyNotKind
	case !ok:
		answer.Reason = whyUnknown
	case c.Kind == event.CaseConfirm:
		answer.Reason = mayConfirm(now.hit, c)
	case now.hit.Confirmed == "":
		answer.Reason = whyNotInUse
	}
	if answer.Reason != "" {
		return nil, answer
	}
	next := *now.hit
	if c.Kind == event.CaseConfirm {
		answer.Entry = entryOf(now.hit, c)
		if answer.Always = c.Always; c.Always {
			answer.Keys = next.Documents
		}
		if !now.confirm(&next, c.ID, answer.Entry) {
			answer.Kind, answer.Outcome, answer.Version = event.CaseApplied, now.outcome, now.version
			return nil, answer
		}
	} else {
		answer.Entry, answer.Undoes = next.Entry, known.behind(&next)
		now.withdraw(&next)
	}
	answer.Kind, answer.Outcome, answer.Version = event.CaseApplied, next.Outcome, next.Version
	return &next, answer
}

// mayConfirm returns why c cannot be carried out on the person of a, or "".
func mayConfirm(a *event.Advisory, c *event.CaseEvent) string {
	switch {
	case c.Entry == "" && len(a.Confirmable) > 1:
		return whySeveral + strings.Join(a.Confirmable, ", ")
	case c.Entry != "" && !slices.Contains(a.Confirmable, c.Entry):
		return whyNotThis + strings.Join(a.Confirmable, ", ")
	case c.Always && a.Message.Exercise:
		return whyExercise
	case c.Always && len(a.Documents) == 0:
		return whyNoPapers
	}
	return ""
}

func entryOf(a *event.Advisory, c *event.CaseEvent) string {
	if c.Entry != "" {
		return c.Entry
	}
	return a.Confirmable[0]
}

// confirm makes next a refusal on an officer's word; false when the same was said before and the carrier told.
func (now *current) confirm(next *event.Advisory, id, entry string) bool {
	if next.Confirmed != "" && next.Entry == entry {
		return false
	}
	if next.Confirmed == "" {
		next.Decided = next.Outcome
	}
	next.Outcome, next.Confirmed, next.Entry, next.Withdrawn = travel.NoBoard, id, entry, ""
	now.follow(next, id)
	return true
}

// withdraw takes the confirmation of next back: what was decided stands again.
func (now *current) withdraw(next *event.Advisory) {
	id := next.Confirmed
	next.Outcome, next.Decided, next.Confirmed, next.Entry, next.Withdrawn = next.Decided, "", "", "", id
	now.follow(next, "withdrawn "+id)
}

// follow makes next the advisory after now, for cause.
func (now *current) follow(next *event.Advisory, cause string) {
	next.Version, next.Unsolicited, next.Unscreened = now.version+1, next.Outcome != now.outcome, false
	next.Decision = event.DecisionID([]byte(next.Decision), cause)
}
