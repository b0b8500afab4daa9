package fact_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/rule/fact"
	"fairway/pkg/rule/fact/facttest"
	"fairway/pkg/travel"
)

func TestGatherBooking(t *testing.T) {
	got := fact.Gather(facttest.Traveller()).Booking
	want := &fact.Booking{
		CreatedHours: new(1569), ChangedHours: new(1569), Party: new(2), Changes: new(1), NameChanges: new(0), LateChanges: new(0),
		Legs: 2, Ports: []string{"DXB", "SYD", "DXB"}, First: "DXB", Final: "DXB", OneWay: new(false), Broken: new(false),
		Onward: new(true), Connection: new(316), StayDays: new(13), AgencyKind: "agency", AgencyCountry: "SE", AgencyPlace: "STO",
		AgencyFar: new(true), Payment: "card", Cash: new(false), ThirdParty: new(false), Tickets: 1, TicketHours: new(1569),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestGatherItineraries(t *testing.T) {
	leg := func(from, to travel.Port, at travel.LocalTime, status string) travel.BookedLeg {
		return travel.BookedLeg{Leg: travel.Leg{Origin: from, Destination: to, Departure: at}, Status: status}
	}
	type facts struct {
		OneWay, Broken      *bool
		Legs, Cancelled, Re int
	}
	for name, tt := range map[string]struct {
		legs []travel.BookedLeg
		want facts
	}{
		"none":                   {nil, facts{}},
		"one way":                {[]travel.BookedLeg{leg("DXB", "SYD", "2026-10-05T19:15", "HK")}, facts{new(true), new(false), 1, 0, 0}},
		"return sent backwards":  {[]travel.BookedLeg{leg("SYD", "DXB", "2026-10-19T20:00", "HK"), leg("DXB", "SYD", "2026-10-05T19:15", "HK")}, facts{new(false), new(false), 2, 0, 0}},
		"return cancelled":       {[]travel.BookedLeg{leg("DXB", "SYD", "2026-10-05T19:15", "HK"), leg("SYD", "DXB", "2026-10-19T20:00", "XX")}, facts{new(true), new(false), 1, 1, 0}},
		"open jaw":               {[]travel.BookedLeg{leg("DXB", "SYD", "2026-10-05T19:15", ""), leg("MEL", "DXB", "2026-10-19T20:00", "")}, facts{new(false), new(true), 2, 0, 0}},
		"through a hub and back": {[]travel.BookedLeg{leg("ARN", "DXB", "2026-10-05T08:00", ""), leg("DXB", "SYD", "2026-10-05T19:15", ""), leg("SYD", "DXB", "2026-10-19T20:00", ""), leg("DXB", "ARN", "2026-10-20T08:00", "")}, facts{new(false), new(false), 4, 0, 1}},
	} {
		in := facttest.Traveller()
		in.Booking.Legs = tt.legs
		b := fact.Gather(in).Booking
		if diff := cmp.Diff(tt.want, facts{b.OneWay, b.Broken, b.Legs, b.CancelledLegs, b.Revisits}); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestGatherTravellerAndDocument(t *testing.T) {
	in := facttest.Traveller()
	f := fact.Gather(in)
	want := &fact.Document{
		Type: "P", Issuer: "SWE", NumberLength: new(9), NumberShape: "AA9999999", CheckDigitGlued: new(false), NumberRepeats: new(false),
		Expiry: "2031-05-06", DaysToExpiry: new(1674), Issued: "2021-05-06", DaysSinceIssue: new(1978), IssuerDiffers: new(false), IssuedAfterBirth: new(true),
		All: []fact.DocumentItem{{Type: "P", Issuer: "SWE", NumberLength: 9, HasExpiry: true, DaysToExpiry: 1674}},
	}
	if diff := cmp.Diff(want, f.Document); diff != "" {
		t.Error(diff)
	}
	if *f.Traveller.Age != 39 || !*f.Traveller.BirthFull || f.Traveller.SingleName || *f.Traveller.Bags != 1 {
		t.Errorf("traveller %+v", f.Traveller)
	}
	in.Traveller = &travel.Traveller{Surname: "UNKNOWN", Birth: "2030-01", Documents: []travel.Document{{Type: "V", Number: "1"}}}
	f = fact.Gather(in)
	if !f.Traveller.SingleName || !f.Traveller.PlaceholderName || f.Traveller.Age != nil || *f.Traveller.BirthFull || f.Traveller.Visas != 1 || f.Document != nil {
		t.Errorf("traveller %+v, document %+v", f.Traveller, f.Document)
	}
}

// TestCheckDigitGlued uses the specimen of ICAO Doc 9303-4, appendix A: number L898902C3, check digit 6.
func TestCheckDigitGlued(t *testing.T) {
	for n, want := range map[string]bool{"L898902C36": true, "L898902C37": false, "L898902C3": false} {
		in := facttest.Traveller()
		in.Traveller.Documents[0].Number = travel.Number(n)
		if got := *fact.Gather(in).Document.CheckDigitGlued; got != want {
			t.Errorf("%s: want %v", n, want)
		}
	}
}

func TestGatherHistory(t *testing.T) {
	in := facttest.Traveller()
	in.Legs = []travel.Leg{{Origin: "ARN", Destination: "DXB"}}
	in.History = []fact.Earlier{
		{Leg: "ZX-1-ARN-2026-10-05", Date: "2026-10-05"},                          // the feeder of this journey
		{Leg: "QX-9-LHR-2026-10-05", Date: "2026-10-05"},                          // elsewhere on the same day
		{Leg: in.Leg.ID(), Date: "2026-10-05"},                                    // this departure itself, from the other view
		{Leg: "QX-2-SYD-2026-09-20", Date: "2026-09-20", Outcome: travel.NoBoard}, // refused
		{Leg: "QX-3-SYD-2024-09-20", Date: "2024-09-20", Outcome: travel.Board},
		{Leg: "ZX-410-DXB-2026-12-01", Date: "2026-12-01"}, // still to come
		{Leg: "odd", Date: "2026"},
	}
	want := &fact.History{Legs: 4, Legs7: 2, Legs30: 3, Legs365: 3, SameDay: 1, FirstSeen: "2024-09-20", DaysSinceLast: new(0), SameCarrier: 1,
		Origins: []string{"ARN", "LHR", "SYD", "SYD"}, Refusals: new(1)}
	if diff := cmp.Diff(want, fact.Gather(in).History); diff != "" {
		t.Error(diff)
	}
}

func TestGatherList(t *testing.T) {
	in := &fact.Input{Listed: true, Matches: []travel.Match{
		{Entry: "1", List: "a", Category: "x", Action: travel.ActRefer, Strength: travel.Possible},
		{Entry: "2", List: "a", Action: travel.ActRefer, Strength: travel.Strong},
		{Entry: "3", List: "b", Action: travel.ActClear, Strength: travel.Probable},
	}}
	got := fact.Gather(in).List
	got.Matches = nil
	want := &fact.List{NoBoard: "none", Refer: "strong", Alert: "none", Clear: "probable", Protect: "none", Count: 2, Lists: []string{"a"}, Categories: []string{"x"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestGatherKeepsAbsentAbsent: what nobody looked up is absent, what was looked up and empty is not.
func TestGatherKeepsAbsentAbsent(t *testing.T) {
	f := fact.Gather(&fact.Input{})
	if f.Leg != nil || f.Traveller != nil || f.Document != nil || f.List != nil || f.Authorisation != nil || f.History != nil || f.Booking != nil || f.Links != nil {
		t.Errorf("invented facts: %+v", f)
	}
	f = fact.Gather(&fact.Input{Listed: true, Authorised: true, HasHistory: true, Booking: &travel.Booking{}, Traveller: &travel.Traveller{}})
	if f.List.Matches == nil || f.List.NoBoard != "none" || f.Authorisation.Required || f.History.Origins == nil || f.Booking.OneWay != nil ||
		f.Booking.Changes != nil || f.Booking.Cash != nil || f.Traveller.Bags != nil {
		t.Errorf("facts %+v", f)
	}
}

func TestPayers(t *testing.T) {
	for payer, want := range map[travel.Name]bool{"MS E NILSSON": false, "NILSSON/KARL": false, "ACME LTD": true, "J DOE": true, "E X": true} {
		in := facttest.Traveller()
		in.Booking.Payments = []travel.Payment{{Form: "CC", Payer: payer}}
		if got := *fact.Gather(in).Booking.ThirdParty; got != want {
			t.Errorf("case %d letters: got %v", len(payer), got)
		}
	}
}

func TestHoursRoundDown(t *testing.T) {
	in := facttest.Traveller()
	departure, _ := in.Leg.Departure.Time()
	for minutes, want := range map[int64]int{90: 1, 60: 1, 59: 0, 0: 0, -1: -1, -60: -1, -61: -2} {
		in.At = departure.UnixMilli() - minutes*60_000
		if got := *fact.Gather(in).Leg.HoursToDeparture; got != want {
			t.Errorf("%d minutes before: %d hours, want %d", minutes, got, want)
		}
	}
}

func BenchmarkGather(b *testing.B) {
	in := facttest.Traveller()
	b.ReportAllocs()
	for b.Loop() {
		fact.Gather(in)
	}
}
