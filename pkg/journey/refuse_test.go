package journey

import (
	"errors"
	"testing"

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
	if a.Kind != event.KindTraveller || a.Outcome != travel.Failed || a.Index != 2 || a.Message.Of != 3 || a.Version != 0 || records[0].Topic != event.TopicAdvisory {
		t.Errorf("got %+v", a)
	}
	if got := Rejected(nil, []byte("x"), nil); got != nil {
		t.Errorf("answered nobody's record: %v", got)
	}
}
