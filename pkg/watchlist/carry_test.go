package watchlist

import (
	"testing"

	"fairway/pkg/travel"
)

// TestABirthDateCarriesPartOfAName: a passport has all given names, a list seldom. A birth date equal to the day
// carries what the names have in common; it never makes that strong.
func TestABirthDateCarriesPartOfAName(t *testing.T) {
	type two [2]travel.Name
	const none travel.Strength = ""
	for _, tt := range []struct {
		name          string
		listed, shown two
		birth         travel.BirthDate // of the traveller; the list says 1981-03-14
		want          travel.Strength
	}{
		{"one further given name", two{"QUORNDALE", "MIRABEL"}, two{"QUORNDALE", "MIRABEL ANNA"}, "1981-03-14", travel.Strong},
		{"two further given names", two{"QUORNDALE", "MIRABEL"}, two{"QUORNDALE", "MIRABEL ANNA BERTA"}, "1981-03-14", travel.Probable},
		{"three", two{"QUORNDALE", "MIRABEL"}, two{"QUORNDALE", "MIRABEL ANNA BERTA CLARA"}, "1981-03-14", travel.Probable},
		{"two, and a typing error", two{"QUORNDALE", "MIRABEL"}, two{"QUORNDAEL", "MIRABEL ANNA BERTA"}, "1981-03-14", travel.Probable},
		{"two, the second is listed", two{"QUORNDALE", "MIRABEL"}, two{"QUORNDALE", "ANNA MIRABEL BERTA"}, "1981-03-14", travel.Probable},
		{"two, surname last", two{"QUORNDALE", "MIRABEL"}, two{"MIRABEL ANNA BERTA", "QUORNDALE"}, "1981-03-14", travel.Probable},
		{"both surnames listed, all given names shown", two{"QUORNDALE THISTLEBY", "MIRABEL"}, two{"QUORNDALE", "MIRABEL ANNA BERTA"}, "1981-03-14", travel.Probable},
		{"both surnames shown, all given names listed", two{"QUORNDALE", "MIRABEL ANNA BERTA"}, two{"QUORNDALE THISTLEBY", "MIRABEL"}, "1981-03-14", travel.Probable},
		{"another first given name", two{"QUORNDALE", "MIRABEL"}, two{"QUORNDALE", "SOPHRONIA ANNA BERTA"}, "1981-03-14", none},
		{"another surname", two{"QUORNDALE", "MIRABEL ANNA"}, two{"THISTLEBY", "MIRABEL ANNA BERTA CLARA DORIS"}, "1981-03-14", none},
		{"another birth date", two{"QUORNDALE", "MIRABEL"}, two{"QUORNDALE", "MIRABEL ANNA BERTA"}, "1981-07-25", none},
		{"the day before", two{"QUORNDALE", "MIRABEL"}, two{"QUORNDALE", "MIRABEL ANNA BERTA"}, "1981-03-13", none},
		{"the year alone", two{"QUORNDALE", "MIRABEL"}, two{"QUORNDALE", "MIRABEL ANNA BERTA"}, "1981", none},
		{"no birth date", two{"QUORNDALE", "MIRABEL"}, two{"QUORNDALE", "MIRABEL ANNA BERTA"}, "", none},
	} {
		e := travel.ListEntry{ID: "A", List: "l", Action: travel.ActNoBoard, Surname: tt.listed[0], Given: tt.listed[1], Birth: "1981-03-14", Nationality: "GBR"}
		who := travel.Traveller{Surname: tt.shown[0], Given: tt.shown[1], Birth: tt.birth, Nationality: "GBR"}
		for how, ix := range map[string]*Live{"of a crowd": among(e), "merged": among(e).Merge(), "alone": NewLive(Build([]travel.ListEntry{e}))} {
			if m, _ := find(ix, who, "A"); m.Strength != tt.want && (tt.want != none || m.Strength != travel.Possible) {
				t.Errorf("%s, %s: %q (similarity %.3f, chance %.2f, %v), want %q", tt.name, how, m.Strength, m.Similarity, m.Chance, m.Reasons, tt.want)
			}
		}
	}
}

// TestCommonWordsAreNotCarried: where many on the list have such a name, an equal birth date may be chance.
func TestCommonWordsAreNotCarried(t *testing.T) {
	list := newPeople(41, 300, 200).entries(500)
	for i := range list {
		list[i].OtherNames = nil
		list[i].Surname, list[i].Given = "QUORNDALE", "MIRABEL"
	}
	list[0].Birth = "1981-03-14"
	got := Build(list).MatchNames(nil, &travel.Traveller{Surname: "QUORNDALE", Given: "MIRABEL ANNA BERTA CLARA", Birth: "1981-03-14"}, today, new(Scratch))
	for _, m := range got {
		if m.Strength != travel.Possible {
			t.Errorf("%s of %s, chance %.2f", m.Strength, m.Entry, m.Chance)
		}
	}
}
