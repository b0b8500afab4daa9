package pnrgov

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestTextIsUTF8 holds that no text that is cut or masked ends inside a character, whatever the interchange is in.
func TestTextIsUTF8(t *testing.T) {
	for name, change := range map[string][2]string{
		"a long remark": {rci, rci + "IFT+4:28+A" + strings.Repeat("ÖÅ", mostText) + "'\n"},
		"a card":        {tif, tif + "FOP+CC::1.00:VI:12345\u00d6\u00d6\u00d6\u00d6\u00d6\u00d67:0929'\n"},
		"names":         {"ASTA MRS", "ÅSTAÉ MRS"},
		"a port":        {"+SIN+", "+Sİ+"},
	} {
		m := decodeOne(t, []byte(strings.Replace(base, change[0], change[1], 1)))
		for _, b := range m.Bookings {
			for _, r := range b.Remarks {
				if !utf8.ValidString(string(r)) || len(r) > mostText {
					t.Errorf("%s: a remark of %d bytes", name, len(r))
				}
			}
			for _, p := range b.Payments {
				if !utf8.ValidString(string(p.Card)) {
					t.Errorf("%s: a card number that is no text", name)
				}
			}
		}
		if given := string(m.Travellers[0].Given); !utf8.ValidString(given) || name == "names" && given != "ASTA" {
			t.Errorf("%s: given name %q", name, given)
		}
	}
}

// mostText is how much of a remark is kept.
const mostText = 500
