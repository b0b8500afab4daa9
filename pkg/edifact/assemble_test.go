package edifact

import (
	"fmt"
	"testing"
	"time"
)

func TestAssembler(t *testing.T) {
	at := func(minutes float64) time.Time {
		return time.Date(2026, 10, 5, 6, 0, 0, 0, time.UTC).Add(time.Duration(minutes * float64(time.Minute)))
	}
	one, two := SeriesKey{"ZX", "CAR1"}, SeriesKey{"QZ", "CAR1"}
	a := NewAssembler(0)
	for i, c := range []struct {
		key    SeriesKey
		number int
		mark   string
		want   Progress
	}{
		{one, 0, "", Progress{Complete: true, Parts: 1}},  // no series
		{one, 1, "F", Progress{Complete: true, Parts: 1}}, // a series of one
		{one, 3, "F", Progress{Parts: 1}},                 // the final part first
		{one, 1, "C", Progress{Parts: 2}},
		{two, 1, "C", Progress{Parts: 1}}, // another sender, same reference
		{one, 1, "C", Progress{Repeated: true, Parts: 2}},
		{one, 2, "", Progress{Complete: true, Parts: 3}},
		{one, 2, "", Progress{Repeated: true, Parts: 3}}, // not complete twice
		{two, 5000, "", Progress{Complete: true, Parts: 1}},
	} {
		if got := a.Add(c.key, c.number, c.mark, at(float64(i)/10)); got != c.want {
			t.Errorf("step %d: got %+v, want %+v", i, got, c.want)
		}
	}
	if gone := a.Expire(at(5)); len(gone) != 0 {
		t.Errorf("the first series was complete, yet %v expired", gone)
	}
	if gone := a.Expire(at(5.4)); len(gone) != 1 || gone[0].Key != two || gone[0].Parts != 1 {
		t.Errorf("expired %v", gone)
	}
	if len(a.series) != 0 || len(a.queue) != 0 {
		t.Errorf("%d series stay", len(a.series))
	}
}

func TestAssemblerIsBounded(t *testing.T) {
	a := NewAssembler(time.Minute)
	now := time.Date(2026, 10, 5, 6, 0, 0, 0, time.UTC)
	for i := range maxSeries + 10 {
		a.Add(SeriesKey{"ZX", fmt.Sprint(i)}, 1, "C", now)
	}
	if len(a.series) != maxSeries {
		t.Errorf("holds %d series", len(a.series))
	}
	if gone := a.Expire(now); len(gone) != 10 || gone[0].Key.Access != "0" {
		t.Errorf("%d were pushed out", len(gone))
	}
}
