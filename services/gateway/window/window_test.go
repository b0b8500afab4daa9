package window

import (
	"slices"
	"strconv"
	"testing"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// flight is the leg of every advisory here.
var flight = travel.Leg{Mode: travel.Air, Carrier: "ZX", Number: "410", Origin: "DXB", Destination: "LHR", Departure: "2026-10-05T19:15"}

// record is an advisory as it lies on the topic.
func record(t testing.TB, carrier, message string, partition int32, offset int64, a event.Advisory) Record {
	t.Helper()
	a.V, a.Message.ID, a.Message.Carrier = 1, message, carrier
	if a.Kind == "" {
		a.Kind = event.KindTraveller
	}
	r, err := a.Record("")
	if err != nil {
		t.Fatal(err)
	}
	return Record{Meta: event.ReadMeta(r.Headers), Key: []byte(r.Key), Value: r.Value, Partition: partition, Offset: offset}
}

func add(w *Window, recs ...Record) { w.Add(slices.Values(recs)) }

func TestWindowIsBounded(t *testing.T) {
	w := New(20_000)
	for i := range int64(1000) {
		leg := flight
		leg.Number = strconv.Itoa(int(i))
		add(w, record(t, "ZX", "m"+strconv.Itoa(int(i)), 0, i, event.Advisory{Leg: leg, Index: 1}))
	}
	if n := w.records.len(); w.records.bytes > w.limit || len(w.byMessage) != n || len(w.feeds["ZX"].parts[0]) != n || len(w.newest) != n || len(w.told) != n {
		t.Errorf("%d bytes, %d entries, %d messages, %d legs, %d travellers", w.records.bytes, n, len(w.byMessage), len(w.newest), len(w.told))
	}
	if _, p := w.after("ZX", Cursor{0: 3}, 1); !p.Gap {
		t.Error("a cursor from before what is left has no gap")
	}
	if _, p := w.after("ZX", Cursor{0: 998}, 1); p.Gap {
		t.Error("a fresh cursor has a gap")
	}
	if _, p := w.after("ZX", Cursor{}, 1); p.Gap {
		t.Error("a first reader has a gap")
	}
}

// TestWhatIsThereOfATraveller holds that it is the carrier's own of that place in that message, the newest first, as far back
// as anything is there.
func TestWhatIsThereOfATraveller(t *testing.T) {
	w := New(1 << 20)
	for i, a := range []struct {
		carrier, message string
		index            int
	}{{"ZX", "m", 1}, {"ZX", "m", 2}, {"ZX", "m", 1}, {"ZX", "n", 1}, {"ZX", "m", 1}, {"QZ", "o", 1}} {
		add(w, record(t, a.carrier, a.message, 0, int64(i), event.Advisory{Leg: flight, Index: a.index}))
	}
	offsets := func(message, carrier string, index int) (all []int64) {
		for _, a := range w.Traveller(message, carrier, index) {
			all = append(all, a.Offset)
		}
		return all
	}
	for what, c := range map[string]struct{ got, want []int64 }{
		"versions":            {offsets("m", "ZX", 1), []int64{4, 2, 0}},
		"one":                 {offsets("m", "ZX", 2), []int64{1}},
		"nobody":              {offsets("m", "ZX", 3), nil},
		"no message":          {offsets("p", "ZX", 1), nil},
		"another carrier's":   {offsets("m", "QZ", 1), nil},
		"a place beyond bits": {offsets("m", "ZX", 1<<32+1), nil},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %v, want %v", what, c.got, c.want)
		}
	}
	w.limit = w.records.bytes / 2
	add(w)
	if got := offsets("m", "ZX", 1); !slices.Equal(got, []int64{4}) {
		t.Errorf("after the oldest went: %v", got)
	}
}
