package watchlist

import (
	"fmt"
	"testing"

	"fairway/pkg/travel"
)

// TestLimitKeepsTheGravest: of more entries than a query gives, those are kept that ask for most, and the best of
// every action.
func TestLimitKeepsTheGravest(t *testing.T) {
	alerts := func(n int) []travel.ListEntry {
		out := make([]travel.ListEntry, n)
		for i := range out {
			out[i] = travel.ListEntry{ID: fmt.Sprintf("A%02d", i), List: "l", Action: travel.ActAlert, Surname: "QUILLFEATHER", Given: "OSWIN", Birth: "1980-02-03"}
		}
		return out
	}
	with := func(id string, a travel.Action, surname travel.Name) travel.ListEntry {
		return travel.ListEntry{ID: id, List: "l", Action: a, Surname: surname, Given: "OSWIN", Birth: "1980-02-03"}
	}
	refusals := alerts(40)
	for i := range refusals {
		refusals[i].Action = travel.ActNoBoard
	}
	for _, tt := range []struct {
		name string
		list []travel.ListEntry
		want []string
	}{
		{"refusal of equal likeness", append(alerts(40), with("Z", travel.ActNoBoard, "QUILLFEATHER")), []string{"Z", "A00"}},
		{"refusal less alike", append(alerts(40), with("Z", travel.ActNoBoard, "QUILFETHER")), []string{"Z", "A00"}},
		{"protection among refusals", append(refusals, with("Z", travel.ActProtect, "QUILFETHER")), []string{"Z", "A00"}},
		{"alert among refusals", append(refusals, with("Z", travel.ActAlert, "QUILFETHER")), []string{"Z", "A00"}},
		{"each action", append(alerts(40), with("X", travel.ActRefer, "QUILFETHER"), with("Y", travel.ActProtect, "QUILFETHER"), with("Z", travel.ActNoBoard, "QUILFETHER")), []string{"X", "Y", "Z", "A00"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			who := travel.Traveller{Surname: "QUILLFEATHER", Given: "OSWIN", Birth: "1980-02-03"}
			var s Scratch
			for _, ix := range []interface {
				MatchNames([]travel.Match, *travel.Traveller, travel.Date, *Scratch) []travel.Match
			}{Build(tt.list), NewLive(Build(nil)).Apply(changesOf(tt.list))} {
				got := ix.MatchNames(nil, &who, today, &s)
				found := make(map[string]bool)
				for _, m := range got {
					found[m.Entry] = true
				}
				for _, id := range tt.want {
					if !found[id] {
						t.Errorf("%s is not among the %d matches", id, len(got))
					}
				}
				if len(got) != maxMatches || len(found) != maxMatches {
					t.Errorf("%d matches of %d entries, want %d", len(got), len(found), maxMatches)
				}
			}
		})
	}
}

// TestLimitKeepsTheBestOfOneAction: with one action, likeness decides, and the best comes first.
func TestLimitKeepsTheBestOfOneAction(t *testing.T) {
	var list []travel.ListEntry
	for i := range 40 {
		list = append(list, travel.ListEntry{ID: fmt.Sprintf("A%02d", i), List: "l", Action: travel.ActNoBoard, Surname: "QUILFETHER", Given: "OSWIN", Birth: "1980-02-03"})
	}
	list = append(list, travel.ListEntry{ID: "Z", List: "l", Action: travel.ActNoBoard, Surname: "QUILLFEATHER", Given: "OSWIN", Birth: "1980-02-03"})
	var s Scratch
	got := Build(list).MatchNames(nil, &travel.Traveller{Surname: "QUILLFEATHER", Given: "OSWIN", Birth: "1980-02-03"}, today, &s)
	if len(got) != maxMatches || got[0].Entry != "Z" {
		t.Errorf("%d matches, the first %s", len(got), got[0].Entry)
	}
}
