package watchlist_test

import (
	"fmt"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

func ExampleLive() {
	live := watchlist.NewLive(watchlist.Build([]travel.ListEntry{
		{ID: "S1", List: "smuggling", Action: travel.ActRefer, Surname: "QUILLFEATHER", Given: "OSWIN ALBERIC", Birth: "1980-02-03"},
	}))
	base := live // a merge begins here; it may run in another goroutine
	live = live.Apply([]watchlist.Change{{
		Entry:    travel.ListEntry{ID: "S2", List: "smuggling", Action: travel.ActAlert, Surname: "AL BRAMBLE", Given: "TANSY", Birth: "1991"},
		Revision: 7,
	}})
	live = base.Merge().Since(base, live) // it is done: what came meanwhile goes on top

	var s watchlist.Scratch
	for _, t := range []travel.Traveller{
		{Surname: "OSWINALBERIC", Given: "QUILFEATHER", Birth: "1980-03-02"},
		{Surname: "ALBRAMBLE", Given: "TANSYMRS", Birth: "1991-06-30"},
		{Surname: "UNRELATED", Given: "PERSON", Birth: "1980-02-03"},
	} {
		for _, m := range live.MatchNames(nil, &t, "2026-10-05", &s) {
			fmt.Println(m.Entry, m.Strength, m.Birth, m.Reasons)
		}
	}
	// Output:
	// S1 probable swapped [name_close name_order name_joined birth_swapped]
	// S2 probable year [name_close name_joined birth_year]
}
