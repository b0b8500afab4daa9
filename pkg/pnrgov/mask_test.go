package pnrgov

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// TestMaskInEverySet holds that what Decode removes is masked whatever the bytes are, and nothing else.
func TestMaskInEverySet(t *testing.T) {
	for syntax, c := range map[string]struct {
		set   encoding.Encoding
		words string
	}{
		"UNOC": {charmap.ISO8859_1, "ÅSA ÖRN"}, "UNOD": {charmap.ISO8859_2, "ŁÓDŹ ŻÓŁĆ"}, "UNOE": {charmap.ISO8859_5, "Анна Берг"},
		"UNOF": {charmap.ISO8859_7, "Άννα Βεργ"}, "UNOY": {encoding.Nop, "ÅSA ÖRN"}, "IATA": {charmap.Windows1252, "ÅSA ÖRN"},
	} {
		text := strings.Replace(base, "IATA:1", syntax+":3", 1)
		text = strings.Replace(text, rci, rci+"IFT+4:28+"+c.words+" IS BLIND "+c.words+"+"+c.words+" MEETS RAIL'\nSSR+OTHS:HK:1:ZX:::::HALAL "+c.words+"'\nSSR+MEDA:HK:1:ZX:::::"+c.words+"'\n", 1)
		text = strings.Replace(text, "ASTA", strings.ToUpper(c.words), -1)
		body, err := c.set.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(syntax, err)
		}
		plain := decodeOne(t, body)
		if given := string(plain.Travellers[0].Given); given != strings.ToUpper(c.words) || plain.Removed != 3 {
			t.Errorf("%s: given name %q, %d removed", syntax, given, plain.Removed)
		}
		masked := bytes.Clone(body)
		if n := Mask(masked); n != 3 {
			t.Errorf("%s: %d masked", syntax, n)
		}
		for _, word := range []string{"BLIND", "HALAL", "MEDA"} {
			if bytes.Contains(masked, []byte(word)) {
				t.Errorf("%s: %s is still there", syntax, word)
			}
		}
		words, _ := c.set.NewEncoder().Bytes([]byte(c.words))
		if bytes.Count(masked, words) != 1+bytes.Count(body, words)-5 {
			t.Errorf("%s: masked more or less than was to go:\n%q", syntax, masked)
		}
		again := decodeOne(t, masked)
		again.Findings, plain.Findings = nil, nil
		if diff := cmp.Diff(plain, again); diff != "" {
			t.Errorf("%s reads otherwise (-plain +masked):\n%s", syntax, diff)
		}
	}
}

// TestMaskWithTypographicTerminators holds that a mask ends where the segment does, though its terminator is three bytes.
func TestMaskWithTypographicTerminators(t *testing.T) {
	body := []byte(strings.ReplaceAll(strings.Replace(base, rci, rci+"IFT+4:28+IS BLIND'\nLTS+DEAF'\n", 1), "'\n", "\u2019\n")[len("UNA:+.?*'\n")+2:])
	plain, masked := decodeOne(t, body), bytes.Clone(body)
	n := Mask(masked)
	if len(plain.Travellers) != 1 || plain.Travellers[0].Given != "ASTA" || n != 2 || bytes.Contains(masked, []byte("BLIND")) || bytes.Contains(masked, []byte("DEAF")) {
		t.Errorf("%d travellers, %d masked: %s", len(plain.Travellers), n, masked)
	}
	if diff := cmp.Diff(plain, decodeOne(t, masked)); diff != "" {
		t.Errorf("reads otherwise (-plain +masked):\n%s", diff)
	}
}
