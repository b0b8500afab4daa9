package table

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTable holds a table against a map, through taking and giving back.
func TestTable(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var kept Table[int]
	want, most := map[uint32]int{}, 0
	for i := range 50_000 {
		if len(want) > 0 && r.IntN(5) < 2 {
			for n := range want {
				kept.Give(n)
				delete(want, n)
				break
			}
			continue
		}
		n := kept.Take()
		if _, there := want[n]; there || n == 0 || *kept.At(n) != 0 {
			t.Fatalf("took %d, which is %d", n, *kept.At(n))
		}
		*kept.At(n), want[n] = i+1, i+1
		most = max(most, len(want))
	}
	for n, v := range want {
		if *kept.At(n) != v {
			t.Fatalf("%d is %d, want %d", n, *kept.At(n), v)
		}
	}
	if kept.Len() != len(want) || kept.Pages() > most/PageSize+1 {
		t.Errorf("%d records in %d pages, want %d of at most %d", kept.Len(), kept.Pages(), len(want), most)
	}
}

func TestPointers(t *testing.T) {
	type inner struct {
		n    [2]int64
		name string
	}
	type outer struct {
		in   [3]inner
		ok   bool
		next *outer
	}
	if diff := cmp.Diff([]string{".in[].name is a string", ".next is a *table.outer"}, Pointers(reflect.TypeOf(outer{[3]inner{{[2]int64{1}, ""}}, true, nil}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := Pointers(reflect.TypeFor[[4]struct{ a, b uint32 }]()); got != nil {
		t.Errorf("numbers hold %q", got)
	}
}
