package edifact

import (
	"fmt"
	"strings"
	"testing"

	"fairway/pkg/repotest"
)

// TestWorkIsLinear reads bodies on which a search that starts over, even once for each segment, is seen.
func TestWorkIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	for _, unit := range []string{
		"UNB", "UNB+UNOA:4", "UNB+UNOA:4'", "UNH+", "UNH+1'", "UNH+1'UNZ'", "UNH+1'UNT+2+1'", "U\nNH+1'", "UNA:+.? '", "U", "U\r\n",
		"\n", "\n\n\n\n\n\n\n\n\n\nUNB", "\x00", "?", "+", "+:", "UN", "'", " ", "\u2019UNB", "\u2013", "A'", "ABC\n", "ABC'",
		"UNA:+.? 'UNB+UNOA:4+A+B'UNH+1'UNZ+1'", "UNB+UNOA:4+A+B+261005:0615+1'UNH+1+X'UNT+2+1'UNZ+1+1'", "A?'\r\nB",
	} {
		for _, head := range []string{"", "UNB+UNOA:4+A+B+261005:0615+17'", "UNB+UNOA:4+A+B+261005:0615+17'UNH+1+PAXLST'NAD+"} {
			name := fmt.Sprintf("%q repeated after %q", unit, head)
			repotest.Linear(t, name, 8<<10, 32, func(n int) []byte { return []byte(head + strings.Repeat(unit, n/len(unit))) }, func(body []byte) {
				segments, findings := readAll(body)
				if findings > maxFindings+1 || segments > len(body) {
					t.Errorf("%s: %d segments, %d findings", name, segments, findings)
				}
				Sniff(body)
			})
		}
	}
}

func readAll(body []byte) (segments, findings int) {
	r := NewReader(body, DefaultLimits())
	for r.Next() {
		r.Ahead("NAD")
		for r.NextSegment() {
			segments++
		}
	}
	return segments, len(r.Findings())
}
