package pnrgov

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/booking/bookingtest"
	"fairway/pkg/travel"
)

const header = "TVL+051026:1430:051026:1945+SIN+LHR+ZX+410'\n"

// flights lists the itinerary of the first booking: each leg's id, to where and when, and its code-shares.
func flights(m *travel.Message) string {
	var all []string
	for _, l := range m.Bookings[0].Legs {
		all = append(all, fmt.Sprintf("%s %s %s %s", l.ID(), l.Destination, l.Arrival, strings.Join(l.Codeshare, ",")))
	}
	return strings.Join(all, " | ")
}

// codesWithout lists the codes of findings but for the count of segments, which table rows do not keep right.
func codesWithout(m *travel.Message) string {
	return strings.Join(strings.Fields(strings.Replace(bookingtest.Codes(m.Findings), "count_unt", "", 1)), " ")
}

// TestBookedLegs is the table of how flights of a booking are read.
func TestBookedLegs(t *testing.T) {
	const own = "ZX-410-SIN-2026-10-05 LHR 2026-10-05T19:45 "
	for _, c := range []struct{ name, old, new, want, codes string }{
		{"sent well", rpi, rpi + "\n", own, ""},
		{"arrival only with the booking", header, "TVL+051026:1430+SIN+LHR+ZX+410'\n", own, ""},
		{"arrival on another day", leg, "TVL+051026:1430:061026:0145+SIN+JFK+QZ+7'\n", "QZ-7-SIN-2026-10-05 JFK 2026-10-06T01:45 ", ""},
		{"arrival day without a time", leg, "TVL+051026:1430:061026+SIN+JFK+QZ+7'\n", "QZ-7-SIN-2026-10-05 JFK 2026-10-06T00:00 ", ""},
		{"arrival that is none", leg, "TVL+051026:1430:321026:0100+SIN+JFK+QZ+7'\n", "QZ-7-SIN-2026-10-05 JFK  ", "bad_date"},
		{"the flight as its own code-share", leg, leg + "TRA+ZX+0410:Y'\n", own, ""},
		{"sold by a partner, flown as reported", leg, "TVL+051026:1430:051026:1945+SIN+LHR+QZ:ZX+8411:Y'\n", own + "QZ-8411", ""},
		{"sold by a partner, flown as reported, with TRA", leg, "TVL+051026:1430:051026:1945+SIN+LHR+QZ:ZX+8411:Y'\nTRA+ZX+410:Y'\n", own + "QZ-8411", ""},
		{"sold by a partner at another minute, with TRA", leg, "TVL+051026:1435:051026:1945+SIN+LHR+QZ:ZX+8411:Y'\nTRA+ZX +410:Y'\n", own + "QZ-8411", ""},
		{"a partner beside the carrier, its number after", leg, "TVL+051026:1430:051026:1945+SIN+LHR+ZX:QZ+410:Y'\nTRA+QZ+8411:Y'\n", own + "QZ-8411", ""},
		{"up to 13.1", leg, "TVL+051026:1430:051026:1945+SIN+LHR+QZ:ZX+410:Y'\nTVL+++++8411:M'\n", own + "QZ-8411", ""},
		{"a port that is none", leg, leg + "TVL+061026:1430+LHR+1200+ZX+411'\n", own + "| ZX-411-LHR-2026-10-06   ", "bad_port"},
		{"a port of departure that is none", leg, leg + "TVL+061026:1430+1200+LHR+ZX+411'\n", own, "bad_port"},
		{"a UN/LOCODE, and a port in lower case", leg, leg + "TVL+061026:1430+GBLHR+sin+ZX+411'\n", own + "| ZX-411-GBLHR-2026-10-06 SIN  ", ""},
		{"no port", leg, leg + "TVL+061026:1430++LHR+ZX+411'\n", own, "bad_leg"},
		{"no carrier", leg, leg + "TVL+061026:1430+LHR+SIN++411'\n", own + "| -411-LHR-2026-10-06 SIN  ", "bad_leg"},
		{"blanks around date and time", leg, "TVL+ 051026:1430 +SIN+LHR+ZX+410:Y'\n", own, "padded_date"},
	} {
		body := strings.Replace(base, c.old, c.new, 1)
		m := decodeOne(t, []byte(body))
		want := strings.Join(strings.Fields(c.want), " ")
		if got := strings.Join(strings.Fields(flights(m)), " "); got != want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, want)
		}
		if got := codesWithout(m); got != c.codes {
			t.Errorf("%s: reported %q, want %q", c.name, got, c.codes)
		}
	}
}

// TestReportedLegMustBePossible holds that a header flight without a part that its id needs is no leg, and that a fault
// says so at that part.
func TestReportedLegMustBePossible(t *testing.T) {
	for name, c := range map[string]struct {
		tvl, code string
		element   int
	}{
		"no designator":        {"TVL+051026:1430:051026:1945+SIN+LHR++410'\n", "bad_leg", 4},
		"no number":            {"TVL+051026:1430:051026:1945+SIN+LHR+ZX+'\n", "bad_leg", 5},
		"no port":              {"TVL+051026:1430:051026:1945++LHR+ZX+410'\n", "bad_leg", 2},
		"no date":              {"TVL+:1430:051026:1945+SIN+LHR+ZX+410'\n", "bad_date", 1},
		"a date of zeros":      {"TVL+000000:1430+SIN+LHR+ZX+410'\n", "bad_date", 1},
		"month 13":             {"TVL+051326:1430+SIN+LHR+ZX+410'\n", "bad_date", 1},
		"a number for a port":  {"TVL+051026:1430:051026:1945+1200+LHR+ZX+410'\n", "bad_port", 2},
		"letters beyond ASCII": {"TVL+051026:1430:051026:1945+SÃ+LHR+ZX+410'\n", "bad_port", 2},
	} {
		body := strings.Replace(base, header, c.tvl, 1)
		m := decodeOne(t, []byte(body))
		found := false
		for _, f := range m.Findings {
			if f.Code == c.code && f.Severity == travel.Fault && f.Tag == "TVL" && f.Element == c.element && f.Segment == 5 && f.Traveller == 0 {
				found = f.Offset >= strings.Index(body, "TVL+")
			}
		}
		if len(m.Legs) != 0 || len(m.LegPlaces) != 0 || !found {
			t.Errorf("%s: %d legs, %v", name, len(m.Legs), m.Findings)
		}
	}
	m := decodeOne(t, []byte(base))
	if want := []travel.Place{{Segment: 5, Tag: "TVL", Offset: strings.Index(base, "TVL")}}; cmp.Diff(want, m.LegPlaces) != "" {
		t.Errorf("the leg stands at %v", m.LegPlaces)
	}
}

func TestEverySplitIsKept(t *testing.T) {
	body := strings.Replace(base, rpi, rpi+"EQN+1'\nRCI+ZX:L9PT4D::160826:1120*ZX:L9PT4E::160826:1121+ZX:L9PT4F'\nEQN+2'\nRCI+ZX:L9PT4G'\nRCI+ZX:L9PT4D'\n", 1)
	if diff := cmp.Diff([]string{"L9PT4D", "L9PT4E", "L9PT4F", "L9PT4G"}, decodeOne(t, []byte(body)).Bookings[0].Split); diff != "" {
		t.Error(diff)
	}
}

// TestBagsAreOfTheReportedLeg holds that bags listed under another flight are not this one's.
func TestBagsAreOfTheReportedLeg(t *testing.T) {
	bags := func(n int) string {
		return fmt.Sprintf("DAT'\n%sTIF+LINDQVIST+ASTA MRS:A:1'\nTBD++%d:%d:700'\n", tri[strings.Index(tri, "TRI"):], n, n*10)
	}
	before, after := "TVL+051026:0800+KUL+SIN+ZX+9'\n"+rpi, "TVL+061026:0800+LHR+JFK+ZX+11'\n"+rpi
	for name, c := range map[string]struct {
		itinerary string
		want      *travel.Bags
	}{
		"three flights":         {before + bags(1) + leg + rpi + bags(2) + after + bags(4), &travel.Bags{Count: 2, Weight: 20}},
		"not on the reported":   {before + bags(1) + leg + rpi + after + bags(4), nil},
		"only on the reported":  {leg + rpi + bags(3), &travel.Bags{Count: 3, Weight: 30}},
		"no flight but another": {after + bags(3), nil},
	} {
		m := decodeOne(t, []byte(strings.Replace(base, leg+rpi, c.itinerary, 1)))
		if diff := cmp.Diff(c.want, m.Travellers[0].Bags); diff != "" || len(m.Travellers) != 1 {
			t.Errorf("%s: %d travellers %s", name, len(m.Travellers), diff)
		}
	}
}

// TestBagForms holds the forms that number and weight of bags come in.
func TestBagForms(t *testing.T) {
	for tbd, want := range map[string]travel.Bags{
		"TBD++2:38:700": {Count: 2, Weight: 38}, "TBD+2:38:700": {Count: 2, Weight: 38}, "TBD++2+38:700": {Count: 2, Weight: 38},
		"TBD++1:12.5:700": {Count: 1, Weight: 13}, "TBD++1:12.4:700": {Count: 1, Weight: 12}, "TBD++1:12,5": {Count: 1, Weight: 13},
		"TBD++1:50:701": {Count: 1, Weight: 23}, "TBD++1:51:701": {Count: 1, Weight: 23}, "TBD++1:3:701": {Count: 1, Weight: 1},
		"TBD++1:1.2:701": {Count: 1, Weight: 1}, "TBD++0": {}, "TBD++02:044:701": {Count: 2, Weight: 20},
	} {
		m := decodeOne(t, []byte(strings.Replace(base, rpi, rpi+tri+"TIF+LINDQVIST+ASTA MRS:A:1'\n"+tbd+"'\n", 1)))
		if diff := cmp.Diff(&want, m.Travellers[0].Bags); diff != "" {
			t.Errorf("%s: %s", tbd, diff)
		}
	}
}

// TestTitles holds that titles and suffixes go, all of them, and a name that is all there is stays.
func TestTitles(t *testing.T) {
	for given, want := range map[string]string{
		"ASTA PROF DR": "ASTA", "ASTA MISS": "ASTA", "ASTAMISS": "ASTA", "ASTA JR": "ASTA", "ASTA SR": "ASTA", "ASTA II": "ASTA", "ASTA III MR": "ASTA",
		"ASTA MARGARETA PROF. DR. MRS": "ASTA MARGARETA", "ASTA mrs": "ASTA", "DR": "DR", "JR": "JR", "DR MR": "DR", "II": "II", "MISS": "MISS",
		"ASTA DRMRS": "ASTA", "ASTA": "ASTA", "SRI ASTA": "SRI ASTA",
	} {
		body := strings.Replace(base, tif+docs, "TIF+LINDQVIST+"+given+":A:1'\n", 1)
		if got := decodeOne(t, []byte(body)).Travellers[0].Given; string(got) != want {
			t.Errorf("TIF %q: %q", given, string(got))
		}
		body = strings.Replace(base, tif+docs, "TIF+LINDQVIST+:A:1'\n"+strings.Replace(docs, "ASTA/MARGARETA", given, 1), 1)
		if got := decodeOne(t, []byte(body)).Travellers[0].Given; string(got) != want && given != "ASTAMISS" && given != "ASTA DRMRS" {
			t.Errorf("DOCS %q: %q", given, string(got))
		}
	}
	body := strings.Replace(base, "ASTA/MARGARETA", "ASTA/JR", 1)
	if got := decodeOne(t, []byte(body)).Travellers[0]; got.Middle != "" || got.Given != "ASTA" {
		t.Errorf("second name %q", string(got.Middle))
	}
}

// TestDatesThatAreNone holds that what is no date is none, and that blanks lose nothing.
func TestDatesThatAreNone(t *testing.T) {
	for field, c := range map[string]struct{ birth, codes string }{
		"12MAR87": {"1987-03-12", ""}, "000000": {"", "unknown_date"}, "00000000": {"", "unknown_date"}, "00XXX00": {"", "unknown_date"},
		"00JAN00": {"", "unknown_date"}, "0000-00-00": {"", "unknown_date"}, " 12MAR87": {"1987-03-12", "padded_date"}, "12MAR87 ": {"1987-03-12", "padded_date"},
		"12MA R87": {"1987-03-12", "padded_date"}, "12ABC87": {"", "bad_date"}, "32MAR87": {"", "bad_date"}, "   ": {"", ""}, "00MAR87": {"1987-03", ""},
	} {
		m := decodeOne(t, []byte(strings.Replace(base, "12MAR87", field, 1)))
		p := &m.Travellers[0]
		if string(p.Birth) != c.birth || bookingtest.Codes(m.Findings) != c.codes || len(p.Documents) != 1 || p.Documents[0].Expiry != "2031-08-15" || p.Sex != "F" {
			t.Errorf("birth date %q: %q, %s, %d documents", field, string(p.Birth), bookingtest.Codes(m.Findings), len(p.Documents))
		}
	}
	for field, c := range map[string]struct{ expiry, codes string }{
		"000000": {"", "unknown_date"}, " 15AUG31": {"2031-08-15", "padded_date"}, "15XXX31": {"", "bad_date"},
	} {
		m := decodeOne(t, []byte(strings.Replace(base, "15AUG31", field, 1)))
		if p := &m.Travellers[0]; string(p.Documents[0].Expiry) != c.expiry || bookingtest.Codes(m.Findings) != c.codes || p.Birth == "" {
			t.Errorf("expiry %q: %s", field, bookingtest.Codes(m.Findings))
		}
	}
}

// TestEmptyDocumentsAreNone holds that a service without a number in it is no document.
func TestEmptyDocumentsAreNone(t *testing.T) {
	for _, service := range []string{"DOCS:HK:1:ZX:::::/P/////////", "DOCS:HK:1:ZX:::::/", "DOCS:HK:1:ZX", "DOCS:HK:1:ZX:::::/P/SWE/ /SWE/12MAR87/F/15AUG31/LINDQVIST/ASTA",
		"DOCO:HK:1:ZX:::::/V//", "DOCO:HK:1:ZX:::::", "DOCA:HK:1:ZX:::::/"} {
		m := decodeOne(t, []byte(strings.Replace(base, docs, "SSR+"+service+"'\n", 1)))
		if len(m.Travellers) != 1 || len(m.Travellers[0].Documents) != 0 {
			t.Errorf("%s: %d travellers, %d documents", service, len(m.Travellers), len(m.Travellers[0].Documents))
		}
	}
}

// TestDeclared holds what Declared counts, and when the message is told that it differs.
func TestDeclared(t *testing.T) {
	for eqn, c := range map[string]struct {
		declared int
		codes    string
	}{"EQN+5'\n": {5, "count_differs"}, "EQN+1'\n": {1, ""}, "EQN+2'\n": {2, ""}, "EQN+0'\n": {0, "count_differs"}, "": {0, ""}} {
		body := strings.Replace(base, "EQN+1'\n", eqn, 1)
		body = strings.Replace(body, docs, docs+second, 1) // one booking of two persons
		m := decodeOne(t, []byte(body))
		if m.Declared != c.declared || codesWithout(m) != c.codes {
			t.Errorf("%q: %d declared, %s", eqn, m.Declared, codesWithout(m))
		}
		for _, f := range m.Findings {
			if f.Code == "count_differs" && (f.Severity != travel.Warning || f.Tag != "EQN" || f.Offset != strings.Index(body, "EQN+")+4) {
				t.Errorf("%s", f)
			}
		}
	}
	for mark, codes := range map[string]string{"+01:C'": "", "+02'": "", "+03:F'": "", "+01:F'": "count_differs", "'": "count_differs"} {
		m := decodeOne(t, []byte(strings.NewReplacer("+01:F'", mark, "EQN+1'", "EQN+5'").Replace(base)))
		if got := codesWithout(m); got != codes || m.Declared != 5 {
			t.Errorf("part %s: %s, %d declared", mark, got, m.Declared)
		}
	}
}

// TestAMessageWithoutBookings holds that nobody read is a fault, but where nobody is declared.
func TestAMessageWithoutBookings(t *testing.T) {
	head, rest, _ := strings.Cut(base, "SRC'\n")
	_, tail, _ := strings.Cut(rest, rpi)
	for eqn, want := range map[string]travel.Severity{"EQN+1'": travel.Fault, "EQN+0'": travel.Note, "": travel.Fault} {
		m := decodeOne(t, []byte(strings.Replace(head, "EQN+1'", eqn, 1)+tail))
		for _, f := range m.Findings {
			if f.Code == "no_booking" && f.Severity != want {
				t.Errorf("%q: %s", eqn, f)
			}
		}
		if !strings.Contains(bookingtest.Codes(m.Findings), "no_booking") {
			t.Errorf("%q: %v", eqn, m.Findings)
		}
	}
}

// TestTest holds that a test interchange makes test messages.
func TestTest(t *testing.T) {
	const unb = "UNB+IATA:1+ZXRES+XXPIU+261003:1430+17"
	for end, want := range map[string]bool{"": false, "+++++": false, "++++++1": true, "++++++0": false} {
		if m := decodeOne(t, []byte(strings.Replace(base, unb, unb+end, 1))); m.Test != want {
			t.Errorf("UNB…%s: test is %v", end, m.Test)
		}
	}
}
