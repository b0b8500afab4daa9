package advisor

import (
	"slices"
	"strings"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// confirmations are those that hold for a person on every leg: person key → entry → id of the confirmation.
type confirmations map[string]map[string]string

// of returns the confirmation of a person for one of these entries.
func (c confirmations) of(person string, entries []string) (id, entry string) {
	for _, e := range entries {
		if id := c[person][e]; id != "" && person != "" {
			return id, e
		}
	}
	return "", ""
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

// stand puts the confirmation in force, if there is one for an entry that still matches, above what was decided.
func stand(a *event.Advisory, now *hit, always confirmations) {
	id, entry := "", ""
	if now != nil && slices.Contains(a.Confirmable, now.advisory.Entry) {
		id, entry = now.advisory.Confirmed, now.advisory.Entry
	}
	if id == "" {
		id, entry = always.of(a.PersonKey, a.Confirmable)
	}
	if id != "" {
		a.Decided, a.Outcome, a.Confirmed, a.Entry = a.Outcome, travel.NoBoard, id, entry
	}
}

// newHit keeps a where it can be confirmed. It is copied through its encoding, because decoded strings would hold on
// to the whole batch they came in.
func newHit(a *event.Advisory) *hit {
	if len(a.Confirmable) == 0 {
		return nil
	}
	b, err := event.Encode(a)
	if err != nil {
		return nil
	}
	h := &hit{person: strings.Clone(a.PersonKey)}
	if event.Decode(b, &h.advisory) != nil {
		return nil
	}
	return h
}

// find is the person of a leg who came with a message at a position, among those who can be confirmed.
func (l ledger) find(leg travel.LegID, message string, index int) (current, bool) {
	id := event.TravellerID(message, index)
	for _, c := range l {
		if c.hit != nil && c.hit.advisory.Leg.ID() == leg && slices.Contains(c.answered, id) {
			return c, true
		}
	}
	return current{}, false
}

// Why an officer's word is not carried out.
const (
	whyUnknown   = "nobody of this leg and message who resembles a no_board entry is known here; check leg, message and index"
	whyNotThis   = "the person does not resemble this entry; those there are: "
	whySeveral   = "the person resembles several entries; name one of: "
	whyNotInUse  = "no confirmation of this person is in force"
	whyNoReason  = "an officer's name and reason are needed"
	whyNotKind   = "not something that is carried out here"
	longestCause = 500
)

// carry carries out what an officer said. It returns the advisory that follows, if any does, and what to tell the
// officer. The caller puts the advisory into the ledger once it is acknowledged.
func (l ledger) carry(c *event.CaseEvent, at time.Time) (*event.Advisory, event.CaseEvent) {
	answer := event.CaseEvent{V: 1, ID: c.ID, Kind: event.CaseRefused, Leg: c.Leg, Message: c.Message, Index: c.Index, Entry: c.Entry,
		Always: c.Always, At: at.UnixMilli()}
	if c.Officer == "" || strings.TrimSpace(c.Reason) == "" || len(c.Reason) > longestCause {
		answer.Reason = whyNoReason
		return nil, answer
	}
	now, ok := l.find(c.Leg, c.Message, c.Index)
	if !ok {
		answer.Reason = whyUnknown
		return nil, answer
	}
	next := now.hit.advisory
	switch c.Kind {
	case event.CaseConfirm:
		answer.Reason = confirm(&next, c)
	case event.CaseWithdraw:
		answer.Reason = withdraw(&next)
		answer.Undone = true
	default:
		answer.Reason = whyNotKind
	}
	if answer.Reason != "" {
		return nil, answer
	}
	next.Version, next.Unsolicited, next.Unscreened = now.version+1, next.Outcome != now.outcome, false
	next.Decision = event.DecisionID(next.Decision+"|"+c.ID, next.Release, next.Lists)
	answer.Kind, answer.Person, answer.Outcome, answer.Version = event.CaseApplied, now.hit.person, next.Outcome, next.Version
	if answer.Entry = next.Entry; answer.Undone {
		answer.Entry = now.hit.advisory.Entry
	}
	return &next, answer
}

// confirm makes a a refusal on an officer's word; it returns why not, or "".
func confirm(a *event.Advisory, c *event.CaseEvent) string {
	entry := c.Entry
	switch {
	case entry == "" && len(a.Confirmable) > 1:
		return whySeveral + strings.Join(a.Confirmable, ", ")
	case entry == "":
		entry = a.Confirmable[0]
	case !slices.Contains(a.Confirmable, entry):
		return whyNotThis + strings.Join(a.Confirmable, ", ")
	}
	if a.Confirmed == "" {
		a.Decided = a.Outcome
	}
	a.Outcome, a.Confirmed, a.Entry = travel.NoBoard, c.ID, entry
	return ""
}

// withdraw takes a confirmation back: what was decided stands again.
func withdraw(a *event.Advisory) string {
	if a.Confirmed == "" {
		return whyNotInUse
	}
	a.Outcome, a.Decided, a.Confirmed, a.Entry = a.Decided, "", "", ""
	return ""
}
