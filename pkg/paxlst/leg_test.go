package paxlst

import (
	"fmt"
	"strings"
	"testing"

	"fairway/pkg/travel"
)

// legsOf writes what a message says of its legs: the id, where it ends, when it arrives, "*" on the one reported on.
func legsOf(m *travel.Message) string {
	var all []string
	for i, l := range m.Legs {
		s := fmt.Sprintf("%s-%s", l.ID(), l.Destination)
		if l.Arrival != "" {
			s += "@" + string(l.Arrival)[5:]
		}
		if l.Border {
			s += "!"
		}
		if i == m.Report {
			s += "*"
		}
		all = append(all, s)
	}
	return strings.Join(all, " ")
}

func withLegs(legs string) []byte {
	s := base[:strings.Index(base, "TDT")] + strings.ReplaceAll(legs, "' ", "'\n") + "\n" + base[strings.Index(base, "NAD+FL"):]
	return []byte(s[:strings.Index(s, "UNT")] + fmt.Sprintf("UNT+%d", strings.Count(s[:strings.Index(s, "UNT")], "'")-1) + s[strings.Index(s, "UNT")+6:])
}

// TestLegs is the table of how legs are written: a leg departs when its first port says 189 and arrives when its second
// says 232, whatever else they say and in whatever order.
func TestLegs(t *testing.T) {
	const (
		tdt   = "TDT+20+ZX410+++ZX' "
		plain = "ZX-410-DXB-2026-10-05-LHR@10-05T23:45!*"
		first = "ZX-410-SIN-2026-10-04-DXB@10-05T17:40"
	)
	for name, c := range map[string]struct{ legs, want, codes string }{
		"plain":                       {tdt + "LOC+125+DXB' DTM+189:2610051915:201' LOC+87+LHR' DTM+232:2610052345:201'", plain, ""},
		"destination first":           {tdt + "LOC+87+LHR' DTM+232:2610052345:201' LOC+125+DXB' DTM+189:2610051915:201'", plain, ""},
		"both ports, then both times": {tdt + "LOC+125+DXB' LOC+87+LHR' DTM+189:2610051915:201' DTM+232:2610052345:201'", plain, "time_at_other_port"},
		"times before the ports":      {tdt + "DTM+189:2610051915:201' DTM+232:2610052345:201' LOC+125+DXB' LOC+87+LHR'", plain, ""},
		"the origin was arrived at":   {tdt + "LOC+125+DXB' DTM+232:2610051740:201' DTM+189:2610051915:201' LOC+87+LHR' DTM+232:2610052345:201'", plain, ""},
		"arrival after departure":     {tdt + "LOC+125+DXB' DTM+189:2610051915:201' DTM+232:2610051740:201' LOC+87+LHR' DTM+232:2610052345:201'", plain, ""},
		"the destination is left":     {tdt + "LOC+125+DXB' DTM+189:2610051915:201' LOC+87+LHR' DTM+232:2610052345:201' DTM+189:2610060200:201'", plain, ""},
		"only the destination's own departure": {tdt + "LOC+125+DXB' LOC+87+LHR' DTM+232:2610052345:201' DTM+189:2610060200:201'",
			"ZX-410-DXB--LHR@10-05T23:45!*", "no_departure_date"},
		"progressive, one TDT": {tdt + "LOC+92+SIN' DTM+189:2610041430:201' LOC+92+DXB' DTM+232:2610051740:201' DTM+189:2610051915:201' LOC+92+LHR' DTM+232:2610052345:201'",
			first + "* ZX-410-DXB-2026-10-05-LHR@10-05T23:45", ""},
		"progressive, over the border": {tdt + "LOC+92+SIN' DTM+189:2610041430:201' LOC+125+DXB' DTM+232:2610051740:201' DTM+189:2610051915:201' LOC+87+LHR' DTM+232:2610052345:201'",
			first + " " + plain, ""},
		"the port between named twice": {tdt + "LOC+92+SIN' DTM+189:2610041430:201' LOC+92+DXB' DTM+232:2610051740:201' LOC+125+DXB' DTM+189:2610051915:201' LOC+87+LHR' DTM+232:2610052345:201'",
			first + " " + plain, ""},
		"the border named by its near side only": {tdt + "LOC+92+SIN' DTM+189:2610041430:201' LOC+92+DXB' DTM+232:2610051740:201' LOC+125+DXB' DTM+189:2610051915:201' LOC+92+LHR' DTM+232:2610052345:201'",
			first + " " + plain, ""},
		"a TDT for each leg": {tdt + "LOC+92+SIN' DTM+189:2610041430:201' LOC+92+DXB' DTM+232:2610051740:201' " + tdt + "LOC+125+DXB' DTM+189:2610051915:201' LOC+87+LHR' DTM+232:2610052345:201'",
			first + " " + plain, ""},
		"a cruise": {"TDT+20+ROVER7+1++ZXC+++9999993:146:11:ROVER' LOC+92+NOBGO:139:6' DTM+189:2610041800:201' LOC+125+ISREY:139:6' DTM+232:2610060700:201' DTM+189:2610061900:201' LOC+87+GBDVR:139:6' DTM+232:2610080700:201' DTM+189:2610081900:201'",
			"ZXC-7-NOBGO-2026-10-04-ISREY@10-06T07:00 ZXC-7-ISREY-2026-10-06-GBDVR@10-08T07:00!*", ""},
		"a place that is no stop": {tdt + "LOC+125+DXB' DTM+189:2610051915:201' LOC+87+LHR' DTM+232:2610052345:201' LOC+130+JFK' DTM+232:2610061200:201'", plain, ""},
		"a round trip":            {tdt + "LOC+125+DXB' DTM+189:2610051915:201' LOC+87+DXB' DTM+232:2610052345:201'", "ZX-410-DXB-2026-10-05-DXB@10-05T23:45!*", ""},
		"a departure in month 13": {tdt + "LOC+125+DXB' DTM+189:2613051915:201' LOC+87+LHR'", "ZX-410-DXB--LHR!*", "bad_date no_departure_date"},
		"no departure":            {tdt + "LOC+125+DXB' LOC+87+LHR'", "ZX-410-DXB--LHR!*", "no_departure_date"},
		"no origin":               {tdt + "LOC+87+LHR' DTM+232:2610052345:201'", "ZX-410---LHR@10-05T23:45!*", "no_origin_port no_departure_date"},
		"no ports":                {tdt + "DTM+189:2610051915:201'", "ZX-410--2026-10-05-*", "no_origin_port no_destination_port"},
		"nothing but a TDT":       {tdt, "", "no_leg"},
		"no designator":           {"TDT+20' LOC+125+DXB' DTM+189:2610051915:201' LOC+87+LHR'", "--DXB-2026-10-05-LHR!*", "no_designator"},
		"no number":               {"TDT+20+ZX+++ZX' LOC+125+DXB' DTM+189:2610051915:201' LOC+87+LHR'", "ZX--DXB-2026-10-05-LHR!*", "no_designator"},
		"a port that is a time":   {tdt + "LOC+125+1200' DTM+189:2610051915:201' LOC+87+LHR'", "ZX-410--2026-10-05-LHR!*", "bad_port"},
		"a port in small letters": {tdt + "LOC+125+dxb' DTM+189:2610051915:201' LOC+87+lhr' DTM+232:2610052345:201'", plain, ""},
	} {
		messages, err := Decode(withLegs(c.legs))
		if err != nil || len(messages) != 1 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := legsOf(&messages[0]); got != c.want || codes(messages, nil) != c.codes {
			t.Errorf("%s:\n got %s, reported %s\nwant %s, reported %s", name, got, codes(messages, nil), c.want, c.codes)
		}
		for _, f := range messages[0].Findings {
			switch {
			case f.Offset == 0, f.Traveller != 0:
				t.Errorf("%s: %s, traveller %d", name, f, f.Traveller)
			case (f.Code == "bad_port" || strings.HasPrefix(f.Code, "no_")) && f.Code != "no_destination_port" && f.Severity != travel.Fault:
				t.Errorf("%s: %s is no fault", name, f)
			}
		}
	}
}

// TestALegThatIsNotReportedOnMayLackSomething: nobody is answered by it.
func TestALegThatIsNotReportedOnMayLackSomething(t *testing.T) {
	m, err := Decode(withLegs("TDT+20+ZX410+++ZX' LOC+92+SIN' LOC+125+DXB' DTM+189:2610051915:201' LOC+87+LHR'"))
	if err != nil || codes(m, nil) != "no_departure_date" || m[0].Findings[0].Severity != travel.Warning {
		t.Errorf("%v %v", err, m[0].Findings)
	}
}
