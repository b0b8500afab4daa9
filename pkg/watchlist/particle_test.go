package watchlist

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

// arrangements are the fields one name may come in, on either side.
func arrangements(words ...travel.Name) [][2]travel.Name {
	all := join(words)
	out := [][2]travel.Name{{all, ""}, {"", all}, {"FNU", all}, {all, "FNU"}}
	for i := 1; i < len(words); i++ {
		a, b := join(words[:i]), join(words[i:])
		out = append(out, [2]travel.Name{a, b}, [2]travel.Name{b, a})
	}
	return append(out, [2]travel.Name{join(words[1:]) + " " + words[0], ""})
}

func join(words []travel.Name) (s travel.Name) {
	for i, w := range words {
		if i > 0 {
			s += " "
		}
		s += w
	}
	return s
}

// TestSurnamesThatArePrefixes: LE, DO, VAN are articles in one language and surnames in another. In whatever fields
// such a name comes, it is found, and is not that of somebody with another surname.
func TestSurnamesThatArePrefixes(t *testing.T) {
	for _, tt := range []struct {
		words []travel.Name
		other travel.Name // surname of somebody else
	}{
		{[]travel.Name{"LE", "VAN", "AN"}, "DO"},
		{[]travel.Name{"DO", "THI", "LAN"}, "LE"},
		{[]travel.Name{"LE", "THI", "LAN"}, "DO"},
		{[]travel.Name{"DO", "VAN", "HUNG"}, "LE"},
		{[]travel.Name{"DU", "MINH", "QUAN"}, "LE"},
		{[]travel.Name{"AN", "CHANG", "MIN"}, "DO"},
		{[]travel.Name{"DI", "WEI", "GUO"}, "DU"},
		{[]travel.Name{"LA", "VAN", "CAU"}, "DO"},
		{[]travel.Name{"VAN", "THI", "HOA"}, "LA"},
		{[]travel.Name{"BEN", "AVI"}, "LE"},
		{[]travel.Name{"VAN", "BEN"}, "DO"},
		{[]travel.Name{"DAS", "SUBRATA"}, "DE"},
		{[]travel.Name{"TAN", "WEI", "LING"}, "GOH"},
	} {
		for _, listed := range arrangements(tt.words...) {
			ix := among(travel.ListEntry{ID: "A", List: "l", Action: travel.ActNoBoard, Surname: listed[0], Given: listed[1], Birth: "1980-11-23"})
			for _, shown := range arrangements(tt.words...) {
				m, ok := find(ix, travel.Traveller{Surname: shown[0], Given: shown[1], Birth: "1980-11-23"}, "A")
				if !ok || m.Strength == travel.Possible {
					t.Errorf("listed %s, shown %s: found %v, %s %.3f", plain(listed), plain(shown), ok, m.Strength, m.Similarity)
				}
			}
			somebody := append([]travel.Name{tt.other}, tt.words[1:]...)
			for _, shown := range arrangements(somebody...) {
				if m, ok := find(ix, travel.Traveller{Surname: shown[0], Given: shown[1], Birth: "1980-11-23"}, "A"); ok && m.Strength != travel.Possible {
					t.Errorf("listed %s, shown %s: %s %.3f, want no more than possible", plain(listed), plain(shown), m.Strength, m.Similarity)
				}
			}
		}
	}
}

// TestPrefixesComeAndGo: where a surname follows, its article may be left out or kept, in one field or two.
func TestPrefixesComeAndGo(t *testing.T) {
	forms := map[string][][2]travel.Name{
		"Dutch":   {{"VAN DER MEER", "JAN"}, {"VAN DER MEER JAN", ""}, {"MEER", "JAN"}, {"MEER JAN", ""}, {"JAN VAN DER MEER", ""}},
		"Italian": {{"DI MARIA", "ANGELO"}, {"DI MARIA ANGELO", ""}, {"ANGELO DI MARIA", ""}},
		"French":  {{"LE GUENNEC", "YANN"}, {"LE GUENNEC YANN", ""}, {"GUENNEC", "YANN"}},
		"Spanish": {{"DE LA CRUZ", "JUAN"}, {"DE LA CRUZ JUAN", ""}, {"CRUZ", "JUAN"}, {"JUAN DE LA CRUZ", ""}},
		"Arabic":  {{"BEN KHALFA", "SOFIEN"}, {"BEN KHALFA SOFIEN", ""}, {"KHALFA", "SOFIEN"}},
	}
	for of, all := range forms {
		for _, listed := range all {
			ix := among(travel.ListEntry{ID: "A", List: "l", Action: travel.ActNoBoard, Surname: listed[0], Given: listed[1], Birth: "1980-11-23"})
			for _, shown := range all {
				m, ok := find(ix, travel.Traveller{Surname: shown[0], Given: shown[1], Birth: "1980-11-23"}, "A")
				if !ok || m.Strength != travel.Strong {
					t.Errorf("%s, listed %s, shown %s: found %v, %s %.3f", of, plain(listed), plain(shown), ok, m.Strength, m.Similarity)
				}
			}
		}
	}
}

func plain(n [2]travel.Name) string { return string(n[0]) + "/" + string(n[1]) }

// TestALeftOutPrefixIsNoOtherName: the name is still called exact, so that another passport does not lower it, and an
// initial in place of the given name does not make the article count.
func TestALeftOutPrefixIsNoOtherName(t *testing.T) {
	for _, tt := range []struct{ listed, shown [2]travel.Name }{
		{[2]travel.Name{"VAN DER MEER", "JAN"}, [2]travel.Name{"MEER", "JAN"}},
		{[2]travel.Name{"MEER", "JAN"}, [2]travel.Name{"VAN DER MEER", "JAN"}},
		{[2]travel.Name{"MEER", "JAN"}, [2]travel.Name{"VAN DER MEER", "J"}},
	} {
		ix := among(travel.ListEntry{ID: "A", List: "l", Action: travel.ActNoBoard, Surname: tt.listed[0], Given: tt.listed[1], Birth: "1980-11-23", Nationality: "NLD"})
		m, ok := find(ix, travel.Traveller{Surname: tt.shown[0], Given: tt.shown[1], Birth: "1980-11-23", Nationality: "BEL"}, "A")
		exact := len(tt.shown[1]) > 1
		if !ok || exact != (m.Strength == travel.Strong) || exact != slices.Contains(m.Reasons, "name_exact") || m.Strength == travel.Possible {
			t.Errorf("listed %s, shown %s: found %v, %s %.3f %v", plain(tt.listed), plain(tt.shown), ok, m.Strength, m.Similarity, m.Reasons)
		}
	}
}

// TestPrefixesAreFoundAsByAScan: words that a name may lack must not make the index lose a name.
func TestPrefixesAreFoundAsByAScan(t *testing.T) {
	t.Parallel()
	p := newPeople(41, 60, 40)
	article := []travel.Name{"LE ", "DO ", "VAN ", "DE LA ", "DI ", "BEN ", "", "", "VAN DER "}
	with := func() travel.Name { return article[p.IntN(len(article))] }
	list := p.entries(1500)
	for i := range list {
		list[i].Surname, list[i].Given = with()+list[i].Surname, with()+list[i].Given
	}
	ix := Build(list)
	var fast Scratch
	slow := newScanner(ix)
	hits := 0
	for i := range 1000 {
		who := p.traveller(list)
		if p.IntN(2) == 0 {
			who.Surname, who.Given = with()+who.Surname, with()+who.Given
		}
		want := slow.match(&who)
		hits += len(want)
		if d := cmp.Diff(want, ix.MatchNames(nil, &who, today, &fast)); d != "" {
			t.Fatalf("query %d, %s (-scan +index):\n%s", i, plain([2]travel.Name{who.Surname, who.Given}), d)
		}
	}
	if hits < 1000 {
		t.Errorf("%d hits in all: the test shows little", hits)
	}
}
