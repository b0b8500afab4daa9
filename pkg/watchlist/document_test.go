package watchlist

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

func TestDocumentKeysMeet(t *testing.T) {
	for _, tt := range []struct {
		name             string
		entry, traveller travel.Document
		nationality      travel.State
		meet             bool
	}{
		{"same", travel.Document{Number: "C01X00T47", Issuer: "DEU"}, travel.Document{Number: "c01-x00 t47", Issuer: "DEU"}, "", true},
		{"other issuer", travel.Document{Number: "C01X00T47", Issuer: "DEU"}, travel.Document{Number: "C01X00T47", Issuer: "FRA"}, "", false},
		{"entry without issuer", travel.Document{Number: "C01X00T47"}, travel.Document{Number: "C01X00T47", Issuer: "FRA"}, "", true},
		{"traveller without issuer", travel.Document{Number: "C01X00T47", Issuer: "DEU"}, travel.Document{Number: "C01X00T47"}, "DEU", true},
		{"neither issuer nor nationality", travel.Document{Number: "C01X00T47", Issuer: "DEU"}, travel.Document{Number: "C01X00T47"}, "", false},
		{"issuer is no State", travel.Document{Number: "C01X00T47", Issuer: "UTO"}, travel.Document{Number: "C01X00T47", Issuer: "UT"}, "UTO", true},
		{"issuer is no State, entry without issuer", travel.Document{Number: "C01X00T47"}, travel.Document{Number: "C01X00T47", Issuer: "UT"}, "", true},
		{"issuer is no State, nationality another", travel.Document{Number: "C01X00T47", Issuer: "UTO"}, travel.Document{Number: "C01X00T47", Issuer: "UT"}, "FRA", false},
		{"issuer is no State, check digit glued", travel.Document{Number: "L898902C", Issuer: "UTO"}, travel.Document{Number: "L898902C3", Issuer: "UT"}, "UTO", true},
		{"no State, the same on both sides", travel.Document{Number: "C01X00T47", Issuer: "QQQ"}, travel.Document{Number: "C01X00T47", Issuer: "QQQ"}, "FRA", true},
		{"issuer in two letters", travel.Document{Number: "C01X00T47", Issuer: "FRA"}, travel.Document{Number: "C01X00T47", Issuer: "FR"}, "UTO", true},
		{"check digit glued", travel.Document{Number: "L898902C", Issuer: "UTO"}, travel.Document{Number: "L898902C3", Issuer: "UTO"}, "", true},
		{"not a check digit", travel.Document{Number: "L898902C", Issuer: "UTO"}, travel.Document{Number: "L898902C4", Issuer: "UTO"}, "", false},
		{"too short", travel.Document{Number: "12"}, travel.Document{Number: "12"}, "", false},
		{"placeholder", travel.Document{Number: "0000000"}, travel.Document{Number: "0000000"}, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := travel.ListEntry{Documents: []travel.Document{tt.entry}}
			who := travel.Traveller{Nationality: tt.nationality, Documents: []travel.Document{tt.traveller}}
			if got := meet(DocumentKeys(&e), TravellerDocumentKeys(nil, &who)); got != tt.meet {
				t.Errorf("keys meet: %v, want %v", got, tt.meet)
			}
		})
	}
}

func meet(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

func TestAuthorisationKey(t *testing.T) {
	e := travel.ListEntry{Category: CategoryAuthorisation, Documents: []travel.Document{{Type: "ETA", Number: "AB12 34CD"}}}
	if k := AuthorisationKey("ab1234cd"); !meet([]string{k}, DocumentKeys(&e)) {
		t.Errorf("key %q is not among %q", k, DocumentKeys(&e))
	}
	if k := AuthorisationKey(""); k != "" {
		t.Errorf("key of no number: %q", k)
	}
}

func TestClearanceKeysMeet(t *testing.T) {
	who := travel.Traveller{
		Surname: "QUILLFEATHER", Given: "OSWIN", Middle: "ALBERIC", Birth: "1980-02-03", Nationality: "UTO", Redress: "1234567",
		Documents: []travel.Document{{Type: "P", Number: "L898902C", Issuer: "UTO"}},
	}
	for _, tt := range []struct {
		name  string
		entry travel.ListEntry
		meet  bool
	}{
		{"redress number", travel.ListEntry{Documents: []travel.Document{{Type: TypeRedress, Number: "123-4567"}}}, true},
		{"other redress number", travel.ListEntry{Documents: []travel.Document{{Type: TypeRedress, Number: "7654321"}}}, false},
		{"passport", travel.ListEntry{Documents: []travel.Document{{Type: "P", Number: "L898902C", Issuer: "UTO"}}}, true},
		{"number without issuer is not enough", travel.ListEntry{Documents: []travel.Document{{Type: "P", Number: "L898902C"}}}, false},
		{"names, birth date and nationality", travel.ListEntry{Surname: "Quillfeather", Given: "Oswin Alberic", Birth: "1980-02-03", Nationality: "UTO"}, true},
		{"another birth date", travel.ListEntry{Surname: "Quillfeather", Given: "Oswin Alberic", Birth: "1980-02-04", Nationality: "UTO"}, false},
		{"birth year only", travel.ListEntry{Surname: "Quillfeather", Given: "Oswin Alberic", Birth: "1980", Nationality: "UTO"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			keys := ClearanceKeys(&tt.entry)
			if got := meet(keys, TravellerClearanceKeys(nil, &who)); got != tt.meet {
				t.Errorf("keys meet: %v, want %v", got, tt.meet)
			}
			if strings.Contains(strings.Join(keys, " "), "QUILL") {
				t.Error("a key shows a name")
			}
		})
	}
}

func TestConfirmDocument(t *testing.T) {
	shown := travel.Document{Type: "P", Number: "L898902C", Issuer: "UTO"}
	listed := []travel.Document{shown}
	who := travel.Traveller{Surname: "QUILLFEATHER", Given: "OSWIN", Birth: "1980-02-03", Documents: listed}
	nobody := who
	nobody.Surname, nobody.Given = "", "FNU"
	bare := who
	bare.Documents = []travel.Document{{Type: "P", Number: "L898902C"}}
	glued := who
	glued.Documents = []travel.Document{{Type: "P", Number: "L898902C3", Issuer: "UTO"}}
	noState, short := who, who
	noState.Documents = []travel.Document{{Type: "P", Number: "L898902C", Issuer: "UT"}}
	short.Documents = []travel.Document{{Type: "P", Number: "L898902C", Issuer: "FR"}}
	french := []travel.Document{{Type: "P", Number: "L898902C", Issuer: "FRA"}}
	for _, tt := range []struct {
		name     string
		posting  Posting
		who      travel.Traveller
		strength travel.Strength
		reasons  string // after the first
	}{
		{"document only", Posting{Documents: listed}, who, travel.Strong, "document_exact no_name_on_entry"},
		{"document only, placeholder for a name", Posting{Documents: listed, Surname: " ", Given: "UNKNOWN"}, who, travel.Strong, "document_exact no_name_on_entry"},
		{"document only, birth date of another", Posting{Documents: listed, Birth: "1955-02-03"}, who, travel.Probable, "document_exact no_name_on_entry birth_differs"},
		{"number only", Posting{}, who, travel.Probable, "document_number no_name_on_entry"},
		{"traveller's issuer is not known", Posting{Documents: listed}, bare, travel.Probable, "document_number no_name_on_entry"},
		{"traveller's issuer is no State", Posting{Documents: listed}, noState, travel.Probable, "document_number no_name_on_entry"},
		{"traveller's issuer is no State, name supports", Posting{Documents: listed, Surname: "QUILLFEATHER", Given: "OSWIN"}, noState, travel.Strong, "document_number name_supports"},
		{"traveller's issuer in two letters", Posting{Documents: french}, short, travel.Strong, "document_exact no_name_on_entry"},
		{"number only, name supports", Posting{Surname: "QUILLFEATHER", Given: "OSWIN"}, who, travel.Strong, "document_number name_supports"},
		{"check digit", Posting{Documents: listed}, glued, travel.Probable, "document_check_digit no_name_on_entry"},
		{"name and birth", Posting{Documents: listed, Surname: "QUILFEATHER", Given: "OSWIN", Birth: "1980-02-03"}, who, travel.Strong, "document_exact name_supports birth_exact"},
		{"name, birth near", Posting{Documents: listed, Surname: "QUILFEATHER", Given: "OSWIN", Birth: "1980-03-02"}, who, travel.Strong, "document_exact name_supports birth_swapped"},
		{"name, birth of another", Posting{Documents: listed, Surname: "QUILFEATHER", Given: "OSWIN", Birth: "1980-11-27"}, who, travel.Probable, "document_exact name_supports birth_differs"},
		{"alias", Posting{Documents: listed, Surname: "BRAMBLE", OtherNames: []travel.Name{"QUILLFEATHER/OSWIN"}}, who, travel.Strong, "document_exact name_supports"},
		{"borrowed", Posting{Documents: listed, Surname: "BRAMBLE", Given: "TANSY", Birth: "1991-01-30"}, who, travel.Probable, "document_exact name_differs birth_differs"},
		{"married", Posting{Documents: listed, Surname: "BRAMBLE", Given: "TANSY", Birth: "1980-02-03"}, who, travel.Probable, "document_exact name_differs birth_exact"},
		{"name in letters not known here", Posting{Documents: listed, Surname: "王", Given: "小明", Birth: "1960"}, who, travel.Probable, "document_exact name_unsupported birth_differs"},
		{"the same in one field", Posting{Documents: listed, OtherNames: []travel.Name{"王小明"}}, who, travel.Probable, "document_exact name_unsupported"},
		{"letters not known here, and a Latin form", Posting{Documents: listed, Surname: "王小明", OtherNames: []travel.Name{"QUILLFEATHER OSWIN"}}, who, travel.Strong, "document_exact name_supports"},
		{"traveller without a name", Posting{Documents: listed, Surname: "BRAMBLE"}, nobody, travel.Probable, "document_exact name_unsupported"},
		{"last day", Posting{Documents: listed, ValidUntil: today}, who, travel.Strong, "document_exact no_name_on_entry"},
		{"cleared", Posting{Action: travel.ActClear, Surname: "QUILLFEATHER", Given: "OSWIN"}, who, travel.Strong, "name_supports"},
		{"cleared, number only", Posting{Action: travel.ActClear}, who, travel.Strong, "no_name_on_entry"},
		{"cleared, somebody else", Posting{Action: travel.ActClear, Surname: "BRAMBLE", Given: "TANSY"}, who, travel.Probable, "name_differs"},
		{"cleared, name not known here", Posting{Action: travel.ActClear, Surname: "王小明"}, who, travel.Probable, "name_unsupported"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, ok := ConfirmDocument(&tt.posting, &tt.who, today)
			first, by := "document_match", byDocument
			if tt.posting.Action == travel.ActClear {
				first, by = "clearance_match", byRedress
			}
			if !ok || m.Strength != tt.strength || m.By != by {
				t.Errorf("%v, %s by %s; want %s by %s", ok, m.Strength, m.By, tt.strength, by)
			}
			if d := cmp.Diff(first+" "+tt.reasons, strings.Join(m.Reasons, " ")); d != "" {
				t.Errorf("reasons (-want +got):\n%s", d)
			}
		})
	}
	if _, ok := ConfirmDocument(&Posting{ValidUntil: "2026-10-04"}, &who, today); ok {
		t.Error("an entry that is over is still matched")
	}
}

// TestClearanceOfANameNotKnownHere: two people whose names give no Latin letter must not share a key.
func TestClearanceOfANameNotKnownHere(t *testing.T) {
	e := travel.ListEntry{Action: travel.ActClear, Surname: "王", Given: "小明", Birth: "1980-02-03", Nationality: "CHN"}
	who := travel.Traveller{Surname: "李", Given: "四", Birth: "1980-02-03", Nationality: "CHN"}
	if meet(ClearanceKeys(&e), TravellerClearanceKeys(nil, &who)) {
		t.Error("one person's clearance is another's")
	}
}

// TestClearanceInLetters: a document writes a cleared person's name in A–Z, in one habit or the other.
func TestClearanceInLetters(t *testing.T) {
	e := travel.ListEntry{Action: travel.ActClear, Surname: "Öztürk", Given: "Gül", Birth: "1980-02-03", Nationality: "TUR"}
	for _, n := range [][2]travel.Name{{"OZTURK", "GUL"}, {"OEZTUERK", "GUEL"}, {"Öztürk", "Gül"}} {
		who := travel.Traveller{Surname: n[0], Given: n[1], Birth: "1980-02-03", Nationality: "TUR"}
		if !meet(ClearanceKeys(&e), TravellerClearanceKeys(nil, &who)) {
			t.Errorf("%s/%s does not find the clearance", string(n[0]), string(n[1]))
		}
	}
}

// TestPostingProvesADocument: what is stored for an entry is enough to tell an exact match.
func TestPostingProvesADocument(t *testing.T) {
	d := travel.Document{Type: "P", Number: "C01X00T47", Issuer: "DEU", Place: "BONN"}
	e := travel.ListEntry{ID: "D1", List: "l", Action: travel.ActNoBoard, Documents: []travel.Document{d}}
	b, err := json.Marshal(NewPosting(&e))
	if err != nil {
		t.Fatal(err)
	}
	var p Posting
	if err := json.Unmarshal(b, &p); err != nil {
		t.Fatal(err)
	}
	m, ok := ConfirmDocument(&p, &travel.Traveller{Surname: "BRAMBLE", Documents: []travel.Document{{Type: "P", Number: "c01x00 t47", Issuer: "DEU"}}}, today)
	if !ok || m.Strength != travel.Strong || m.Reasons[1] != "document_exact" {
		t.Errorf("%v, %s, %v", ok, m.Strength, m.Reasons)
	}
	if strings.Contains(string(b), "BONN") {
		t.Error("the posting holds more than it needs")
	}
}

func TestPostingRoundTripsAndHides(t *testing.T) {
	e := travel.ListEntry{ID: "A1", List: "l", Action: travel.ActNoBoard, Surname: "QUILLFEATHER", Birth: "1980-02-03", ValidUntil: "2027-01-01",
		Documents: []travel.Document{{Type: "P", Number: "L898902C", Issuer: "UTO"}}}
	p := NewPosting(&e)
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back Posting
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(p, back); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if s := fmt.Sprintf("%v %+v", p, p); strings.Contains(s, "QUILL") || strings.Contains(s, "1980") || strings.Contains(s, "L898902C") {
		t.Errorf("a printed posting shows personal data")
	}
}

// similar says how alike two names are, from 0 to 1, when nothing is known of how rare their words are. Each is given
// as one string: "SURNAME/GIVEN", "SURNAME, GIVEN" or in any order.
func similar(one, other string) float64 {
	var a, b name.Tokens
	best := float32(0)
	for form := name.ICAO; form <= name.Plain; form++ {
		a.ParseWhole(one, form)
		b.ParseWhole(other, form)
		best = max(best, compareForms(a, b), compareForms(b, a))
	}
	return round(best, 3)
}

func TestCompare(t *testing.T) {
	for _, tt := range []struct {
		a, b   string
		lo, hi float64
	}{
		{"QUILLFEATHER/OSWIN", "Oswin Quillfeather", 1, 1},
		{"QUILLFEATHER/OSWIN", "QUILLFEATHER, OSWIN ALBERIC", 0.85, 0.95},
		{"OswinQuillfeather", "Oswin Quillfeather", 0.9, 1},
		{"QUILLFEATHER/OSWIN", "QUILLFEATHER/TANSY", 0, 0.6},
		{"QUILLFEATHER/OSWIN", "BRAMBLE/TANSY", 0, 0},
		{"", "BRAMBLE/TANSY", 0, 0},
	} {
		if got := similar(tt.a, tt.b); got < tt.lo || got > tt.hi {
			t.Errorf("similar(%q, %q) = %v, want %v to %v", tt.a, tt.b, got, tt.lo, tt.hi)
		}
	}
}
