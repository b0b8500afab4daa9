package journey

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

func TestRejectedAnswersFromHeaders(t *testing.T) {
	m := event.Meta{Message: "m1", Carrier: "ZX", Index: 2, Of: 3, Received: 9}
	records := Rejected(m.Headers(), []byte("not JSON"), errors.New("poison"))
	if len(records) != 1 {
		t.Fatalf("got %d records", len(records))
	}
	var a event.Advisory
	if err := event.Decode(records[0].Value, &a); err != nil {
		t.Fatal(err)
	}
	if a.Kind != event.KindTraveller || a.Outcome != travel.Failed || a.Index != 2 || a.Message.Of != 3 || a.Message.ID != "m1" || a.Message.At != 9 || a.Version != 0 || records[0].Topic != event.TopicAdvisory {
		t.Errorf("got %+v", a)
	}
	m.Index = 0 // a carrier's own record: what it says its id is counts for nothing
	if records = Rejected(m.Headers(), []byte("not JSON"), nil); len(records) != 1 {
		t.Fatalf("got %d records", len(records))
	}
	a = event.Advisory{}
	if err := event.Decode(records[0].Value, &a); err != nil {
		t.Fatal(err)
	}
	if a.Kind != event.KindMessage || a.Message.ID != event.MessageID("ZX", []byte("not JSON")) {
		t.Errorf("got %+v", a)
	}
	if got := Rejected(nil, []byte("x"), nil); got != nil {
		t.Errorf("answered nobody's record: %v", got)
	}
	if got := Rejected(event.Meta{Message: "m1"}.Headers(), []byte("x"), nil); got != nil {
		t.Errorf("answered a record of no carrier: %v", got)
	}
}

// TestRefuse holds what the notice about an interchange says: all of it failed, and no other notice is to be waited for.
func TestRefuse(t *testing.T) {
	findings := []travel.Finding{{Code: "no_message", Severity: travel.Fault}}
	got := Refuse(event.Received{ID: "m1", Carrier: "ZX", At: 9}, travel.PNR, findings)
	want := &event.Advisory{V: 1, Kind: event.KindMessage, Outcome: travel.Failed, Findings: findings,
		Message: event.Message{ID: "m1", Carrier: "ZX", Kind: travel.PNR, At: 9, Noted: true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
