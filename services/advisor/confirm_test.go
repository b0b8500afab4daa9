package advisor

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
)

const s1, s2 = "interdiction/S-1", "interdiction/S-2"

// alike is a scored traveller who resembles these entries.
func alike(message string, outcome travel.Outcome, entries ...string) *event.Scored {
	s := scored(message, outcome, "r1")
	s.Traveller.Documents = []travel.Document{{Type: "P", Issuer: "UTO", Number: "K4400123"}}
	s.Matches = []travel.Match{{Entry: "A-1", List: "lookout", Action: travel.ActAlert, By: "name"}}
	for _, e := range entries {
		list, id, _ := strings.Cut(e, "/")
		s.Matches = append(s.Matches, travel.Match{Entry: id, List: list, Action: travel.ActNoBoard, By: "name", Strength: travel.Strong})
	}
	return s
}

func word(kind, message, entry string) *event.CaseEvent {
	return &event.CaseEvent{V: 1, ID: kind + message + entry, Kind: kind, Leg: scored("a", "", "").Leg.ID(), Message: message, Index: 1, Entry: entry,
		Officer: "one", Reason: "seen"}
}

// TestConfirmations tells stories: scored travellers and officers' words in, what the carrier is told out, "!" for
// unsolicited, "refused: why" for a word that is not carried out. After every step the ledger is restored from what was
// issued, as a restart does.
func TestConfirmations(t *testing.T) {
	yes, no := event.CaseConfirm, event.CaseWithdraw
	for name, c := range map[string]struct {
		in   []any
		want []string
	}{
		"confirmed":                         {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1)}, []string{"1 hold", "2 no_board!"}},
		"the only entry needs no name":      {[]any{alike("a", travel.Hold, s1), word(yes, "a", "")}, []string{"1 hold", "2 no_board!"}},
		"of several, one is named":          {[]any{alike("a", travel.Hold, s1, s2), word(yes, "a", "")}, []string{"1 hold", "refused: " + whySeveral + s1 + ", " + s2}},
		"an alert is not confirmed":         {[]any{alike("a", travel.Board), word(yes, "a", "lookout/A-1")}, []string{"1 board", "refused: " + whyUnknown}},
		"another entry":                     {[]any{alike("a", travel.Hold, s1), word(yes, "a", s2)}, []string{"1 hold", "refused: " + whyNotThis + s1}},
		"another message":                   {[]any{alike("a", travel.Hold, s1), word(yes, "b", s1)}, []string{"1 hold", "refused: " + whyUnknown}},
		"withdrawn":                         {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), word(no, "a", "")}, []string{"1 hold", "2 no_board!", "3 hold!"}},
		"a second entry, and withdrawn":     {[]any{alike("a", travel.Hold, s1, s2), word(yes, "a", s1), word(yes, "a", s2), word(no, "a", "")}, []string{"1 hold", "2 no_board!", "3 no_board", "4 hold!"}},
		"withdrawn without":                 {[]any{alike("a", travel.Hold, s1), word(no, "a", "")}, []string{"1 hold", "refused: " + whyNotInUse}},
		"asked again, it stands":            {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), alike("b", travel.Hold, s1)}, []string{"1 hold", "2 no_board!", "3 no_board"}},
		"asked again, withdrawn, again":     {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), alike("b", travel.Refer, s1), word(no, "b", "")}, []string{"1 hold", "2 no_board!", "3 no_board", "4 refer!"}},
		"redelivered, it stands":            {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), alike("a", travel.Hold, s1)}, []string{"1 hold", "2 no_board!", "2 no_board"}},
		"the entry no longer matches":       {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), alike("b", travel.Board)}, []string{"1 hold", "2 no_board!", "3 board"}},
		"another entry matches now":         {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), alike("b", travel.Hold, s2)}, []string{"1 hold", "2 no_board!", "3 hold"}},
		"cleared in the rules, confirmed":   {[]any{alike("a", travel.Board, s1), word(yes, "a", s1)}, []string{"1 board", "2 no_board!"}},
		"refused already: no change told":   {[]any{alike("a", travel.NoBoard, s1), word(yes, "a", s1)}, []string{"1 no_board", "2 no_board"}},
		"protection, confirmed by a person": {[]any{alike("a", travel.Refer, s1), word(yes, "a", s1)}, []string{"1 refer", "2 no_board!"}},
	} {
		l := ledger{}
		var got []string
		var issued []event.Advisory
		for _, in := range c.in {
			switch in := in.(type) {
			case *event.Scored:
				a, _ := l.advise(in, nil, noon)
				got, issued = append(got, told(&a)), append(issued, a)
			case *event.CaseEvent:
				a, answer := l.carry(in, noon)
				if a == nil {
					got = append(got, "refused: "+answer.Reason)
					continue
				}
				l.record(a, noon)
				if got, issued = append(got, told(a)), append(issued, *a); answer.Kind != event.CaseApplied || answer.Version != a.Version {
					t.Errorf("%s: answered %+v", name, answer)
				}
			}
			l = ledger{}
			for i := range issued {
				l.record(&issued[i], noon)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func told(a *event.Advisory) string {
	text := fmt.Sprintf("%d %s", a.Version, a.Outcome)
	if a.Unsolicited {
		text += "!"
	}
	return text
}

func TestAWordNeedsNameAndReason(t *testing.T) {
	l := ledger{}
	l.advise(alike("a", travel.Hold, s1), nil, noon)
	for _, spoil := range []func(*event.CaseEvent){
		func(c *event.CaseEvent) { c.Officer = "" }, func(c *event.CaseEvent) { c.Reason = " " }, func(c *event.CaseEvent) { c.Kind = "note" },
		func(c *event.CaseEvent) { c.Reason = strings.Repeat("x", longestCause+1) }, func(c *event.CaseEvent) { c.Leg = "ZX-411-DXB-2026-10-05" },
	} {
		c := word(event.CaseConfirm, "a", s1)
		spoil(c)
		if a, answer := l.carry(c, noon); a != nil || answer.Kind != event.CaseRefused || answer.Reason == "" {
			t.Errorf("carried out: %+v", c)
		}
	}
}

// TestAlways holds that a confirmation for person and entry counts on the next leg, for this person and entry alone, and
// ends when it is withdrawn.
func TestAlways(t *testing.T) {
	c := newCases()
	first := ledger{}
	first.advise(alike("a", travel.Hold, s1), nil, noon)
	said := word(event.CaseConfirm, "a", s1)
	said.Always = true
	_, applied := first.carry(said, noon)
	c.apply(records(t, said, &applied), func(stream.Record, error) {})
	if len(c.next()) != 0 {
		t.Error("what was carried out still waits")
	}
	later := func(entries ...string) string {
		s := alike("z", travel.Hold, entries...)
		s.Leg.Number = "777"
		a, _ := ledger{}.advise(s, c.forAll(s.Traveller.PersonKey()), noon)
		return told(&a)
	}
	if got := later(s1); got != "1 no_board" {
		t.Errorf("the next leg: %s", got)
	}
	if got := later(s2); got != "1 hold" {
		t.Errorf("another entry: %s", got)
	}
	other := alike("y", travel.Hold, s1)
	other.Traveller.Documents[0].Number = "X9999999"
	if a, _ := (ledger{}).advise(other, c.forAll(other.Traveller.PersonKey()), noon); a.Outcome != travel.Hold {
		t.Errorf("another person of the same entry: %s", a.Outcome)
	}
	undone := applied
	undone.ID, undone.Undone = "w", true
	c.apply(records(t, &undone), func(stream.Record, error) {})
	if got := later(s1); got != "1 hold" {
		t.Errorf("withdrawn: %s", got)
	}
}

// TestCasesWait holds that a word waits until somebody answers it, in any order of arrival, and that junk is nobody's.
func TestCasesWait(t *testing.T) {
	c := newCases()
	skipped := 0
	one, two := word(event.CaseConfirm, "a", s1), word(event.CaseConfirm, "b", s1)
	answer := *two
	answer.Kind = event.CaseRefused
	junk := stream.Record{Value: []byte("{")}
	c.apply(append(records(t, one, two, &answer, two), junk), func(stream.Record, error) { skipped++ })
	if w := c.next(); len(w) != 1 || w[0].ID != one.ID || w[0].partition != 3 || skipped != 1 {
		t.Errorf("waiting %+v, skipped %d", w, skipped)
	}
}

func records(t *testing.T, events ...*event.CaseEvent) (recs []stream.Record) {
	t.Helper()
	for _, e := range events {
		r, err := e.Record()
		if err != nil {
			t.Fatal(err)
		}
		recs = append(recs, stream.Record{Topic: r.Topic, Partition: 3, Value: r.Value, Time: time.UnixMilli(1)})
	}
	return recs
}
