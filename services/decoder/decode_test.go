package decoder

import (
	"strings"
	"testing"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/travel"
)

const two = `UNB+UNOA:4+ZXAPI:ZZ+XXGOV:ZZ+261005:0615+17++APIS'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'RFF+TN:TN17'TDT+20+ZX410+++ZX'LOC+125+DXB'DTM+189:2610051915:201'LOC+87+LHR'` +
	`NAD+FL+++LINDQVIST:ASTA'ATT+2++F'DTM+329:870312'NAT+2+SWE'RFF+ABO:ZX1'DOC+P:110:111+X9012345'DTM+36:310815'LOC+91+SWE'` +
	`NAD+FL+++'ATT+2++M'DTM+329:991399'NAT+2+SWE'RFF+ABO:ZX2'CNT+42:2'UNT+22+1'UNZ+1+17'`

// zx lets ZX send for itself.
var zx = journey.Gate{Carriers: journey.Carriers{{Code: "ZX"}}}

func TestDecode(t *testing.T) {
	for name, c := range map[string]struct {
		carrier, body string
		travellers    int
		notice        string // codes of the notice's findings, "-" without a notice
		failed        bool
	}{
		"one bad traveller never loses the rest": {"ZX", two, 2, "-", false},
		"not a message":                          {"ZX", "hello", 0, "not_understood", true},
		"cut off":                                {"ZX", two[:strings.Index(two, "CNT")], 2, "truncated", false},
		"another carrier's format":               {"ZX", strings.Replace(two, "PAXLST", "INVOIC", 1), 0, "unknown_message", true},
		"a close-out":                            {"ZX", strings.Replace(two, "BGM+745", "BGM+266+CLOB", 1), 0, "", false},
	} {
		_, notice, presented, err := Decode(event.Received{ID: "m", Carrier: c.carrier, Body: []byte(c.body)}, zx)
		if err != nil || len(presented) != c.travellers {
			t.Errorf("%s: %d travellers, %v", name, len(presented), err)
		}
		got := "-"
		if notice != nil {
			got = ""
			for _, f := range notice.Findings {
				if f.Severity == travel.Fault {
					got += f.Code
				}
			}
		}
		if got != c.notice || notice != nil && (notice.Outcome == travel.Failed) != c.failed {
			t.Errorf("%s: notice %q %+v", name, got, notice)
		}
	}
	_, _, presented, _ := Decode(event.Received{ID: "m", Carrier: "ZX", Body: []byte(two)}, zx)
	if len(presented[0].Findings) != 0 || len(presented[1].Findings) < 3 {
		t.Errorf("findings: %d about the good, %d about the bad traveller", len(presented[0].Findings), len(presented[1].Findings))
	}
	if _, _, _, err := Decode(event.Received{Body: []byte(two)}, zx); err == nil {
		t.Error("a record without a carrier is read")
	}
}
