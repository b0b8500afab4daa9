package watchlist

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
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
	who := travel.Traveller{Surname: "QUILLFEATHER", Given: "OSWIN", Birth: "1980-02-03"}
	for _, tt := range []struct {
		name     string
		posting  Posting
		ok       bool
		strength travel.Strength
		by       string
		reasons  []string
	}{
		{"document only", Posting{}, true, travel.Strong, ByDocument, []string{"document_match", "no_name"}},
		{"name and birth", Posting{Surname: "QUILFEATHER", Given: "OSWIN", Birth: "1980-02-03"}, true, travel.Strong, ByDocument, []string{"document_match", "name_supports", "birth_exact"}},
		{"alias", Posting{Surname: "BRAMBLE", OtherNames: []travel.Name{"QUILLFEATHER/OSWIN"}}, true, travel.Strong, ByDocument, []string{"document_match", "name_supports"}},
		{"borrowed", Posting{Surname: "BRAMBLE", Given: "TANSY", Birth: "1991-01-30"}, true, travel.Probable, ByDocument, []string{"document_match", "name_differs", "birth_differs"}},
		{"married", Posting{Surname: "BRAMBLE", Given: "TANSY", Birth: "1980-02-03"}, true, travel.Strong, ByDocument, []string{"document_match", "name_differs", "birth_exact"}},
		{"over", Posting{ValidUntil: "2026-10-04"}, false, "", "", nil},
		{"last day", Posting{ValidUntil: today}, true, travel.Strong, ByDocument, []string{"document_match", "no_name"}},
		{"cleared", Posting{Action: travel.ActClear, Surname: "QUILLFEATHER", Given: "OSWIN"}, true, travel.Strong, ByRedress, []string{"clearance_match", "name_supports"}},
		{"cleared, somebody else", Posting{Action: travel.ActClear, Surname: "BRAMBLE", Given: "TANSY"}, true, travel.Probable, ByRedress, []string{"clearance_match", "name_differs"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, ok := ConfirmDocument(&tt.posting, &who, today)
			if ok != tt.ok || m.Strength != tt.strength || m.By != tt.by {
				t.Errorf("%v, %s by %s; want %v, %s by %s", ok, m.Strength, m.By, tt.ok, tt.strength, tt.by)
			}
			if d := cmp.Diff(tt.reasons, m.Reasons); d != "" {
				t.Errorf("reasons (-want +got):\n%s", d)
			}
		})
	}
}

func TestPostingRoundTripsAndHides(t *testing.T) {
	e := travel.ListEntry{ID: "A1", List: "l", Action: travel.ActNoBoard, Surname: "QUILLFEATHER", Birth: "1980-02-03", ValidUntil: "2027-01-01"}
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
	if s := fmt.Sprintf("%v %+v", p, p); strings.Contains(s, "QUILL") || strings.Contains(s, "1980") {
		t.Errorf("a printed posting shows personal data")
	}
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
		if got := Compare(tt.a, tt.b); got < tt.lo || got > tt.hi {
			t.Errorf("Compare(%q, %q) = %v, want %v to %v", tt.a, tt.b, got, tt.lo, tt.hi)
		}
	}
}
