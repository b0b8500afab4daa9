package table

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// TestNamesOfOneHash holds that names are not mixed up when their hashes are the same.
func TestNamesOfOneHash(t *testing.T) {
	var x Texts
	index := NewIndex[int](&x)
	const hash = 7
	numbers := map[string]uint32{}
	for i := range 200 {
		name := "doc:SWE|" + strings.Repeat("9", i) // and the beginning of the next
		if index.lookup(name, hash) != 0 {
			t.Fatalf("%s is taken for another", name)
		}
		numbers[name] = index.enter(name, hash)
		if other := name[:max(len(name)-1, 0)] + "8"; index.lookup(other, hash) != 0 { // as long, and the same but for its end
			t.Fatalf("%s is taken for %s", other, name)
		}
	}
	seen := map[uint32]bool{}
	if index.Each(func(n uint32) { seen[n] = true }); len(seen) != len(numbers) {
		t.Errorf("%d of %d are seen", len(seen), len(numbers))
	}
	for name, n := range numbers {
		if n%3 == 0 {
			index.Drop(n)
			delete(numbers, name)
		}
		if got := index.lookup(name, hash); got != numbers[name] {
			t.Errorf("%s is %d, want %d", name, got, numbers[name])
		}
	}
	for name, n := range numbers {
		if index.lookup(name, hash) != n || index.Name(n) != name || index.enter(name, hash) != n {
			t.Errorf("%s is not %d any more", name, n)
		}
	}
}

// TestAnIndexDoesNotGrowByChanges gives back and takes names of many lengths: room is used again, and the places names are
// looked for in stay in step with how many there are. None of it holds a pointer.
func TestAnIndexDoesNotGrowByChanges(t *testing.T) {
	var x Texts
	index := NewIndex[int](&x)
	name := func(round, i int) string { return strings.Repeat("n", (i*7+round)%90) + fmt.Sprint(i) }
	for i := range 20_000 {
		index.Get(name(0, i))
	}
	first := x.Pages() + index.Pages()
	for round := range 10 {
		for i := range 20_000 {
			index.Drop(index.Find(name(round, i)))
			index.Get(name(round+1, i))
		}
	}
	if now := x.Pages() + index.Pages(); now > first+first/10 || len(index.heads) > 2*20_000+1000 || index.Len() != 20_000 {
		t.Errorf("%d pages, were %d; %d heads for %d names", now, first, len(index.heads), index.Len())
	}
	for _, of := range []reflect.Type{reflect.TypeFor[block](), reflect.TypeFor[item[int]](), reflect.TypeOf(index.heads).Elem()} {
		for _, path := range Pointers(of) {
			t.Errorf("%s%s", of, path)
		}
	}
}
