package paxlst

import (
	"strings"
	"testing"

	"fairway/pkg/travel"
)

const usEdifact = `UNA:+.? '
UNB+UNOA:1+ZXAIR:ZX+XXGOV:XX+261005:0615+2610050615++CEDIPAX+A+++0'
UNG+PAXLST+ZXAIR:ZX+XXGOV:XX+261005:0615+2610050615+ZX+001:000'
UNH+2610050615+PAXLST:001:000:ZX+ZX410/261005/1915'
CTA+IC+:ZX? DESK+1-555-0100:TE+1-555-0101:FX'
TDT++ZX410+40+ZX'
LOC+005+AEDXB:50'
DTM+136+261005+1915+P4'
LOC+008+GBLHR:50'
DTM+132+261005+2345+P1'
UNS+D'
PDT+P/X9012345:310815:SE+LINDQVIST:ASTA:M:870312:F+PAX+AEDXB:GBLHR'
PDT+V/V77:280101:GB+O?'BRANNIGAN:TERENCE::640229:M+ITI+AEDXB:GBLHR'
PDT+/:+OKAFOR:NKEM+CRW+AEDXB:LHR'
UNT+12+2610050615'
UNE+1+2610050615'
UNZ+1+2610050615'
`

func TestUSEdifact(t *testing.T) {
	messages, err := Decode([]byte(usEdifact))
	if err != nil || len(messages) != 1 {
		t.Fatalf("%d messages, %v", len(messages), err)
	}
	m := &messages[0]
	if got := legsOf(m); got != "ZX-410-DXB-2026-10-05-LHR@10-05T23:45*" {
		t.Error(got)
	}
	want := "query  ZX-410-DXB-2026-10-05 | LINDQVIST/ASTA M 1987-03-12 F  P:X9012345:SWE:2031-08-15 | O'BRANNIGAN/TERENCE 1964-02-29 M  V:V77:GBR:2028-01-01 | OKAFOR/NKEM   "
	if got := summary(messages); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if got := codes(messages, nil); got != "us_edifact state_mapped state_mapped empty_document" {
		t.Error(got)
	}
	if k := m.Travellers; k[0].Kind != travel.Passenger || k[1].Kind != travel.Transit || k[2].Kind != travel.Crew || k[0].Embark != "DXB" || k[2].Debark != "LHR" || len(m.Places) != 3 {
		t.Errorf("%+v", k)
	}
	if p, ok := PeekAt([]byte(usEdifact)); !ok || p.Leg != "ZX-410-DXB-2026-10-05" {
		t.Errorf("peeked %+v", p)
	}
}

func TestUSEdifactLegs(t *testing.T) {
	for name, c := range map[string]struct{ old, new, legs, codes string }{
		"on the way": {"LOC+008+GBLHR:50'", "LOC+PT+IEDUB:50'\nDTM+132+261005+2200+P1'\nDTM+136+261005+2300'\nLOC+8+GBLHR:50'",
			"ZX-410-DXB-2026-10-05-DUB@10-05T22:00* ZX-410-DUB-2026-10-05-LHR@10-05T23:45", ""},
		"a crew list":  {"TDT++ZX410+40", "TDT++ZX410C+40", "ZX-410-DXB-2026-10-05-LHR@10-05T23:45*", ""},
		"no departure": {"DTM+136+261005+1915+P4'\n", "", "ZX-410-DXB--LHR@10-05T23:45*", "no_departure_date count_unt"},
		"no leg":       {usEdifact[strings.Index(usEdifact, "TDT"):strings.Index(usEdifact, "UNS")], "", "", "no_leg count_unt"},
		"month 13":     {"136+261005", "136+261305", "ZX-410-DXB--LHR@10-05T23:45*", "bad_date no_departure_date"},
	} {
		messages, err := Decode([]byte(strings.Replace(usEdifact, c.old, c.new, 1)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		faults := ""
		for _, f := range messages[0].Findings {
			if f.Severity == travel.Fault {
				faults += f.Code + " "
			}
		}
		if got := legsOf(&messages[0]); got != c.legs || strings.TrimSpace(faults) != c.codes || len(messages[0].Travellers) != 3 {
			t.Errorf("%s: %s, faults %s, %d travellers", name, got, faults, len(messages[0].Travellers))
		}
		if name == "a crew list" && messages[0].Travellers[0].Kind != travel.Crew {
			t.Error("a flight number with a C lists crew")
		}
	}
}
