package journey

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// open lets ZX send for anybody, for departures within w.
func open(w Window) Gate {
	return Gate{w, Carriers{{Code: "ZX", Designators: []string{AnyDesignator}}}}
}

// TestGate holds that nobody is presented on a leg that cannot be, and that no message which asks is taken in without
// an answer about somebody.
func TestGate(t *testing.T) {
	now := time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC)
	r := event.Received{ID: "m1", Carrier: "ZX", At: now.UnixMilli()}
	for name, c := range map[string]struct {
		change func(*travel.Message)
		want   string // code and the place of the finding; "" when the message is taken in
	}{
		"as it should be": {func(*travel.Message) {}, ""},
		"no leg":          {func(m *travel.Message) { m.Legs, m.LegPlaces = nil, nil }, "no_leg"},
		"no leg, said by format": {func(m *travel.Message) {
			m.Legs, m.LegPlaces, m.Findings = nil, nil, []travel.Finding{{Code: "no_leg", Severity: travel.Fault, Segment: 9, Text: "t"}}
		}, "no_leg segment 9"},
		"no designator":        {func(m *travel.Message) { m.Legs[0].Carrier = "" }, "no_designator segment 5"},
		"no number":            {func(m *travel.Message) { m.Legs[0].Number = "" }, "no_designator segment 5"},
		"a list, not a flight": {func(m *travel.Message) { m.Legs[0].Number = "MCL" }, "no_designator segment 5"},
		"no date":              {func(m *travel.Message) { m.Legs[0].Departure = "" }, "no_departure_date segment 5"},
		"month 13":             {func(m *travel.Message) { m.Legs[0].Departure = "2026-13-05T10:00" }, "no_departure_date segment 5"},
		"the date, as said": {func(m *travel.Message) {
			m.Legs[0].Departure, m.Findings = "", []travel.Finding{{Code: "bad_date", Severity: travel.Fault, Segment: 7, Tag: "DTM", Element: 1}}
		}, "no_departure_date segment 7"},
		"no port":             {func(m *travel.Message) { m.Legs[0].Origin = "" }, "no_origin_port segment 5"},
		"a port of digits":    {func(m *travel.Message) { m.Legs[0].Origin = "1200" }, "no_origin_port segment 5"},
		"years ago":           {func(m *travel.Message) { m.Legs[0].Departure = "2020-10-05T19:15" }, "departure_out_of_window segment 5"},
		"three days ago":      {func(m *travel.Message) { m.Legs[0].Departure = "2026-10-02T19:15" }, "departure_out_of_window segment 5"},
		"two days ago":        {func(m *travel.Message) { m.Legs[0].Departure = "2026-10-03T12:01" }, ""},
		"ten days ahead":      {func(m *travel.Message) { m.Legs[0].Departure = "2026-10-15T11:59" }, ""},
		"eleven days ahead":   {func(m *travel.Message) { m.Legs[0].Departure = "2026-10-16T12:00" }, "departure_out_of_window segment 5"},
		"nobody":              {func(m *travel.Message) { m.Travellers = nil }, "no_travellers segment 5"},
		"crew by JSON":        {func(m *travel.Message) { m.Function = travel.CrewList }, ""},
		"crew of no flight":   {func(m *travel.Message) { m.Function, m.Legs[0].Number = travel.CrewList, "MCL" }, "no_designator segment 5"},
		"a gate pass":         {func(m *travel.Message) { m.Function = travel.GatePass }, "gate_pass_not_taken segment 5"},
		"a close-out of 2020": {func(m *travel.Message) { m.Function, m.Legs[0].Departure = travel.CloseOut, "2020-10-05T19:15" }, ""},
		"a ferry by its ship": {func(m *travel.Message) { m.Legs[0] = ferry("", "9876543") }, ""},
		"a ferry of no ship":  {func(m *travel.Message) { m.Legs[0] = ferry("", "") }, "no_designator segment 5"},
		"a booking without names": {func(m *travel.Message) {
			m.Kind, m.Travellers, m.Bookings = travel.PNR, nil, []travel.Booking{{Party: 9}}
		}, ""},
		"a push of nothing":    {func(m *travel.Message) { m.Kind, m.Travellers = travel.PNR, nil }, "no_travellers segment 5"},
		"an empty JSON object": {func(m *travel.Message) { *m = travel.Message{Kind: travel.API, Function: travel.Query} }, "no_leg"},
	} {
		m := travel.Message{Kind: travel.API, Function: travel.Query, Reference: "TN1", Legs: []travel.Leg{leg()},
			LegPlaces: []travel.Place{{Segment: 5, Tag: "TDT"}}, Travellers: []travel.Traveller{traveller()}}
		c.change(&m)
		notice, presented := Present(r, []travel.Message{m}, open(DefaultWindow()))
		got := ""
		if notice != nil && len(notice.Refused) > 0 {
			f := notice.Refused[0].Finding
			if got = f.Code; f.Segment > 0 {
				got += " segment " + strconv.Itoa(f.Segment)
			}
			if f.Severity != travel.Fault || f.Text == "" || notice.Findings[0] != f || notice.Outcome != travel.Failed {
				t.Errorf("%s: notice %+v", name, notice)
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		asks := decides(m.Function) && m.Kind == travel.API
		if taken := len(presented) > 0; taken == (c.want != "") && (asks || taken) {
			t.Errorf("%s: %d presented, refused %q", name, len(presented), got)
		}
	}
}

func ferry(number, imo string) travel.Leg {
	return travel.Leg{Mode: travel.Sea, Carrier: "NSF", Number: number, Origin: "FRCQF", Destination: "GBDVR", Departure: "2026-10-05T07:30", Vessel: &travel.Vessel{IMO: imo}}
}

// TestGateNoLimit holds that a load of history can be let through.
func TestGateNoLimit(t *testing.T) {
	old := leg()
	old.Departure = "2013-10-05T19:15"
	m := travel.Message{Kind: travel.API, Function: travel.Query, Legs: []travel.Leg{old}, Travellers: []travel.Traveller{traveller()}}
	if notice, presented := Present(event.Received{ID: "m", Carrier: "ZX", At: 1}, []travel.Message{m}, open(Window{})); notice != nil || len(presented) != 1 {
		t.Errorf("%+v", notice)
	}
}

// TestLost holds that a message of which a part was not read is not taken for complete, and that lesser things are.
func TestLost(t *testing.T) {
	for name, c := range map[string]struct {
		f    travel.Finding
		want bool
	}{
		"cut off":             {travel.Finding{Code: "truncated", Severity: travel.Fault}, true},
		"a segment of no tag": {travel.Finding{Code: "bad_segment", Severity: travel.Fault}, true},
		"fewer than counted":  {travel.Finding{Code: "count_unt", Severity: travel.Fault}, false},
		"one person's date":   {travel.Finding{Code: "bad_date", Severity: travel.Fault, Traveller: 1}, false},
		"a port":              {travel.Finding{Code: "bad_port", Severity: travel.Fault}, false},
	} {
		m := travel.Message{Kind: travel.API, Function: travel.Query, Legs: []travel.Leg{leg()}, Travellers: []travel.Traveller{traveller()}, Findings: []travel.Finding{c.f}}
		notice, presented := Present(event.Received{ID: "m", Carrier: "ZX"}, []travel.Message{m}, open(Window{}))
		if got := notice != nil && notice.Lost; got != c.want || len(presented) != 1 {
			t.Errorf("%s: lost %v, %d presented", name, got, len(presented))
		}
	}
	unknown := travel.Message{Kind: travel.API, Function: travel.Query, Findings: []travel.Finding{{Code: UnknownMessage, Severity: travel.Fault, Segment: 40, Text: "t"}}}
	good := travel.Message{Kind: travel.API, Function: travel.Query, Legs: []travel.Leg{leg()}, Travellers: []travel.Traveller{traveller()}}
	notice, presented := Present(event.Received{ID: "m", Carrier: "ZX"}, []travel.Message{good, unknown}, open(Window{}))
	if notice == nil || len(presented) != 1 || len(notice.Refused) != 1 || notice.Refused[0].Finding.Segment != 40 {
		t.Errorf("a message of another type: %+v, %d presented", notice, len(presented))
	}
}

// TestRefusedInPart holds that one message of an interchange is refused alone, and that a test interchange is marked
// and kept apart from the live one beside it.
func TestRefusedInPart(t *testing.T) {
	good := travel.Message{Kind: travel.API, Function: travel.Query, Reference: "TN1", Legs: []travel.Leg{leg()}, Travellers: []travel.Traveller{traveller()}}
	bad, exercise := good, good
	bad.Reference, bad.Legs = "TN2", []travel.Leg{ferry("", "")}
	exercise.Reference, exercise.Test = "TN3", true
	notice, presented := Present(event.Received{ID: "m1", Carrier: "ZX"}, []travel.Message{good, bad, exercise}, open(Window{}))
	if notice == nil || notice.Outcome == travel.Failed || len(notice.Refused) != 1 || notice.Refused[0].Reference != "TN2" || notice.Message.Of != 2 {
		t.Fatalf("notice %+v", notice)
	}
	var got []string
	for _, p := range presented {
		got = append(got, p.Message.Reference+" "+map[bool]string{true: "exercise"}[p.Message.Exercise])
	}
	if diff := cmp.Diff([]string{"TN1 ", "TN3 exercise"}, got); diff != "" {
		t.Error(diff)
	}
	if presented[0].Person == presented[1].Person || !strings.HasPrefix(presented[1].Person, event.ExercisePerson) {
		t.Error("an exercise has the live person's place")
	}
}
