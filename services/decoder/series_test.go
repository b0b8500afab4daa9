package decoder

import (
	"testing"
	"time"

	"fairway/pkg/edifact"
	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// part is one part of a series, as it arrives.
func part(number int, last bool) []travel.Message {
	return []travel.Message{{Kind: travel.API, Function: travel.Query, Sender: "ZXAPI", Reference: "TN1",
		Part: travel.Part{Series: "CAR1", Number: number, First: number == 1, Last: last},
		Legs: []travel.Leg{{Carrier: "ZX", Number: "410", Origin: "DXB", Departure: "2026-10-05T19:15"}}}}
}

func TestSeries(t *testing.T) {
	start := time.Date(2026, 10, 5, 6, 0, 0, 0, time.UTC)
	later := start.Add(edifact.SeriesTimeout)
	r := &event.Received{ID: "m1", Carrier: "ZX"}
	for name, c := range map[string]struct {
		from     time.Time // when the first part comes
		parts    [][]travel.Message
		complete int
		notices  int
	}{
		"all parts, out of order, one twice": {later, [][]travel.Message{part(2, false), part(3, true), part(2, false), part(1, false)}, 1, 0},
		"the last is missing":                {later, [][]travel.Message{part(1, false), part(2, false)}, 0, 1},
		"the first is missing":               {later, [][]travel.Message{part(2, false), part(3, true)}, 0, 1},
		"began before this process did":      {start, [][]travel.Message{part(2, false), part(3, true)}, 0, 0},
		"no series":                          {later, [][]travel.Message{{{Function: travel.Query}}}, 0, 0},
	} {
		s, complete := newSeries(start), 0
		for i, messages := range c.parts {
			complete += s.note(r, messages, c.from.Add(time.Duration(i)*time.Minute/4))
		}
		if early := s.overdue(c.from.Add(edifact.SeriesTimeout - time.Second)); len(early) != 0 {
			t.Errorf("%s: reported early", name)
		}
		notices := s.overdue(c.from.Add(edifact.SeriesTimeout))
		if complete != c.complete || len(notices) != c.notices {
			t.Errorf("%s: %d complete, %d notices", name, complete, len(notices))
		}
		if len(notices) == 1 && (notices[0].Findings[0].Code != "series_incomplete" || notices[0].Findings[0].Tag != "" || notices[0].Message.ID != "m1" || notices[0].Message.Carrier != "ZX") {
			t.Errorf("%s: %+v", name, notices[0])
		}
		if len(s.last) != 0 {
			t.Errorf("%s: %d series are remembered", name, len(s.last))
		}
	}
}
