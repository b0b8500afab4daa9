package gateway

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/table"
)

// TestWindowKeepsWhatItWasGiven holds a window that drops as it grows against a plain list, and what was read of it before
// against what it was.
func TestWindowKeepsWhatItWasGiven(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	w := newWindow(64 << 10)
	type kept struct {
		n       uint64
		id, raw string
	}
	var all []kept
	var early, was []byte
	for i := range 5000 {
		k := kept{id: strings.Repeat("i", r.IntN(40)), raw: fmt.Sprint(i, strings.Repeat("r", r.IntN(300)))}
		if i == 777 {
			k.raw = strings.Repeat("L", 9000) // larger than a chunk
		}
		k.n = w.add(entry{offset: int64(i)}, k.id, []byte(k.raw))
		all = append(all, k)
		if i == 100 {
			_, early = w.read(w.at(k.n))
			was = bytes.Clone(early)
		}
		for w.bytes > 64<<10 {
			if n, e := w.drop(); n != all[0].n || e.offset != int64(n) {
				t.Fatalf("dropped %d, want %d", n, all[0].n)
			}
			all = all[1:]
		}
		if w.len() != len(all) || len(w.chunks) > 32 {
			t.Fatalf("%d entries in %d chunks, want %d", w.len(), len(w.chunks), len(all))
		}
		some := all[r.IntN(len(all))]
		if id, raw := w.read(w.at(some.n)); string(id) != some.id || string(raw) != some.raw {
			t.Fatalf("entry %d is %q %q, want %q %q", some.n, id, raw, some.id, some.raw)
		}
	}
	if !bytes.Equal(early, was) {
		t.Error("what was read changed when it was dropped")
	}
}

// TestWhatGrowsHoldsNoPointer: the collector looks through every pointer there is, and traffic makes hundreds of thousands
// of entries.
func TestWhatGrowsHoldsNoPointer(t *testing.T) {
	var b book
	for _, of := range []reflect.Type{reflect.TypeFor[entry](), reflect.TypeOf(b.byMessage).Elem(), reflect.TypeOf(b.byMessage).Key(),
		reflect.TypeOf(b.newest).Elem(), reflect.TypeOf(b.newest).Key(), reflect.TypeOf(b.told).Elem(), reflect.TypeOf(b.told).Key()} {
		for _, path := range table.Pointers(of) {
			t.Errorf("%s%s", of, path)
		}
	}
}

// TestFeedOfManyPartitions reads a feed in bites against a plain list of what was added: everything once, in the order of
// its arrival, whatever is dropped meanwhile is told as a gap.
func TestFeedOfManyPartitions(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	b := newBook(1 << 20)
	var want, got []string
	offsets := [5]int64{}
	at := cursor{}
	for i := range 2000 {
		p, carrier := r.IntN(5), []string{"ZX", "QZ"}[r.IntN(2)]
		id := fmt.Sprint("m", i)
		offsets[p] += 1 + int64(r.IntN(3))
		if err := b.add(t.Context(), []stream.Record{advisoryAt(t, carrier, id, int32(p), offsets[p], event.Advisory{Index: 1})}); err != nil {
			t.Fatal(err)
		}
		if carrier == "ZX" {
			want = append(want, id)
		}
		if i%7 == 0 {
			items, next, gap, _ := b.after("ZX", at, 1+r.IntN(9))
			for _, it := range items {
				got = append(got, it.message)
			}
			if at = next; gap {
				t.Fatal("a gap where nothing is gone")
			}
		}
	}
	for {
		items, next, _, _ := b.after("ZX", at, 100)
		if at = next; len(items) == 0 {
			break
		}
		for _, it := range items {
			got = append(got, it.message)
		}
	}
	if !reflect.DeepEqual(want, got) {
		t.Errorf("read %d of %d, or in another order", len(got), len(want))
	}
}

// TestWhatWasToldBefore holds what was told last of a traveller under a message against a plain list, while the oldest goes.
func TestWhatWasToldBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	b := newBook(40_000)
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
		if err := b.add(t.Context(), []stream.Record{advisoryAt(t, "ZX", o.message, 0, i, a)}); err != nil {
			t.Fatal(err)
		}
		all = append(all, o)
		items, _ := b.message(o.message)
		it, want, gone := items[r.IntN(len(items))], int64(-1), i+1-int64(b.window.len())
		for _, before := range all[gone:it.offset] {
			if before.message == it.message && before.index == it.index {
				want = before.offset
			}
		}
		got := int64(-1)
		if last := b.before(it); last != nil {
			got = last.offset
		}
		if got != want {
			t.Fatalf("before %d of %s/%d: %d, want %d", it.offset, it.message, it.index, got, want)
		}
	}
	if len(b.told) != 16 || b.window.len() == 1500 {
		t.Errorf("%d travellers of 16, %d entries of 1500", len(b.told), b.window.len())
	}
}
