package journey

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

func TestRemembered(t *testing.T) {
	live := event.Presented{Leg: leg(), Traveller: traveller()}
	exercise, nobody := live, live
	exercise.Message.Exercise = true
	nobody.Traveller = travel.Traveller{Given: "ASTA"}
	if person, leg, ok := Remembered(&live); !ok || person == "" || leg != live.Leg.ID() {
		t.Errorf("%s %s %v", person, leg, ok)
	}
	for name, p := range map[string]event.Presented{"exercise": exercise, "nobody": nobody} {
		if _, _, ok := Remembered(&p); ok {
			t.Errorf("%s: has a history", name)
		}
	}
}

func TestPresent(t *testing.T) {
	r := event.Received{ID: "m1", Carrier: "ZX", At: 1}
	anna, otto := traveller(), traveller()
	otto.Given, otto.Ref = "OTTO", "ZX2"
	query := travel.Message{Kind: travel.API, Function: travel.Query, Reference: "TN1", Legs: []travel.Leg{leg()}, Travellers: []travel.Traveller{anna, otto}}

	t.Run("clean query needs no notice", func(t *testing.T) {
		notice, got := Present(r, []travel.Message{query}, open(Window{}))
		if notice != nil || len(got) != 2 || got[0].Message.Of != 2 || got[0].Message.Noted || got[1].ID != "m1/2" || got[1].Leg.ID() != leg().ID() {
			t.Errorf("notice %v, presented %+v", notice, got)
		}
	})
	t.Run("numbering runs through the interchange", func(t *testing.T) {
		second := query
		second.Reference = "TN2"
		second.Findings = []travel.Finding{{Code: "bad_date", Traveller: 1}, {Code: "count", Traveller: 0}, {Code: "junk", Severity: travel.Note}}
		notice, got := Present(r, []travel.Message{query, second}, open(Window{}))
		if len(got) != 4 || got[2].Traveller.Index != 3 || got[2].Message.Reference != "TN2" || len(got[2].Findings) != 1 || got[2].Findings[0].Traveller != 3 {
			t.Errorf("presented %+v", got)
		}
		if notice == nil || len(notice.Findings) != 1 || notice.Findings[0].Code != "count" || !got[0].Message.Noted {
			t.Errorf("notice %+v", notice)
		}
	})
	t.Run("close-out is accepted and decides nobody", func(t *testing.T) {
		out := query
		out.Function = travel.CloseOut
		notice, got := Present(r, []travel.Message{out}, open(Window{}))
		if len(got) != 0 || notice == nil || notice.Outcome == travel.Failed || notice.Message.Of != 0 {
			t.Errorf("notice %+v, presented %v", notice, got)
		}
	})
	t.Run("no leg is said, and nobody is placed", func(t *testing.T) {
		lost := query
		lost.Legs = nil
		notice, got := Present(r, []travel.Message{lost}, open(Window{}))
		if len(got) != 0 || notice == nil || notice.Findings[0].Code != "no_leg" {
			t.Errorf("notice %+v, presented %v", notice, got)
		}
	})
	t.Run("one reference on two people", func(t *testing.T) {
		twin := otto
		twin.Ref = anna.Ref
		m := query
		m.Travellers = []travel.Traveller{anna, twin}
		_, got := Present(r, []travel.Message{m}, open(Window{}))
		if got[0].Person == got[1].Person {
			t.Error("two people share a place")
		}
	})
	t.Run("a traveller joins on a later leg", func(t *testing.T) {
		first, second := leg(), leg()
		first.Border, second.Border = false, false
		first.Origin, first.Destination, second.Origin, second.Destination = "ATL", "ORD", "ORD", "JFK"
		late := otto
		late.Embark = "ORD"
		m := query
		m.Legs, m.Travellers = []travel.Leg{first, second}, []travel.Traveller{anna, late}
		_, got := Present(r, []travel.Message{m}, open(Window{}))
		if diff := cmp.Diff([]travel.Port{"ATL", "ORD"}, []travel.Port{got[0].Leg.Origin, got[1].Leg.Origin}); diff != "" {
			t.Error(diff)
		}
	})
}

func leg() travel.Leg {
	return travel.Leg{Mode: travel.Air, Carrier: "ZX", Number: "410", Origin: "DXB", Destination: "LHR",
		Departure: "2026-10-05T19:15", Arrival: "2026-10-05T23:45", Border: true}
}

func traveller() travel.Traveller {
	return travel.Traveller{Index: 1, Kind: travel.Passenger, Surname: "OKONKWO", Given: "CHIDI", Birth: "1996-04-17",
		Nationality: "NGA", Ref: "ZX410000205", Locator: "P2L9XZ",
		Documents: []travel.Document{{Type: "P", Number: "B50012354", Issuer: "NGA", Expiry: "2028-12-31"}}}
}
