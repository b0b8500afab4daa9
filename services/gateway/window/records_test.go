package window

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"fairway/pkg/table"
)

// TestRecordsKeepWhatTheyWereGiven holds a window that drops as it grows against a plain list, and what was read of it before
// against what it was.
func TestRecordsKeepWhatTheyWereGiven(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	w := newRecords(64 << 10)
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
	var w Window
	for _, of := range []reflect.Type{reflect.TypeFor[entry](), reflect.TypeOf(w.byMessage).Elem(), reflect.TypeOf(w.byMessage).Key(),
		reflect.TypeOf(w.newest).Elem(), reflect.TypeOf(w.newest).Key(), reflect.TypeOf(w.told).Elem(), reflect.TypeOf(w.told).Key()} {
		for _, path := range table.Pointers(of) {
			t.Errorf("%s%s", of, path)
		}
	}
}
