package watchlist

import (
	"slices"
	"strings"
	"testing"

	"fairway/pkg/travel"
)

// namesake is an entry of some list for one and the same person.
func namesake(list, id string) travel.ListEntry {
	return travel.ListEntry{ID: id, List: list, Action: travel.ActNoBoard, Surname: "QUILLFEATHER", Given: "OSWIN", Birth: "1980-02-03"}
}

// foundKeys are the entries that the person of namesake matches, sorted.
func foundKeys(ix interface {
	MatchNames([]travel.Match, *travel.Traveller, travel.Date, *Scratch) []travel.Match
}) string {
	var s Scratch
	var keys []string
	who := travel.Traveller{Surname: "QUILLFEATHER", Given: "OSWIN", Birth: "1980-02-03"}
	for _, m := range ix.MatchNames(nil, &who, today, &s) {
		keys = append(keys, m.Key())
	}
	slices.Sort(keys)
	return strings.Join(keys, " ")
}

// TestAnIDIsOfItsList: entry 77 of one list is not entry 77 of another, in the index and with changes on top.
func TestAnIDIsOfItsList(t *testing.T) {
	a, b := namesake("agency-a", "77"), namesake("agency-b", "77")
	twice := a
	twice.Caveat = "the last one counts"
	both := Build([]travel.ListEntry{a, b, twice})
	if got := foundKeys(both); got != "agency-a/77 agency-b/77" || both.Len() != 2 {
		t.Errorf("built: %d entries, found %q", both.Len(), got)
	}
	other := b
	other.Surname, other.Given, other.Birth = "BRAMBLE", "TANSY", "1991-01-30"
	gone := Change{Entry: travel.ListEntry{ID: "77", List: "agency-b"}, Deleted: true, Revision: 5}
	for _, tt := range []struct {
		name   string
		change Change
		want   string
		count  int
	}{
		{"loaded", Change{Entry: b, Revision: 2}, "agency-a/77 agency-b/77", 2},
		{"one changed", Change{Entry: other, Revision: 5}, "agency-a/77", 2},
		{"one deleted", gone, "agency-a/77", 1},
		{"a deletion of no list", Change{Entry: travel.ListEntry{ID: "77"}, Deleted: true, Revision: 5}, "agency-a/77 agency-b/77", 2},
	} {
		empty := NewLive(Build(nil))
		onTop := empty.Apply([]Change{{Entry: a, Revision: 1}, {Entry: b, Revision: 2}})
		for how, live := range map[string]*Live{
			"on an index":  NewLive(both).Apply([]Change{tt.change}),
			"on changes":   onTop.Apply([]Change{tt.change}),
			"merged":       onTop.Apply([]Change{tt.change}).Merge(),
			"on a merge":   onTop.Merge().Apply([]Change{tt.change}),
			"since merged": onTop.Merge().Since(onTop, onTop.Apply([]Change{tt.change})),
		} {
			if got := foundKeys(live); got != tt.want || live.Len() != tt.count {
				t.Errorf("%s %s: %d entries, found %q; want %d, %q", tt.name, how, live.Len(), got, tt.count, tt.want)
			}
		}
	}
}

// TestOnlyItsOwnEntryStaysDeleted: an old change of a deleted entry is late, the same revision of another list is not.
func TestOnlyItsOwnEntryStaysDeleted(t *testing.T) {
	a, b := namesake("agency-a", "77"), namesake("agency-b", "77")
	live := NewLive(Build(nil)).Apply([]Change{{Entry: a, Revision: 1}})
	live = live.Apply([]Change{{Entry: travel.ListEntry{ID: "77", List: "agency-a"}, Deleted: true, Revision: 5}}).Merge()
	live = live.Apply([]Change{{Entry: a, Revision: 2}, {Entry: b, Revision: 3}})
	if got := foundKeys(live); got != "agency-b/77" {
		t.Errorf("found %q", got)
	}
	if got := foundKeys(live.Merge()); got != "agency-b/77" {
		t.Errorf("merged: found %q", got)
	}
}
