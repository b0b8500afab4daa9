package watchlist

import (
	"testing"

	"fairway/pkg/travel"
)

// sample is the list that comes with the demo.
func sample() []travel.ListEntry {
	return []travel.ListEntry{
		{ID: "S-001", List: "interdiction", Action: travel.ActNoBoard, Surname: "VARKONDY", Given: "ISTOK", OtherNames: []travel.Name{"VARKONDI ISTVOK"}, Birth: "1979-04-11", Nationality: "UTO"},
		{ID: "S-002", List: "interdiction", Action: travel.ActNoBoard, Surname: "OSTRAVELLE", Given: "MIREN", Birth: "1984-09-30", Nationality: "UTO"},
		{ID: "S-003", List: "lookout", Action: travel.ActRefer, Surname: "QUILLSTADT", Given: "BERAN", OtherNames: []travel.Name{"KVILSTAT BERAN"}, Birth: "1990-01-17", Nationality: "XXA"},
		{ID: "S-004", List: "lookout", Action: travel.ActAlert, Surname: "TENNERIL", Given: "DASHA", Birth: "1968", Nationality: "UTO"},
		{ID: "S-008", List: "protection", Action: travel.ActProtect, Surname: "LINDEQVAM", Given: "SANNE", Birth: "2009-06-21", Nationality: "NOR"},
	}
}

// TestLookAlikes: people who resemble somebody on the list and are somebody else. None is a strong match.
func TestLookAlikes(t *testing.T) {
	ix := Build(sample())
	for _, tt := range []struct {
		surname, given travel.Name
		birth          travel.BirthDate
		nationality    travel.State
	}{
		{"VARKONYI", "ISTVAN", "1979-04-11", "HUN"},
		{"VARKONYI", "ISTVAN", "1979-04-12", "HUN"},
		{"VARKONYI", "ISTVAN", "1979-11-04", "HUN"},
		{"VARKONYI", "ISTVAN", "1979", "HUN"},
		{"VARKONY", "ISTOK", "1979-04-11", "SVK"},
		{"VARKONDY", "ISTVAN", "1979-04-11", "HUN"},
		{"VARKONDY", "ISTOK", "1979-08-23", "UTO"},
		{"OSTRAVEL", "MIRREN", "1984-09-30", "CZE"},
		{"OSTRAVELLI", "MIREILLE", "1984-09-30", "FRA"},
		{"OSTRAVELLE", "MIRELA", "1984-09-30", "ROU"},
		{"QUILSTAD", "BERND", "1990-01-17", "DEU"},
		{"QUILLSTEDT", "BRAN", "1990-01-17", "SWE"},
		{"TENNERILL", "DANA", "1968-05-04", "IRL"},
		{"TENERIL", "SASHA", "1968-05-04", "RUS"},
		{"TENNERIL", "DARSHA", "1968-05-04", "IND"},
		{"LINDEQVIST", "SANNA", "2009-06-21", "SWE"},
		{"LINDEKVAM", "SANNE", "2009-06-12", "NOR"},
	} {
		var s Scratch
		who := travel.Traveller{Surname: tt.surname, Given: tt.given, Birth: tt.birth, Nationality: tt.nationality}
		got := ix.MatchNames(nil, &who, today, &s)
		if len(got) == 0 {
			t.Logf("%-10s %-8s %-10s %s: no match", string(tt.surname), string(tt.given), string(tt.birth), tt.nationality)
			continue
		}
		m := got[0]
		t.Logf("%-10s %-8s %-10s %s: %-8s of %s, similarity %.3f, chance %.2f, %v", string(tt.surname), string(tt.given), string(tt.birth), tt.nationality, m.Strength, m.Entry, m.Similarity, m.Chance, m.Reasons)
		if m.Strength == travel.Strong {
			t.Errorf("%s %s is a strong match", string(tt.surname), string(tt.given))
		}
	}
}

// TestListedPeopleStayStrong: what lowers a look-alike does not lower the person.
func TestListedPeopleStayStrong(t *testing.T) {
	ix := Build(sample())
	for _, who := range []travel.Traveller{
		{Surname: "VARKONDY", Given: "ISTOK", Birth: "1979-04-11", Nationality: "UTO"},
		{Surname: "VARKONDY", Given: "ISTOK", Birth: "1979-04-11", Nationality: "HUN"}, // equal name, another passport
		{Surname: "VARKONDI", Given: "ISTOK", Birth: "1979-04-11", Nationality: "UTO"},
		{Surname: "VARKONDI", Given: "ISTOK", Birth: "1979-04-11"},
		{Surname: "ISTVOK", Given: "VARKONDI", Birth: "1979", Nationality: "HUN"},
		{Surname: "OSTRAVELLE", Given: "MIREN ANA", Birth: "1984-09-30", Nationality: "UTO"},
	} {
		var s Scratch
		got := ix.MatchNames(nil, &who, today, &s)
		if len(got) == 0 || got[0].Strength != travel.Strong && who.Birth != "1979" || got[0].Strength == travel.Possible {
			t.Errorf("%s %s %s: %v", string(who.Surname), string(who.Given), who.Nationality, got)
		}
	}
}
