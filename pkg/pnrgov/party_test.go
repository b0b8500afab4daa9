package pnrgov

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fairway/pkg/travel"
)

// TestLargePartyIsLinear reads one booking of very many, in which everything is about somebody who must be looked for.
// A step that looks through all of them for each would take minutes.
func TestLargePartyIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	const n = travel.MostPeople / 2 // some forms make two of each
	names := func(form string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, form, i, string(rune('A'+i%26))+string(rune('A'+i/26%26))+string(rune('A'+i/676%26)))
		}
		return b.String()
	}
	for name, c := range map[string][2]string{
		"names":     {tif, names("TIF+LIND%[2]s+ASTA:A:%[1]d'\n")},
		"seats":     {tif, strings.Repeat("TIF+TBA+TBA:A:1'\n", n)},
		"infants":   {docs, docs + names("SSR+INFT:HK:1:ZX:::::BERG/L%[2]s 12MAR26'\n")},
		"papers":    {docs, names("TIF+LIND%[2]s+ASTA:A:%[1]d'\nSSR+DOCS:HK:1:ZX:::::/P/SWE/X%[1]d/SWE/12MAR87/F/15AUG31/BERG/A%[2]s'\n")},
		"check-ins": {rpi, rpi + "DAT'\n" + names("TRI++%[1]d:::%[1]d'\nTIF+LINDKVIST+A%[2]s:A'\n")},
		"numbers":   {rpi, rpi + "DAT'\n" + names("TRI++%[1]d:::%[1]d'\n")},
		"carrier's": {rpi, rpi + "DAT'\n" + names("TRI'\nREF+:%[1]d'\n")},
	} {
		body := strings.Replace(base, c[0], c[1], 1)
		start := time.Now()
		m := decodeOne(t, []byte(body))
		if spent := time.Since(start); spent > 20*time.Second {
			t.Errorf("%s: %d travellers took %v", name, len(m.Travellers), spent)
		} else {
			t.Logf("%s: %d travellers, %v", name, len(m.Travellers), spent)
		}
	}
}
