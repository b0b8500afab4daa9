package pnrgov

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/booking/bookingtest"
	"fairway/pkg/travel"
)

const (
	tri    = "DAT+2:051026:1204'\nTRI++017:::1'\n"
	seated = "SSD+23A++++Y'\nTBD++2:38:700++MP+ZX:0001451200:2:LHR'\n"
	second = "TIF+BERG+IDA MS:A:2'\n"
)

// TestPeople is the table of who is taken for a person, and for which.
func TestPeople(t *testing.T) {
	const infant = "0: BERG/LARS/ 2026-03-12   IN of 1"
	inft := func(text string) string { return "SSR+INFT:HK:1:ZX:::::" + text + "'\n" }
	for _, c := range []struct {
		name, old, new string
		want           string // persons, joined by " | "
		party          int
		codes          string // findings
	}{
		// 1. infants that a service names
		{"INFT as the guide has it", docs, docs + inft("BERG/LARS 12MAR26"), asSent + " | " + infant, 2, ""},
		{"INFT with a slash before the date", docs, docs + inft("BERG/LARS/12MAR26"), asSent + " | " + infant, 2, ""},
		{"INFT with a title, and more after the date", docs, docs + inft("/BERG/LARS MSTR 12MAR26 LAP"), asSent + " | " + infant, 2, ""},
		{"INFT with a title and date glued on", docs, docs + inft("BERG/LARS12MAR2026"), asSent + " | " + infant, 2, ""},
		{"INFT of an infant with a TIF", docs, docs + inft("BERG/LARS 12MAR26") + "TIF+BERG+LARS MSTR:IN:2'\n", asSent + " | " + infant, 2, ""},
		{"INFT of an infant with DOCS", docs, docs + inft("BERG/LARS 12MAR26") + strings.NewReplacer("X9012345", "X1", "12MAR87/F", "12MAR26/MI", "LINDQVIST/ASTA/MARGARETA", "BERG/LARS").Replace(docs),
			asSent + " | 0: BERG/LARS/ 2026-03-12 M SWE P X1 2031-08-15 IN of 1", 2, ""},
		{"INFT of two, one name the start of the other", docs, docs + inft("BERG/ANN 12MAR26") + inft("BERG/ANNA 12APR26"),
			asSent + " | 0: BERG/ANN/ 2026-03-12   IN of 1 | 0: BERG/ANNA/ 2026-04-12   IN of 1", 3, ""},
		{"INFT twice, for two flights", docs, docs + inft("BERG/LARS 12MAR26") + inft("BERG/LARS 12MAR26"), asSent + " | " + infant, 2, ""},
		{"INFT without a date", docs, docs + inft("BERG/LARS"), asSent + " | 0: BERG/LARS/    IN of 1", 2, ""},
		{"INFT with a date that is none", docs, docs + inft("BERG/LARS 31FEB26"), asSent + " | 0: BERG/LARS/    IN of 1", 2, "bad_date"},
		{"INFT that names nobody", docs, docs + inft("ON LAP"), asSent, 1, "bad_infant"},
		{"INFT without text, and a TIF", docs, docs + inft("") + "TIF+BERG+LARS MSTR:IN:2'\n", asSent + " | 0: BERG/LARS/    IN of 1", 2, ""},
		{"INFT of a parent's name", tif + docs, "TIF+BERG+LARS MR:A:1'\n" + inft("BERG/LARS 12MAR26"), "0: BERG/LARS/    A | " + infant, 2, ""},

		// 2. seats without a name
		{"a seat to be advised", docs, docs + "TIF+TBA+TBA:A:2'\n", asSent, 2, "unnamed"},
		{"seats of many fillers", docs, docs + "TIF+TBA+A:A:2'\nTIF+XXX+FNU MR:A:3'\nTIF+TBA:A:4'\nTIF++TBA MS:A:5'\nTIF+TBA+MR:A:6'\n", asSent, 6, "unnamed"},
		{"a seat first, a person after", tif, "TIF+TBA+TBA:A:9'\n" + tif, asSent, 2, "unnamed"},
		{"a seat whose document names it", docs, docs + "TIF+TBA+TBA:A:2'\n" + strings.NewReplacer("X9012345", "X1", "LINDQVIST/ASTA/MARGARETA", "BERG/IDA").Replace(docs),
			asSent + " | 0: BERG/IDA/ 1987-03-12 F SWE P X1 2031-08-15 A", 2, ""},
		{"a seat with a document without a name", docs, docs + "TIF+TBA+TBA:A:2'\n" + strings.NewReplacer("X9012345", "X1", "LINDQVIST/ASTA/MARGARETA", "").Replace(docs),
			asSent + " | 0: // 1987-03-12 F SWE P X1 2031-08-15 A", 2, "no_name"},
		{"a seat named at check-in", docs + leg + rpi, docs + "TIF+TBA+TBA:A:2'\n" + leg + rpi + tri[:strings.Index(tri, "TRI")] + "TRI++2:::2'\n" + second,
			asSent + " | 0: BERG/IDA/    A checked_in", 2, ""},
		{"a seat without a name checks in", docs + leg + rpi, docs + "TIF+TBA+TBA:A:2'\n" + leg + rpi + "DAT'\nTRI++2:::2'\nSSD+23A'\n",
			asSent + " | 0: //    A checked_in 23A", 2, "no_name"},
		{"a seat and an infant after", docs, docs + "TIF+TBA+TBA:A:2'\nTIF+BERG+LARS:IN:3'\n", asSent + " | 0: BERG/LARS/    IN of 1", 3, "unnamed"},
		{"a group whose persons only documents name", tif + docs, "TIF+BRIGHTPATH TOURS:G'\n" + docs, asSent[:len(asSent)-2], 1, "name_from_document"},
		{"a real name beside a filler", tif + docs, "TIF+LINDQVIST+TBA:A:1'\n", "0: LINDQVIST//    A", 1, "placeholder_name"},

		{"two given names under one surname", tif, "TIF+LINDQVIST+ASTA MRS:A:1+OTTO MR:A:2'\n", asSent + " | 0: LINDQVIST/OTTO/    A", 2, ""},
		{"a lost terminator after a name", docs, "TIF+BERG+IDA MS:A:2TIF+LUND+ODA MS:A:3'\n" + docs, asSent + " | 0: BERG/IDA/    A", 2, "swallowed_segment"},
		{"a lost terminator before a document", tif, "TIF+LINDQVIST+ASTA MRS:A:1\n", bare, 1, "swallowed_segment"},

		// 3. names at check-in that are nearly those booked
		{"a letter more at check-in", rpi, rpi + tri + "TIF+LINDQVIST+ASSTA MRS:A:1'\n" + seated, asSent + " checked_in 23A", 1, "checkin_name_differs"},
		{"another letter, no reference", rpi, rpi + "DAT'\nTRI++017'\nTIF+LINDKVIST+ASTA MRS:A'\n" + seated, asSent + " checked_in 23A", 1, "checkin_name_differs"},
		{"another name under one reference in TIF", rpi, rpi + tri + "TIF+LINDQVIST+MARGARETA MRS:A:1'\n" + seated, asSent + " checked_in 23A", 1, "checkin_name_differs"},
		{"two that are nearly it", docs + leg + rpi, docs + "TIF+LINDQVIST+ASTI MS:A:2'\n" + leg + rpi + "DAT'\nTRI++017'\nTIF+LINDQVIST+ASTO MRS:A'\n" + seated,
			asSent + " | 0: LINDQVIST/ASTI/    A | 0: LINDQVIST/ASTO/    A checked_in 23A", 3, "checkin_name_unclear late_name"},
		{"one letter of a name of two", tif + docs, "TIF+WANG+LI MR:A:1'\n", "0: WANG/LI/    A", 1, ""},
		{"one letter of a name of two, no reference", tif + docs + leg + rpi, "TIF+WANG+LI MR:A:1'\n" + leg + rpi + "DAT'\nTRI++017'\nTIF+WANG+LU MR:A'\n",
			"0: WANG/LI/    A | 0: WANG/LU/    A checked_in", 2, "late_name"},
		{"another person under a number of TRI", rpi, rpi + tri + "TIF+BERG+IDA MRS:A:9'\n" + seated, asSent + " | 0: BERG/IDA/    A checked_in 23A", 2, "late_name"},
		{"nearly the name, then the name itself", rpi, rpi + tri + "TIF+LINDQVIST+ASTI MRS:A'\nTRI++018'\n" + tif,
			asSent + " checked_in | 0: LINDQVIST/ASTI/    checked_in", 2, "checkin_name_differs late_name"},

		// 4. check-in by reference alone
		{"TRI without TIF", rpi, rpi + tri + seated, asSent + " checked_in 23A", 1, ""},
		{"TRI without TIF, the second of two", docs + leg + rpi, docs + second + leg + rpi + "DAT'\nTRI++018:::2'\n" + seated + "TRI++017:::1'\nSSD+23B'\n",
			asSent + " checked_in 23B | 0: BERG/IDA/    A checked_in 23A", 2, ""},
		{"TRI without TIF at the end of the booking", rpi, rpi + tri, asSent + " checked_in", 1, ""},
		{"TRI of nobody", docs + leg + rpi, docs + second + leg + rpi + "DAT'\nTRI++018:::7'\n" + seated, asSent + " | 0: BERG/IDA/    A", 2, "stray_check_in"},
		{"TRI of nobody, one person", rpi, rpi + "DAT'\nTRI++018'\n" + seated, asSent + " checked_in 23A", 1, ""},
		{"check-in by the carrier's reference", docs + leg + rpi, docs + second + "REF+:38739393AN87'\n" + leg + rpi + "DAT'\nTRI++018'\nREF+:38739393AN87'\n" + seated,
			asSent + " | 0: BERG/IDA/    A checked_in 23A", 2, ""},
	} {
		body := strings.Replace(base, c.old, c.new, 1)
		if body == base {
			t.Errorf("%s: the change does not apply", c.name)
		}
		m := decodeOne(t, []byte(body))
		if diff := cmp.Diff(c.want, strings.Join(bookingtest.Lines(m), " | ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if got := strings.TrimSpace(strings.Replace(bookingtest.Codes(m.Findings), "count_unt", "", 1)); strings.Join(strings.Fields(got), " ") != c.codes {
			t.Errorf("%s: reported %q, want %q", c.name, got, c.codes)
		}
		if m.Bookings[0].Party != c.party {
			t.Errorf("%s: a party of %d, want %d", c.name, m.Bookings[0].Party, c.party)
		}
		bookingtest.Holds(t, m, len(body))
	}
}

// TestAVacantSeatLeavesNoTrace holds that whom findings are about, and who carries whom, is right after seats went.
func TestAVacantSeatLeavesNoTrace(t *testing.T) {
	body := strings.Replace(base, tif+docs, "TIF+TBA+TBA:A:1'\nTIF+BERG+LARS:IN:2'\nTIF+TBA+TBA:A:3'\n"+strings.Replace(tif, ":1'", ":4:1'", 1)+strings.Replace(docs, "12MAR87", "31FEB87", 1), 1)
	m := decodeOne(t, []byte(body))
	if len(m.Travellers) != 2 || m.Travellers[0].InfantOf != 2 || len(m.Places) != 2 || m.Places[1].Offset != strings.Index(body, "TIF+LINDQVIST") {
		t.Errorf("%v, places %v", bookingtest.Lines(m), m.Places)
	}
	seats := 0
	for _, f := range m.Findings {
		if f.Code == "bad_date" && f.Traveller != 2 {
			t.Errorf("the bad date is of traveller %d", f.Traveller)
		}
		if f.Code == "unnamed" {
			seats++
			if f.Offset != strings.Index(body, fmt.Sprintf("TIF+TBA+TBA:A:%d", 2*seats-1)) || f.Severity != travel.Warning {
				t.Errorf("seat %d: %s", seats, f)
			}
		}
	}
	if seats != 2 {
		t.Errorf("%d seats", seats)
	}
}
