package enricher

import (
	"slices"
	"strings"
	"testing"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/event"
	"fairway/pkg/projection"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

// keysOf are the entries matched, by list and id, sorted.
func keysOf(matches []travel.Match) string {
	var keys []string
	for i := range matches {
		keys = append(keys, matches[i].Key())
	}
	slices.Sort(keys)
	return strings.Join(keys, " ")
}

func listed(list string) travel.ListEntry {
	return travel.ListEntry{ID: "77", List: list, Action: travel.ActNoBoard, Surname: "LINDQVIST", Given: "ASTA", Birth: "1987-03-12",
		Documents: []travel.Document{{Type: "P", Issuer: "SWE", Number: "X9012345"}}}
}

// TestListsOfOneID holds that a list never erases an entry of another, whether it is read with it or comes later, and
// whatever the records' keys are: once they were ids alone.
func TestListsOfOneID(t *testing.T) {
	other := listed("agency-b")
	other.Surname, other.Given = "KOWALCZYK", "JAN"
	for name, c := range map[string]struct {
		then stream.Record
		want string
	}{
		"loaded":      {changed(t, 2, false, listed("agency-b")), "agency-a/77 agency-b/77"},
		"one changed": {changed(t, 3, false, other), "agency-a/77"},
		"one deleted": {changed(t, 3, true, travel.ListEntry{ID: "77", List: "agency-b"}), "agency-a/77"},
	} {
		for _, later := range []bool{false, true} {
			l := newLists(func(f func()) { f() })
			recs := []stream.Record{changed(t, 1, false, listed("agency-a")), changed(t, 2, false, listed("agency-b")), c.then}
			for i := range recs {
				recs[i].Key = []byte("77")
				if later && i == 2 {
					l.loaded()
				}
				if err := l.apply(t.Context(), recs[i:i+1]); err != nil {
					t.Fatal(err)
				}
			}
			if !later {
				l.loaded()
			}
			var s watchlist.Scratch
			p := presented("SWE", "X9012345")
			got, _ := l.Match(nil, &p.Traveller, "2026-10-05", &s)
			if keysOf(got) != c.want {
				t.Errorf("%s, later %v: found %q, want %q", name, later, keysOf(got), c.want)
			}
		}
	}
}

// TestADocumentOnTwoLists holds that both lists' entries are told, though their ids are equal, and each once.
func TestADocumentOnTwoLists(t *testing.T) {
	a, b := listed("agency-a"), listed("agency-b")
	value, err := json.Marshal([]watchlist.Posting{watchlist.NewPosting(&a), watchlist.NewPosting(&b)})
	if err != nil {
		t.Fatal(err)
	}
	store := &fakeStore{values: map[string]string{projection.Document + "SWE|X9012345": string(value), projection.Document + "|X9012345": string(value)}}
	got, err := newEnricher(DefaultConfig(), store, noNames{}).Enrich(t.Context(), []*event.Presented{presented("SWE", "X9012345")})
	if err != nil || keysOf(got[0].Matches) != "agency-a/77 agency-b/77" {
		t.Errorf("%v, found %q", err, keysOf(got[0].Matches))
	}
}
