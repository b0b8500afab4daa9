package edifact

import (
	"strings"
	"testing"
)

// TestWorkIsLinear reads bodies on which a search that starts over, even once for each segment, would take minutes.
func TestWorkIsLinear(t *testing.T) {
	for _, unit := range []string{
		"UNB", "UNB+UNOA:4", "UNB+UNOA:4'", "UNH+", "UNH+1'", "UNH+1'UNZ'", "UNH+1'UNT+2+1'", "U\nNH+1'", "UNA:+.? '", "U", "U\r\n",
		"\n", "\n\n\n\n\n\n\n\n\n\nUNB", "\x00", "?", "+", "+:", "UN", "'", " ", "\u2019UNB", "\u2013", "A'", "ABC\n", "ABC'",
		"UNA:+.? 'UNB+UNOA:4+A+B'UNH+1'UNZ+1'", "UNB+UNOA:4+A+B+261005:0615+1'UNH+1+X'UNT+2+1'UNZ+1+1'", "A?'\r\nB",
	} {
		for _, head := range []string{"", "UNB+UNOA:4+A+B+261005:0615+17'", "UNB+UNOA:4+A+B+261005:0615+17'UNH+1+PAXLST'NAD+"} {
			body := []byte(head + strings.Repeat(unit, 2<<20/len(unit)))
			r := NewReader(body, DefaultLimits())
			segments := 0
			for r.Next() {
				r.Ahead("NAD")
				for r.NextSegment() {
					segments++
				}
			}
			if n := len(r.Findings()); n > maxFindings+1 {
				t.Errorf("%q repeated after %q: %d issues", unit, head, n)
			}
			if segments > len(body) {
				t.Errorf("%q repeated after %q: %d segments", unit, head, segments)
			}
			Sniff(body)
		}
	}
}
