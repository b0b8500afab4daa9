package watchlist

import (
	"slices"
	"sync"
	"testing"

	"fairway/pkg/travel"
)

// crowded is an index of invented entries, so that words have a rarity; asking is the scratch of its queries.
var (
	crowded = sync.OnceValue(func() *Live { return NewLive(Build(newPeople(31, 300, 200).entries(500))) })
	asking  Scratch
)

// among is crowded with these entries.
func among(entries ...travel.ListEntry) *Live { return crowded().Apply(changesOf(entries)) }

// find returns the match of who with an entry, and whether there is one.
func find(ix *Live, who travel.Traveller, entry string) (travel.Match, bool) {
	for _, m := range ix.MatchNames(nil, &who, today, &asking) {
		if m.Entry == entry {
			return m, true
		}
	}
	return travel.Match{}, false
}

// TestStrongNeedsBirthDatesThatAgree: no name, however rare, is strong by itself.
func TestStrongNeedsBirthDatesThatAgree(t *testing.T) {
	for _, tt := range []struct {
		list, traveller travel.BirthDate
		want            travel.Strength // of the rarest of names, equal on both sides
		differs         bool            // the dates contradict, and the reasons say so
	}{
		{"1980-11-23", "1980-11-23", travel.Strong, false},
		{"1980-11", "1980-11-23", travel.Strong, false},
		{"1980", "1980-11-23", travel.Strong, false},
		{"1980-11-23", "1980", travel.Strong, false},
		{"1980", "1980", travel.Strong, false},
		{"", "", travel.Probable, false},
		{"1980-11-23", "", travel.Probable, false},
		{"", "1980-11-23", travel.Probable, false},
		{"1980-11-23", "1980-06-07", travel.Probable, true},
		{"1980-11-23", "1980-11-07", travel.Probable, true},
		{"1980-11-23", "1980-02-23", travel.Probable, true},
		{"1980-01-01", "1980-06-07", travel.Probable, true},
		{"1980-11-23", "1981-06-07", travel.Probable, true},
		{"1980-11", "1980-06-07", travel.Probable, false},
		{"1980-04-11", "1980-11-04", travel.Probable, false}, // day and month swapped
		{"1980-11-23", "1980-11-13", travel.Probable, false}, // one digit
		{"1980-11-12", "1980-11-21", travel.Probable, false}, // neighbours
		{"1980-11-23", "1981-11-23", travel.Probable, false}, // one year
	} {
		ix := among(travel.ListEntry{ID: "A", List: "l", Action: travel.ActNoBoard, Surname: "SMITH", Given: "JOHN", Birth: tt.list})
		m, ok := find(ix, travel.Traveller{Surname: "SMITH", Given: "JOHN", Birth: tt.traveller}, "A")
		if !ok {
			t.Errorf("%q against %q: not found", tt.traveller, tt.list)
			continue
		}
		if m.Strength != tt.want {
			t.Errorf("%q against %q: %s (%s, similarity %.3f, chance %.2f), want %s", string(tt.traveller), string(tt.list), m.Strength, m.Birth, m.Similarity, m.Chance, tt.want)
		}
		if got := slices.Contains(m.Reasons, "birth_differs"); got != tt.differs {
			t.Errorf("%q against %q: birth_differs is %v, want %v", string(tt.traveller), string(tt.list), got, tt.differs)
		}
	}
}
