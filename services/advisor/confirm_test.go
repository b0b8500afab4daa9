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
	s.Traveller.Surname, s.Traveller.Given, s.Traveller.Birth = "VARKONDI", "ISTOK", "1979-04-11"
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

func other(s *event.Scored) *event.Scored {
	s.Traveller.Documents[0].Number, s.Traveller.Given, s.Traveller.Birth = "K9900999", "ISTVAN", "1992-01-02"
	return s
}

func renewed(s *event.Scored) *event.Scored { s.Traveller.Documents[0].Number = "K9900999"; return s }
func bare(s *event.Scored) *event.Scored    { s.Traveller.Documents = nil; return s }
func drill(s *event.Scored) *event.Scored   { s.Message.Exercise = true; return s }

func always(c *event.CaseEvent) *event.CaseEvent { c.Always = true; return c }
func again(c *event.CaseEvent) *event.CaseEvent  { c.ID += "2"; return c }

// TestConfirmations tells stories: scored travellers and officers' words in, what the carrier is told out, "!" for
// unsolicited, "refused: why" for a word that is not carried out. After every step it is restored from what was
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
		"confirmed twice":                   {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), again(word(yes, "a", s1))}, []string{"1 hold", "2 no_board!", "applied"}},
		"another person, same reference":    {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), other(alike("b", travel.Hold, s1))}, []string{"1 hold", "2 no_board!", "3 hold!"}},
		"another between, and back again":   {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), other(alike("b", travel.Board)), alike("c", travel.Hold, s1)}, []string{"1 hold", "2 no_board!", "3 board!", "4 no_board!"}},
		"another document, the same person": {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), renewed(alike("b", travel.Hold, s1))}, []string{"1 hold", "2 no_board!", "3 no_board"}},
		"nothing to be known by":            {[]any{bare(alike("a", travel.Hold, s1)), always(word(yes, "a", s1))}, []string{"1 hold", "refused: " + whyNoPapers}},
		"a drill, for ever":                 {[]any{drill(alike("a", travel.Hold, s1)), always(word(yes, "a", s1))}, []string{"1 hold", "refused: " + whyExercise}},
		"a drill":                           {[]any{drill(alike("a", travel.Hold, s1)), word(yes, "a", s1)}, []string{"1 hold", "2 no_board!"}},
		"a second entry, and withdrawn":     {[]any{alike("a", travel.Hold, s1, s2), word(yes, "a", s1), word(yes, "a", s2), word(no, "a", "")}, []string{"1 hold", "2 no_board!", "3 no_board", "4 hold!"}},
		"withdrawn without":                 {[]any{alike("a", travel.Hold, s1), word(no, "a", "")}, []string{"1 hold", "refused: " + whyNotInUse}},
		"asked again, it stands":            {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), alike("b", travel.Hold, s1)}, []string{"1 hold", "2 no_board!", "3 no_board"}},
		"asked again, withdrawn, again":     {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), alike("b", travel.Refer, s1), word(no, "b", "")}, []string{"1 hold", "2 no_board!", "3 no_board", "4 refer!"}},
		"redelivered, it stands":            {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), alike("a", travel.Hold, s1)}, []string{"1 hold", "2 no_board!", "2 no_board"}},
		"the entry no longer matches":       {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), alike("b", travel.Board)}, []string{"1 hold", "2 no_board!", "3 board!"}},
		"another entry matches now":         {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), alike("b", travel.Hold, s2)}, []string{"1 hold", "2 no_board!", "3 hold!"}},
		"cleared in the rules, confirmed":   {[]any{alike("a", travel.Board, s1), word(yes, "a", s1)}, []string{"1 board", "2 no_board!"}},
		"refused already: no change told":   {[]any{alike("a", travel.NoBoard, s1), word(yes, "a", s1)}, []string{"1 no_board", "2 no_board"}},
		"protection, confirmed by a person": {[]any{alike("a", travel.Refer, s1), word(yes, "a", s1)}, []string{"1 refer", "2 no_board!"}},
	} {
		l, known := newTold(), newCases()
		var got []string
		var issued []event.Advisory
		for _, in := range c.in {
			switch in := in.(type) {
			case *event.Scored:
				a, _ := l.advise(in, known, noon)
				got, issued = append(got, toldAs(&a)), append(issued, a)
			case *event.CaseEvent:
				a, answer := l.carry(in, known, noon)
				known.settle(&answer)
				if a == nil {
					got = append(got, strings.TrimSuffix(answer.Kind+": "+answer.Reason, ": "))
					continue
				}
				l.record(a, noon)
				if got, issued = append(got, toldAs(a)), append(issued, *a); answer.Kind != event.CaseApplied || answer.Version != a.Version {
					t.Errorf("%s: answered %+v", name, answer)
				}
			}
			l = newTold()
			for i := range issued {
				l.record(&issued[i], noon)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func toldAs(a *event.Advisory) string {
	text := fmt.Sprintf("%d %s", a.Version, a.Outcome)
	if a.Unsolicited {
		text += "!"
	}
	return text
}

func TestAWordNeedsNameAndReason(t *testing.T) {
	l := newTold()
	l.advise(alike("a", travel.Hold, s1), newCases(), noon)
	for _, spoil := range []func(*event.CaseEvent){
		func(c *event.CaseEvent) { c.Officer = "" }, func(c *event.CaseEvent) { c.Reason = " " }, func(c *event.CaseEvent) { c.Kind = "note" },
		func(c *event.CaseEvent) { c.Reason = strings.Repeat("x", event.LongestReason+1) }, func(c *event.CaseEvent) { c.Leg = "ZX-411-DXB-2026-10-05" },
	} {
		c := word(event.CaseConfirm, "a", s1)
		spoil(c)
		if a, answer := l.carry(c, newCases(), noon); a != nil || answer.Kind != event.CaseRefused || answer.Reason == "" {
			t.Errorf("carried out: %+v", c)
		}
	}
}

// TestAlways holds that a confirmation for person and entry counts on every leg, those decided before and after, for this
// person and entry alone, and that a withdrawal ends all of it, in whatever order the two are read.
func TestAlways(t *testing.T) {
	c := newCases()
	first, second := newTold(), newTold()
	first.advise(alike("a", travel.Hold, s1), c, noon)
	earlier := alike("e", travel.Hold, s1)
	earlier.Leg.Number = "555"
	second.advise(earlier, c, noon)
	stranger := other(alike("o", travel.Hold, s1))
	stranger.Leg.Number, stranger.Person = "555", "q"
	second.advise(stranger, c, noon)

	said := always(word(event.CaseConfirm, "a", s1))
	adv, applied := first.carry(said, c, noon)
	first.record(adv, noon)
	c.apply(records(t, said, &applied), func(stream.Record, error) {})
	if len(c.next()) != 0 {
		t.Error("what was carried out still waits")
	}
	sweep := func() (got []string) {
		for _, a := range second.resweep(c) {
			got = append(got, toldAs(&a))
			second.record(&a, noon)
		}
		return got
	}
	if diff := cmp.Diff([]string{"2 no_board!"}, sweep()); diff != "" {
		t.Errorf("a leg decided before: %s", diff)
	}
	if again := sweep(); again != nil {
		t.Errorf("swept twice: %v", again)
	}
	later := func(change func(*event.Scored), entries ...string) string {
		s := alike("z", travel.Hold, entries...)
		s.Leg.Number = "777"
		change(s)
		a, _ := newTold().advise(s, c, noon)
		return toldAs(&a)
	}
	same := func(*event.Scored) {}
	for name, x := range map[string]struct{ got, want string }{
		"the next leg":                {later(same, s1), "1 no_board"},
		"another entry":               {later(same, s2), "1 hold"},
		"another person":              {later(func(s *event.Scored) { other(s) }, s1), "1 hold"},
		"a namesake by another paper": {later(func(s *event.Scored) { renewed(s) }, s1), "1 hold"},
		"a drill":                     {later(func(s *event.Scored) { drill(s) }, s1), "1 hold"},
		"another paper besides, first": {later(func(s *event.Scored) {
			s.Traveller.Documents = append([]travel.Document{{Type: "I", Issuer: "UTO", Number: "I7700001"}}, s.Traveller.Documents...)
		}, s1), "1 no_board"},
	} {
		if x.got != x.want {
			t.Errorf("%s: %s, want %s", name, x.got, x.want)
		}
	}
	c.settle(&event.CaseEvent{ID: "of another entry", Kind: event.CaseApplied, Always: true, Entry: s2, Keys: applied.Keys})
	c.settle(&event.CaseEvent{ID: "of another person", Kind: event.CaseApplied, Always: true, Entry: s1, Keys: []string{"other"}})
	_, undone := first.carry(word(event.CaseWithdraw, "a", ""), c, noon)
	if diff := cmp.Diff([]string{said.ID}, undone.Undoes); diff != "" {
		t.Errorf("takes back: %s", diff)
	}
	c.apply(records(t, &undone), func(stream.Record, error) {})
	if got := later(same, s1); got != "1 hold" {
		t.Errorf("withdrawn: %s", got)
	}
	if diff := cmp.Diff([]string{"3 hold!"}, sweep()); diff != "" {
		t.Errorf("withdrawn, the other leg: %s", diff)
	}
	backwards := newCases()
	backwards.apply(records(t, &undone, &applied), func(stream.Record, error) {})
	if c = backwards; later(same, s1) != "1 hold" {
		t.Error("a restart that reads the withdrawal first brings the confirmation back")
	}
}

// TestConfirmedToEveryCarrier holds that what officers say of a person reaches every carrier that sent them, before or
// after, and nobody else; and that a restart knows as much.
func TestConfirmedToEveryCarrier(t *testing.T) {
	under := func(person string, s *event.Scored) *event.Scored { s.Person = person; return s }
	yes, no := event.CaseConfirm, event.CaseWithdraw
	for name, c := range map[string]struct {
		in   []any
		want []string
	}{
		"before":                          {[]any{alike("a", travel.Hold, s1), by("YY", alike("y", travel.Hold, s1)), word(yes, "a", s1)}, []string{"ZX 1 hold", "YY 1 hold", "ZX 2 no_board!", "YY 2 no_board!"}},
		"by the other's message":          {[]any{alike("a", travel.Hold, s1), by("YY", alike("y", travel.Hold, s1)), word(yes, "y", s1)}, []string{"ZX 1 hold", "YY 1 hold", "YY 2 no_board!", "ZX 2 no_board!"}},
		"after":                           {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), by("YY", alike("y", travel.Hold, s1))}, []string{"ZX 1 hold", "ZX 2 no_board!", "YY 1 no_board"}},
		"under another reference":         {[]any{alike("a", travel.Hold, s1), by("YY", under("q", alike("y", travel.Hold, s1))), word(yes, "a", s1)}, []string{"ZX 1 hold", "YY 1 hold", "ZX 2 no_board!", "YY 2 no_board!"}},
		"another paper, same reference":   {[]any{alike("a", travel.Hold, s1), by("YY", renewed(alike("y", travel.Hold, s1))), word(yes, "a", s1)}, []string{"ZX 1 hold", "YY 1 hold", "ZX 2 no_board!", "YY 2 no_board!"}},
		"a namesake of another paper":     {[]any{alike("a", travel.Hold, s1), by("YY", under("q", renewed(alike("y", travel.Hold, s1)))), word(yes, "a", s1)}, []string{"ZX 1 hold", "YY 1 hold", "ZX 2 no_board!"}},
		"somebody else":                   {[]any{alike("a", travel.Hold, s1), by("YY", other(alike("y", travel.Hold, s1))), word(yes, "a", s1)}, []string{"ZX 1 hold", "YY 1 hold", "ZX 2 no_board!"}},
		"who resembles another entry":     {[]any{alike("a", travel.Hold, s1), by("YY", alike("y", travel.Hold, s2)), word(yes, "a", s1)}, []string{"ZX 1 hold", "YY 1 hold", "ZX 2 no_board!"}},
		"withdrawn":                       {[]any{alike("a", travel.Hold, s1), by("YY", alike("y", travel.Hold, s1)), word(yes, "a", s1), word(no, "a", "")}, []string{"ZX 1 hold", "YY 1 hold", "ZX 2 no_board!", "YY 2 no_board!", "ZX 3 hold!", "YY 3 hold!"}},
		"withdrawn by the other's":        {[]any{alike("a", travel.Hold, s1), by("YY", alike("y", travel.Hold, s1)), word(yes, "a", s1), word(no, "y", "")}, []string{"ZX 1 hold", "YY 1 hold", "ZX 2 no_board!", "YY 2 no_board!", "YY 3 hold!", "ZX 3 hold!"}},
		"another carrier asks in between": {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), by("YY", alike("y", travel.Board)), alike("b", travel.Hold, s1)}, []string{"ZX 1 hold", "ZX 2 no_board!", "YY 1 board", "ZX 3 no_board"}},
		"a drill of the same person":      {[]any{alike("a", travel.Hold, s1), by("YY", under(event.ExercisePerson+"p", drill(alike("y", travel.Hold, s1)))), word(yes, "a", s1)}, []string{"ZX 1 hold", "YY 1 hold", "ZX 2 no_board!"}},
		"renewed, at the other carrier":   {[]any{alike("a", travel.Hold, s1), by("YY", under("q", alike("y", travel.Hold, s1))), word(yes, "a", s1), by("YY", under("q", renewed(alike("z", travel.Hold, s1))))}, []string{"ZX 1 hold", "YY 1 hold", "ZX 2 no_board!", "YY 2 no_board!", "YY 3 no_board"}},
		"a booking of the confirmed":      {[]any{alike("a", travel.Hold, s1), word(yes, "a", s1), booked(alike("p", travel.Board))}, []string{"ZX 1 hold", "ZX 2 no_board!", "ZX 2 no_board"}},
	} {
		l, known := newTold(), newCases()
		var got []string
		var issued []event.Advisory
		tell := func(a *event.Advisory) {
			l.record(a, noon)
			got, issued = append(got, a.Message.Carrier+" "+toldAs(a)), append(issued, *a)
		}
		for _, in := range c.in {
			switch in := in.(type) {
			case *event.Scored:
				a, _ := l.advise(in, known, noon)
				tell(&a)
			case *event.CaseEvent:
				a, answer := l.carry(in, known, noon)
				tell(a)
				known.settle(&answer)
			}
			restored := newTold()
			for i := range issued {
				restored.record(&issued[i], noon)
			}
			if diff := cmp.Diff(l, restored, remembers); diff != "" {
				t.Errorf("%s: (-live +restored):\n%s", name, diff)
			}
			for l = restored; ; { // as the sweep does, until nothing is left to say
				changed := l.resweep(known)
				if len(changed) == 0 {
					break
				}
				for i := range changed {
					tell(&changed[i])
				}
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestWithdrawnMeanwhile takes a confirmation of every leg back while somebody else stands under the reference: whoever it
// was about comes back and is no longer confirmed.
func TestWithdrawnMeanwhile(t *testing.T) {
	l, c := newTold(), newCases()
	first, _ := l.advise(alike("a", travel.Hold, s1), c, noon)
	c.settle(&event.CaseEvent{ID: "1", Kind: event.CaseApplied, Always: true, Entry: s1, Keys: first.Documents})
	for _, a := range l.resweep(c) {
		l.record(&a, noon)
	}
	between, _ := l.advise(other(alike("b", travel.Hold, s1)), c, noon)
	c.settle(&event.CaseEvent{ID: "2", Kind: event.CaseApplied, Undoes: []string{"1"}})
	back, _ := l.advise(alike("c", travel.Hold, s1), c, noon)
	if diff := cmp.Diff([]string{"3 hold!", "4 hold"}, []string{toldAs(&between), toldAs(&back)}); diff != "" {
		t.Error(diff)
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
