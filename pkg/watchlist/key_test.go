package watchlist

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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

// TestReadCSVOfTwoLists: the same id in two lists of one file is two entries, rows of one list and id are one.
func TestReadCSVOfTwoLists(t *testing.T) {
	in := header + "77,agency-a,,no_board,QUILLFEATHER,OSWIN,,,,,,,,\n" +
		"77,agency-b,,alert,BRAMBLE,TANSY,,,,,,,,\n" +
		"77,agency-a,,no_board,QUILLFEATHER,OSWIN,,,,P,UTO,L898902C,,\n" +
		"77,agency-b,,alert,QUILLFEATHER,OSWIN,,,,,,,,\n"
	got, problems, err := ReadCSV(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	want := []travel.ListEntry{
		{ID: "77", List: "agency-a", Action: travel.ActNoBoard, Surname: "QUILLFEATHER", Given: "OSWIN", Documents: []travel.Document{{Type: "P", Number: "L898902C", Issuer: "UTO"}}},
		{ID: "77", List: "agency-b", Action: travel.ActAlert, Surname: "BRAMBLE", Given: "TANSY"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if len(problems) != 1 || !strings.HasPrefix(problems[0].String(), "line 5, surname: differs from line 3, which has the same list and id") {
		t.Errorf("problems %v", problems)
	}
}

// TestReadCSVRefusesASlashInAList: "a/b" and "c" would have the name of "a" and "b/c".
func TestReadCSVRefusesASlashInAList(t *testing.T) {
	got, problems, err := ReadCSV(strings.NewReader(header + "c,a/b,,alert,BRAMBLE,TANSY,,,,,,,,\nb/c,a,,alert,BRAMBLE,TANSY,,,,,,,,\n"))
	if err != nil || len(got) != 1 || got[0].Key() != "a/b/c" || len(problems) != 1 || problems[0].Line != 2 {
		t.Errorf("%d entries, %v, %v", len(got), problems, err)
	}
}
