package advisor

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/event"
	"fairway/pkg/table"
	"fairway/pkg/travel"
)

// TestAnswersAreKeptAsTheyWere holds what is kept without pointers against a plain map, through changes and forgetting.
func TestAnswersAreKeptAsTheyWere(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	kept, want := newAnswers(), map[key]current{}
	outcomes := []travel.Outcome{travel.Board, travel.NoBoard, travel.Hold, travel.Refer, travel.Insufficient}
	verdictOf := func() decided {
		v := decided{outcomes[r.IntN(5)], event.DecisionID([]byte{byte(r.IntN(256))}), fmt.Sprint("release", r.IntN(3)), r.Int64()}
		if odd := []string{"", "an older id", v.decision[:23] + "X", v.decision + "00", "000000000000000000000000", strings.ToUpper(v.decision)}; r.IntN(4) == 0 {
			v.decision = odd[r.IntN(len(odd))]
		}
		return v
	}
	for i := range 20_000 {
		k := keyOf(fmt.Sprint("place", r.IntN(3000)))
		c := current{decided: verdictOf(), version: i, booking: r.IntN(2) == 0, at: time.UnixMilli(int64(i))}
		for range r.IntN(remembered + 1) {
			c.answered = append(c.answered, r.Uint64())
		}
		if r.IntN(3) == 0 {
			asked := verdictOf()
			c.asked = &asked
		}
		if r.IntN(10) == 0 {
			c.hit = &event.Advisory{Index: i}
		}
		kept.put(k, &c)
		want[k] = c
		if i%5000 == 4999 {
			limit := time.UnixMilli(int64(i - 2500))
			kept.forget(limit)
			for k, c := range want {
				if c.at.Before(limit) {
					delete(want, k)
				}
			}
		}
	}
	if diff := cmp.Diff(want, all(&kept), cmp.AllowUnexported(current{}, decided{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if most := 3000/table.PageSize + 1; kept.all.Pages() > most || kept.len() != len(want) || kept.all.Len() != len(want) {
		t.Errorf("%d pages for %d, want %d at most", kept.all.Pages(), kept.len(), most)
	}
	for k := range kept.hits {
		if want[k].hit == nil {
			t.Error("somebody can be confirmed who cannot any more")
		}
	}
}

// TestWhatGrowsHoldsNoPointer: the collector looks through every pointer there is, and traffic makes millions of records.
func TestWhatGrowsHoldsNoPointer(t *testing.T) {
	for _, of := range []reflect.Type{reflect.TypeFor[record](), reflect.TypeFor[key]()} {
		for _, path := range table.Pointers(of) {
			t.Errorf("%s%s", of, path)
		}
	}
}
