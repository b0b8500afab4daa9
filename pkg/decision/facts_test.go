package decision

import (
	"testing"

	"fairway/pkg/event"
	"fairway/pkg/rule/fact"
	"fairway/pkg/travel"
)

// TestUnfilledFacts keeps fact.Unfilled the facts that nothing fills, with everything filled that can be.
func TestUnfilledFacts(t *testing.T) {
	e := event.Enriched{HasHistory: true, Authorisation: &event.Authorisation{Status: "valid", ValidUntil: "2027-01-01", Number: "A"},
		History: []event.EarlierLeg{{Leg: "ZX-1-DXB-2026-09-01", Date: "2026-09-01"}}}
	e.Leg = travel.Leg{Carrier: "ZX", Number: "1", Origin: "DXB", Departure: "2026-10-05T10:00"}
	f := fact.Gather(input(&e))
	if f.Links != nil || f.History.Refusals != nil || f.History.LastOutcome != "" || f.Authorisation.OtherDocument != nil {
		t.Error("somebody fills a fact that fact.Unfilled calls unfilled: take it off the list")
	}
	if f.History.DaysSinceLast == nil || f.Authorisation.DaysLeft == nil {
		t.Error("a fact that was filled is not any more: put it on the list")
	}
}
