package advisor

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

var noon = time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)

func scored(message string, outcome travel.Outcome, release string) *event.Scored {
	id := event.TravellerID(message, 1)
	return &event.Scored{V: 1, ID: id, Decision: event.DecisionID([]byte(id), release), Person: "p", Outcome: outcome, Release: release,
		Message:   event.Message{ID: message, Carrier: "ZX", Of: 1},
		Leg:       travel.Leg{Carrier: "ZX", Number: "410", Origin: "DXB", Departure: "2026-10-05T19:15"},
		Traveller: travel.Traveller{Index: 1}}
}

// by is s as another carrier asked; booked is s as it comes of a booking.
func by(carrier string, s *event.Scored) *event.Scored { s.Message.Carrier = carrier; return s }
func booked(s *event.Scored) *event.Scored             { s.Message.Kind = travel.PNR; return s }

func listed(s *event.Scored) *event.Scored { s.ListRevision = 9; return s }

// TestAdvise tells stories: scored travellers in, advisories out as "version outcome", "!" for unsolicited. After every step
// what is remembered is the same as a restart makes of what was issued.
func TestAdvise(t *testing.T) {
	for name, c := range map[string]struct {
		in   []*event.Scored
		want []string
	}{
		"first answer":                     {[]*event.Scored{scored("a", travel.Board, "r1")}, []string{"1 board"}},
		"redelivery repeats it":            {[]*event.Scored{scored("a", travel.Board, "r1"), scored("a", travel.Board, "r1")}, []string{"1 board", "1 board"}},
		"new message, new version":         {[]*event.Scored{scored("a", travel.Board, "r1"), scored("b", travel.Board, "r1")}, []string{"1 board", "2 board"}},
		"new rules, same outcome":          {[]*event.Scored{scored("a", travel.Board, "r1"), scored("a", travel.Board, "r2")}, []string{"1 board", "1 board"}},
		"new rules, other outcome":         {[]*event.Scored{scored("a", travel.Board, "r1"), scored("a", travel.NoBoard, "r2")}, []string{"1 board", "2 no_board!"}},
		"older message comes again":        {[]*event.Scored{scored("a", travel.Hold, "r1"), scored("b", travel.Board, "r1"), scored("a", travel.Hold, "r1")}, []string{"1 hold", "2 board!", "2 board"}},
		"older message, and refused since": {[]*event.Scored{scored("a", travel.Board, "r1"), scored("b", travel.NoBoard, "r1"), scored("a", travel.Board, "r1")}, []string{"1 board", "2 no_board!", "2 no_board"}},
		"older message, newer lists":       {[]*event.Scored{scored("a", travel.Board, "r1"), scored("b", travel.Board, "r1"), listed(scored("a", travel.NoBoard, "r1"))}, []string{"1 board", "2 board", "3 no_board!"}},
		"older message, newer lists, less": {[]*event.Scored{scored("a", travel.Hold, "r1"), scored("b", travel.Hold, "r1"), listed(scored("a", travel.Board, "r1"))}, []string{"1 hold", "2 hold", "2 hold"}},
		"older message, decided anew":      {[]*event.Scored{scored("a", travel.Hold, "r1"), scored("b", travel.Board, "r1"), scored("a", travel.NoBoard, "r2")}, []string{"1 hold", "2 board!", "2 board"}},
		"another carrier lifts nothing":    {[]*event.Scored{scored("a", travel.NoBoard, "r1"), by("YY", scored("y", travel.Board, "r1")), scored("a", travel.NoBoard, "r1")}, []string{"1 no_board", "1 board", "1 no_board"}},
		"another carrier refuses nobody":   {[]*event.Scored{scored("a", travel.Board, "r1"), by("YY", scored("y", travel.NoBoard, "r1")), scored("a", travel.Board, "r1")}, []string{"1 board", "1 no_board", "1 board"}},
		"two carriers, a change to one":    {[]*event.Scored{scored("a", travel.Board, "r1"), by("YY", scored("y", travel.Board, "r1")), by("YY", scored("z", travel.Hold, "r1")), scored("b", travel.Board, "r1")}, []string{"1 board", "1 board", "2 hold!", "2 board"}},
		"a booking makes it worse":         {[]*event.Scored{scored("a", travel.Board, "r1"), booked(scored("p", travel.Hold, "r1"))}, []string{"1 board", "2 hold!"}},
		"a booking lifts nothing":          {[]*event.Scored{scored("a", travel.NoBoard, "r1"), booked(scored("p", travel.Board, "r1")), scored("a", travel.NoBoard, "r1")}, []string{"1 no_board", "1 no_board", "1 no_board"}},
		"a booking says the same":          {[]*event.Scored{scored("a", travel.Hold, "r1"), booked(scored("p", travel.Hold, "r1"))}, []string{"1 hold", "1 hold"}},
		"a booking, redelivered":           {[]*event.Scored{scored("a", travel.Board, "r1"), booked(scored("p", travel.Hold, "r1")), booked(scored("p", travel.Hold, "r1"))}, []string{"1 board", "2 hold!", "2 hold"}},
		"the booking is corrected":         {[]*event.Scored{scored("a", travel.Hold, "r1"), booked(scored("p", travel.NoBoard, "r1")), booked(scored("q", travel.Board, "r1"))}, []string{"1 hold", "2 no_board!", "3 hold!"}},
		"and once more":                    {[]*event.Scored{scored("a", travel.Hold, "r1"), booked(scored("p", travel.NoBoard, "r1")), booked(scored("q", travel.Board, "r1")), booked(scored("r", travel.Board, "r1"))}, []string{"1 hold", "2 no_board!", "3 hold!", "4 hold"}},
		"asked again after the booking":    {[]*event.Scored{scored("a", travel.Board, "r1"), booked(scored("p", travel.Hold, "r1")), scored("b", travel.Board, "r1")}, []string{"1 board", "2 hold!", "3 board!"}},
		"a booking first":                  {[]*event.Scored{booked(scored("p", travel.Board, "r1"))}, []string{"1 board"}},
		"bookings alone":                   {[]*event.Scored{booked(scored("p", travel.Hold, "r1")), booked(scored("q", travel.Board, "r1"))}, []string{"1 hold", "2 board!"}},
		"there and back is two versions":   {[]*event.Scored{scored("a", travel.NoBoard, "r1"), scored("a", travel.Board, "r2"), scored("a", travel.NoBoard, "r3")}, []string{"1 no_board", "2 board!", "3 no_board!"}},
	} {
		l, restored := newTold(), newTold()
		var got []string
		for _, s := range c.in {
			a, _ := l.advise(s, newCases(), noon)
			restored.record(&a, noon)
			if diff := cmp.Diff(l, restored, remembers); diff != "" {
				t.Errorf("%s: (-live +restored):\n%s", name, diff)
			}
			text := fmt.Sprintf("%d %s", a.Version, a.Outcome)
			if a.Unsolicited {
				text += "!"
			}
			got = append(got, text)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// remembers compares ledgers.
var remembers = cmp.Options{cmp.AllowUnexported(told{}, current{}, decided{}, confirmation{}), cmp.Transformer("all", all)}

// all is what is kept, as it is read.
func all(t *answers) map[key]current {
	kept := map[key]current{}
	for k := range t.at {
		kept[k], _ = t.get(k)
	}
	return kept
}

// TestRestoreGivesTheSameLedger replays what was issued, as a restart does, and goes on from there.
func TestRestoreGivesTheSameLedger(t *testing.T) {
	before, after := newTold(), newTold()
	for _, s := range []*event.Scored{scored("a", travel.Board, "r1"), scored("a", travel.Hold, "r2"), scored("b", travel.Board, "r2")} {
		a, _ := before.advise(s, newCases(), noon)
		after.record(&a, noon)
		after.record(&a, noon) // redelivered
	}
	unscreened := event.Advisory{Kind: event.KindTraveller, Leg: scored("c", travel.Board, "").Leg, Person: "p", Index: 1,
		Message: event.Message{ID: "c"}, Outcome: travel.NoBoard, Unscreened: true}
	after.record(&unscreened, noon) // given at a deadline: the decision on c is still to come
	if diff := cmp.Diff(before, after, remembers); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if a, again := after.advise(scored("c", travel.Board, "r2"), newCases(), noon); again || a.Version != 4 || a.Unsolicited {
		t.Errorf("the late decision: %+v, %v", a, again)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	l := newTold()
	for i := range 100 {
		l.advise(scored(fmt.Sprint(i), travel.Board, "r1"), newCases(), noon)
	}
	for _, c := range all(l.answers) {
		if len(c.answered) != remembered {
			t.Errorf("remembers %d messages", len(c.answered))
		}
	}
	hit, _ := l.advise(alike("hit", travel.Hold, s1), newCases(), noon)
	for n, confirmed := range []string{"c1", "c2", "c1"} { // c1 is rested on again later
		hit.Confirmed, hit.Version = confirmed, hit.Version+1
		l.record(&hit, noon.Add(time.Duration(n)*time.Minute))
	}
	l.forget(noon.Add(90 * time.Second))
	if said := l.said[hit.Leg.ID()]; l.answers.len() != 1 || len(said) != 1 || said[0].id != "c1" {
		t.Errorf("%d left, confirmations %v", l.answers.len(), said)
	}
	l.forget(noon.Add(time.Hour))
	if l.answers.len() != 0 || len(l.said) != 0 {
		t.Errorf("%d and %d left", l.answers.len(), len(l.said))
	}
}
