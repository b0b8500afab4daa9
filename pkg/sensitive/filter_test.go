package sensitive

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

func TestService(t *testing.T) {
	for code, want := range map[string]bool{"VGML": true, "KSML": true, "HNML": true, "MOML": true, "DBML": true, "wchr": true, "WCHC": true,
		"MEDA": true, "BLND": true, "DEAF": true, "DPNA": true, "SVAN": true, "MAAS": true, " STCR ": true,
		"äML": false, "\xe4ML": false, "\xe4\xe4ML": false, "UMNR": false, "DOCS": false, "SEAT": false, "CKIN": false, "PETC": false, "INFT": false, "": false, "ML": false} {
		if got := Service(code); got != want {
			t.Errorf("%q: %v", code, got)
		}
	}
}

func TestText(t *testing.T) {
	for text, want := range map[string]bool{
		"PAX REQUIRES KOSHER MEAL": true, "passenger is muslim": true, "TRAVELLING WITH INSULIN": true, "WHEELCHAIR TO GATE": true,
		"WHEELCHAIRS X2": true, "PILGRIMS TO SHRINE": true, "0/15AUG26/SSR KSML HK1": true, "MEMBER OF TRADE UNION": true,
		"CANNOT WALK FAR": true, "HIV": true, "PAX-BLIND": true, "A/DEAF/B": true,
		"PAX HAS CONNECTING RAIL BOOKING": false, "UNION STREET 5": false, "BLINDMAN": false, "GAYLORD HOTEL": false,
		"VIP HANDLE WITH CARE": false, "": false, "ISLAND TOUR": false, "CANCEL BY 03MAY": false,
	} {
		if got := Text(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestScrub(t *testing.T) {
	m := travel.Message{Bookings: []travel.Booking{{Services: []string{"KSML", "UMNR", "WCHR"}, Remarks: []travel.Text{"IS A PRIEST", "VIP"},
		Payments: []travel.Payment{{Card: "4111111111111111", Payer: "ST JUDE HOSPITAL"}, {Card: "411111XXXXXX1111", Payer: "LUND ODA"}}}}}
	Scrub(&m)
	want := travel.Message{Removed: 4, Bookings: []travel.Booking{{Services: []string{"UMNR"}, Remarks: []travel.Text{"VIP"},
		Payments: []travel.Payment{{Card: "411111XXXXXX1111"}, {Card: "411111XXXXXX1111", Payer: "LUND ODA"}}}}}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Error(diff)
	}
}

// TestCardsAreMasked holds that of a card number nobody keeps more than its first six and last four digits, however long it
// is; what is masked already, or no card number, stays.
func TestCardsAreMasked(t *testing.T) {
	for card, want := range map[string]string{"411111111111": "411111XX1111", "371449635398431": "371449XXXXX8431", " 4111111111111111 ": "411111XXXXXX1111",
		"4111111111111111999": "411111XXXXXXXXX1999", "41111111111": "41111111111", "4XXXXXXXXXXX1111": "4XXXXXXXXXXX1111", "4***********1111": "4***********1111", "": ""} {
		p := travel.Payment{Card: travel.Number(card)}
		if Pay(&p); string(p.Card) != want {
			t.Errorf("%q is kept as %q", card, p.Card)
		}
	}
}

// TestEveryPhraseIsBegun holds that no phrase is missed because its first word is not looked for.
func TestEveryPhraseIsBegun(t *testing.T) {
	for _, p := range bannedPhrases {
		if !Text("PAX " + strings.ToLower(p) + "S") {
			t.Errorf("%q is not found", p)
		}
	}
}

func TestTitlesAndFares(t *testing.T) {
	for word, want := range map[string]bool{"REV.": true, "RABBI": true, "CAPT": true, "PRIEST": true, "XXXX": true, "MR": false, "DR": false, "X": false} {
		if got := Title(word); got != want {
			t.Errorf("title %q: %v", word, got)
		}
	}
	for code, want := range map[string]bool{"CLG": true, "MIL": true, "DIS": true, "XXX": true, "ADT": false, "": false} {
		if got := FareType(code); got != want {
			t.Errorf("fare %q: %v", code, got)
		}
	}
}

// TestBlottedIsBlotted holds that what a mask writes is itself taken for sensitive, as a code and as a text.
func TestBlottedIsBlotted(t *testing.T) {
	for n := 3; n < 20; n++ {
		b := make([]byte, n)
		for k := range b {
			b[k] = Blot(k)
		}
		if !Text(string(b)) || n == 4 && !Service(string(b)) {
			t.Errorf("%q is not told", b)
		}
	}
}
