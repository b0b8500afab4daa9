package window

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

func TestFeedGoesOnWhereItStopped(t *testing.T) {
	w := New(1 << 20)
	for i := range int64(10) {
		carrier := "ZX"
		if i%3 == 0 {
			carrier = "QZ"
		}
		add(w, record(t, carrier, "m"+strconv.Itoa(int(i)), int32(i%2), i/2, event.Advisory{Index: 1}))
	}
	var got []string
	at := Cursor{}
	for range 10 {
		items, p := w.after("ZX", at, 2)
		if p.Gap {
			t.Error("a gap where nothing is gone")
		}
		for _, it := range items {
			got = append(got, it.Message)
		}
		back, err := ParseCursor(p.Next.String()) // as a carrier holds it
		if err != nil {
			t.Fatal(err)
		}
		at = back
	}
	if diff := cmp.Diff([]string{"m1", "m2", "m4", "m5", "m7", "m8"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestFeedOfManyPartitions reads a feed in bites against a plain list of what was added: everything once, in the order of
// its arrival, whatever is dropped meanwhile is told as a gap.
func TestFeedOfManyPartitions(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	w := New(1 << 20)
	var want, got []string
	offsets := [5]int64{}
	at := Cursor{}
	for i := range 2000 {
		p, carrier := r.IntN(5), []string{"ZX", "QZ"}[r.IntN(2)]
		id := fmt.Sprint("m", i)
		offsets[p] += 1 + int64(r.IntN(3))
		add(w, record(t, carrier, id, int32(p), offsets[p], event.Advisory{Index: 1}))
		if carrier == "ZX" {
			want = append(want, id)
		}
		if i%7 == 0 {
			items, p := w.after("ZX", at, 1+r.IntN(9))
			for _, it := range items {
				got = append(got, it.Message)
			}
			if at = p.Next; p.Gap {
				t.Fatal("a gap where nothing is gone")
			}
		}
	}
	for {
		items, p := w.after("ZX", at, 100)
		if at = p.Next; len(items) == 0 {
			break
		}
		for _, it := range items {
			got = append(got, it.Message)
		}
	}
	if !reflect.DeepEqual(want, got) {
		t.Errorf("read %d of %d, or in another order", len(got), len(want))
	}
}

// TestWhatWasToldBefore holds what was told last of a traveller under a message against a plain list, while the oldest goes.
func TestWhatWasToldBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	w := New(40_000)
	type one struct {
		message string
		index   int
		offset  int64
	}
	var all []one
	for i := range int64(1500) {
		o := one{fmt.Sprint("m", r.IntN(4)), r.IntN(4), i}
		a := event.Advisory{Index: o.index}
		if o.index == 0 {
			a.Kind = event.KindMessage
		}
		add(w, record(t, "ZX", o.message, 0, i, a))
		all = append(all, o)
		items := w.Message(o.message, "ZX")
		it, want, gone := items[r.IntN(len(items))], int64(-1), i+1-int64(w.records.len())
		for _, before := range all[gone:it.Offset] {
			if before.message == it.Message && before.index == it.Index {
				want = before.offset
			}
		}
		got := int64(-1)
		if last := w.before(it); last != nil {
			got = last.Offset
		}
		if got != want {
			t.Fatalf("before %d of %s/%d: %d, want %d", it.Offset, it.Message, it.Index, got, want)
		}
	}
	if len(w.told) != 16 || w.records.len() == 1500 {
		t.Errorf("%d travellers of 16, %d entries of 1500", len(w.told), w.records.len())
	}
}

// TestGap holds when a reader is told that something of theirs is gone: never of what they have seen, nor of others'.
func TestGap(t *testing.T) {
	w := New(1 << 20)
	for i := range int64(6) { // partition 0: 0 2 4 for ZX, partition 1: 0 1 2 for QZ
		carrier := []string{"ZX", "QZ"}[i%2]
		add(w, record(t, carrier, "m", int32(i%2), []int64{i, i / 2}[i%2], event.Advisory{Leg: flight, Index: 1}))
	}
	w.limit = w.records.bytes/2 + 1
	add(w) // gone: 0/0 and 0/2 of ZX, 1/0 of QZ
	if gone := w.feeds["ZX"].dropped[0]; gone != 2 {
		t.Fatalf("dropped %v", w.feeds["ZX"].dropped)
	}
	for after, want := range map[string]bool{
		"": false, "0.0": true, "0.1": true, "0.2": false, "0.4": false, "1.0": true, "0.2-1.0": false, "0.1-1.9": true,
	} {
		from, err := ParseCursor(after)
		if err != nil {
			t.Fatal(err)
		}
		if p, err := w.Feed("ZX", from, 10); err != nil || p.Gap != want {
			t.Errorf("after %q: %v, %v", after, p.Gap, err)
		}
	}
}

// TestWhatTheFeedTells holds each advisory against what was told of the same traveller under the same message before.
func TestWhatTheFeedTells(t *testing.T) {
	said := func(index int, fallback, unsolicited bool, o travel.Outcome) event.Advisory {
		return event.Advisory{Index: index, Unscreened: fallback, Unsolicited: unsolicited, Outcome: o}
	}
	for name, c := range map[string]struct {
		given []event.Advisory
		want  string // outcomes; "?" for an answer, "!" for a change
	}{
		"an answer":                    {[]event.Advisory{said(1, false, false, travel.Board)}, "board?"},
		"an answer that changes":       {[]event.Advisory{said(1, false, true, travel.Board)}, "board?!"},
		"a default, and it is so":      {[]event.Advisory{said(1, true, false, travel.Board), said(1, false, false, travel.Board)}, "board? board"},
		"a default, and it is not so":  {[]event.Advisory{said(1, true, false, travel.Board), said(1, false, false, travel.Hold)}, "board? hold!"},
		"a default after it":           {[]event.Advisory{said(1, false, false, travel.Hold), said(1, true, false, travel.Board)}, "hold? hold!"},
		"a default after the same":     {[]event.Advisory{said(1, false, false, travel.Hold), said(1, true, false, travel.Hold)}, "hold?"},
		"a default of somebody else's": {[]event.Advisory{said(2, true, false, travel.Board), said(1, false, false, travel.Hold)}, "board? hold?"},
		"a notice":                     {[]event.Advisory{{Kind: event.KindMessage}, {Kind: event.KindMessage}}, " "},
	} {
		w := New(1 << 20)
		for i, a := range c.given {
			add(w, record(t, "ZX", "m", 0, int64(i), a))
		}
		p, err := w.Feed("ZX", nil, 10)
		if err != nil || p.Read != len(c.given) {
			t.Fatalf("%s: read %d, %v", name, p.Read, err)
		}
		var got []string
		for _, x := range p.Told {
			got = append(got, string(x.Outcome)+map[bool]string{true: "?"}[x.Answers]+map[bool]string{true: "!"}[x.Changes])
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s: %q, want %q", name, text, c.want)
		}
	}
}
