package paxlst

import (
	"strings"
	"testing"
)

// TestMeasures reads MEA in the forms that senders write, on a message that is otherwise right.
func TestMeasures(t *testing.T) {
	const body = "UNB+UNOA:4+ZX+XX+261005:0615+17'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'RFF+TN:T1'TDT+20+ZX410+++ZX'LOC+125+DXB'DTM+189:2610051915:201'LOC+87+LHR'" +
		"NAD+FL+++LUND:ODA'DTM+329:870312'@DOC+P:110:111+X9012345'UNT+12+1'UNZ+1+17'"
	for mea, want := range map[string]struct {
		count, weight int
		bad           bool
	}{
		"MEA+CT++:2'":                   {2, 0, false},
		"MEA+CT++2'":                    {2, 0, false},
		"MEA+CT++:2'MEA+WT++KGM:31'":    {2, 31, false},
		"MEA+CT++:1'MEA+WT++KGM:12.5'":  {1, 13, false},
		"MEA+CT++:1'MEA+WT++KGM:12,4'":  {1, 12, false},
		"MEA+CT++:1'MEA+WT++LBR:50'":    {1, 23, false},
		"MEA+CT++:1'MEA+WT++31'":        {1, 31, false},
		"MEA+CT++:0'":                   {0, 0, false},
		"MEA+CT++:two'MEA+WT++KGM:9'":   {0, 9, true},
		"MEA+CT++:1.5'MEA+WT++KGM:9'":   {0, 9, true},
		"MEA+CT++:1'MEA+WT++KGM:1e308'": {1, 0, true},
	} {
		m, err := Decode([]byte(strings.Replace(body, "@", mea, 1)))
		if err != nil || len(m) != 1 || len(m[0].Travellers) != 1 || m[0].Travellers[0].Bags == nil {
			t.Errorf("%s: %v", mea, err)
			continue
		}
		bad := false
		for _, f := range m[0].Findings {
			bad = bad || f.Code == "bad_number"
		}
		if b := m[0].Travellers[0].Bags; b.Count != want.count || b.Weight != want.weight || bad != want.bad {
			t.Errorf("%s: %d bags of %d kg, reported %v", mea, b.Count, b.Weight, bad)
		}
	}
}
