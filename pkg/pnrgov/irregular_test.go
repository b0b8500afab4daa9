package pnrgov

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/booking/bookingtest"
	"fairway/pkg/travel"
)

// base is one booking of one passenger, sent well.
const base = `UNA:+.?*'
UNB+IATA:1+ZXRES+XXPIU+261003:1430+17'
UNH+1+PNRGOV:15:1:IA+ZX0410/051026/1430+01:F'
MSG+:22'
ORG+ZX:SIN'
TVL+051026:1430:051026:1945+SIN+LHR+ZX+410'
EQN+1'
SRC'
RCI+ZX:K7QX2M::150826:0911'
DAT+700:031026:0805'
TIF+LINDQVIST+ASTA MRS:A:1'
SSR+DOCS:HK:1:ZX:::::/P/SWE/X9012345/SWE/12MAR87/F/15AUG31/LINDQVIST/ASTA/MARGARETA'
TVL+051026:1430:051026:1945+SIN+LHR+ZX+410:Y'
RPI+1+HK'
UNT+13+1'
UNZ+1+17'
`

const (
	asSent = "0: LINDQVIST/ASTA/MARGARETA 1987-03-12 F SWE P X9012345 2031-08-15 A"
	bare   = "0: LINDQVIST/ASTA/    A"
	docs   = "SSR+DOCS:HK:1:ZX:::::/P/SWE/X9012345/SWE/12MAR87/F/15AUG31/LINDQVIST/ASTA/MARGARETA'\n"
	rci    = "RCI+ZX:K7QX2M::150826:0911'\n"
	tif    = "TIF+LINDQVIST+ASTA MRS:A:1'\n"
	leg    = "TVL+051026:1430:051026:1945+SIN+LHR+ZX+410:Y'\n"
	rpi    = "RPI+1+HK'\n"
)

// TestIrregularities is the table of what arrives, what is understood of it and what is reported.
func TestIrregularities(t *testing.T) {
	second := "SRC'\nRCI+ZX:M3RRT8::021026:2251'\nTIF+MBEKI+THANDO MS:A:1'\n" + leg + rpi
	for _, c := range []struct {
		name, old, new string
		want           string // persons, joined by " | "
		codes          string // findings
	}{
		{"sent well", "", "", asSent, ""},
		{"no UNA, as up to 13.1", "UNA:+.?*'\n", "", asSent, ""},
		{"lines wrapped in mid-token", "LINDQVIST/ASTA/MARGARETA", "LINDQ\r\nVIST/ASTA/MARG\r\nARETA", asSent, ""},
		{"a wrap that became a space", "15AUG31/LINDQVIST", "15AUG31/LINDQ VIST", asSent, ""},
		{"no MSG", "MSG+:22'\n", "", asSent, ""},
		{"no ORG", "ORG+ZX:SIN'\n", "", asSent, ""},
		{"no EQN", "EQN+1'\n", "", asSent, ""},
		{"EQN counts too few", "EQN+1'", "EQN+1'\n" + strings.TrimSuffix(second, "\n"), "0: MBEKI/THANDO/    A | 1" + asSent[1:], "count_differs"},
		{"EQN counts more than the message holds", "EQN+1'", "EQN+47'", asSent, "count_differs"},
		{"EQN counts the whole series", ":F'\nMSG+:22'\nORG+ZX:SIN'\nTVL+051026:1430:051026:1945+SIN+LHR+ZX+410'\nEQN+1'", "'\nMSG+:22'\nORG+ZX:SIN'\nTVL+051026:1430:051026:1945+SIN+LHR+ZX+410'\nEQN+47'", asSent, ""},
		{"RPI counts more persons than there are", rpi, "RPI+3+HK'\n", asSent, "count_differs"},
		{"EQN is no number", "EQN+1'", "EQN+ONE'", asSent, "bad_number"},
		{"no SRC", "SRC'\n", "", asSent, "no_src"},
		{"no RCI", "RCI+ZX:K7QX2M::150826:0911'\n", "", asSent, "no_locator"},
		{"RCI only with the flight", rci + "DAT+700:031026:0805'\n" + tif + docs + leg, tif + docs + leg + rci, asSent, "late_locator"},
		{"no DAT", "DAT+700:031026:0805'\n", "", asSent, ""},
		{"DAT is no date", "DAT+700:031026", "DAT+700:311326", asSent, "bad_date"},
		{"unknown function", "MSG+:22", "MSG+:99", asSent, "unknown_function"},
		{"unknown segment", "RPI+1+HK'", "RPI+1+HK'\nZZZ+1'", asSent, "unknown_segment"},
		{"junk between segments", "RPI+1+HK'", "RPI+1+HK'\n-- page 2 --\n", asSent, "bad_segment"},
		{"wrong UNT", "UNT+13", "UNT+336", asSent, "count_unt"},
		{"UNZ missing", "UNZ+1+17'\n", "", asSent, "truncated"},
		{"cut off in a booking", rpi + "UNT+13+1'\nUNZ+1+17'\n", "", asSent, "truncated"},
		{"title after a space", "ASTA MRS", "ASTA MRS", asSent, ""},
		{"title glued on", tif, "TIF+LINDQVIST+ASTAMRS:A:1'\n", asSent, ""},
		{"title of clergy counted, not kept", tif + docs, "TIF+LINDQVIST+ASTA REV:A:1'\n", bare, ""},
		{"AMR is a name", tif + docs, "TIF+HASSAN+AMR:A:1'\n", "0: HASSAN/AMR/    A", ""},
		{"single name", tif + docs, "TIF+SUKARNO:A:1'\n", "0: SUKARNO//   ", ""},
		{"given name only", tif + docs, "TIF++ASTA MRS:A:1'\n", "0: ASTA//    A", ""},
		{"no name at all", tif + docs, "TIF+'\n", "0: //   ", "no_name"},
		{"filler for a name", tif + docs, "TIF+LINDQVIST+FNU:A:1'\n", "0: LINDQVIST//    A", "placeholder_name"},
		{"no type of passenger", tif + docs, "TIF+LINDQVIST:I+ASTA MRS::1'\n", "0: LINDQVIST/ASTA/   ", ""},
		{"a group without names", tif + docs, "TIF+BRIGHTPATH TOURS:G'\n", "", ""},
		{"DOCS with a slash too few", ":::::/P/SWE", ":::::P/SWE", asSent, ""},
		{"DOCS with a slash too many", ":::::/P/SWE", "::::://P/SWE", asSent, "docs_shifted"},
		{"DOCS without type", ":::::/P/SWE", "::::://SWE", asSent, "no_document_type"},
		{"DOCS without document", "/P/SWE/X9012345/SWE/12MAR87/F/15AUG31/", "////SWE/12MAR87/F//", "0: LINDQVIST/ASTA/MARGARETA 1987-03-12 F SWE A", ""},
		{"DOCS without birth date", "/12MAR87/F/", "//F/", "0: LINDQVIST/ASTA/MARGARETA  F SWE P X9012345 2031-08-15 A", ""},
		{"DOCS without birth date and gender", "/12MAR87/F/", "///", "0: LINDQVIST/ASTA/MARGARETA   SWE P X9012345 2031-08-15 A", ""},
		{"DOCS without gender and its slash", "/12MAR87/F/", "/12MAR87/", strings.Replace(asSent, " F ", "  ", 1), "missing_sex"},
		{"DOCS with a date of ISO form", "12MAR87/F", "1987-03-12/F", "0: LINDQVIST/ASTA/MARGARETA  F SWE P X9012345 2031-08-15 A", "bad_date"},
		{"DOCS on 31 February", "12MAR87", "31FEB87", strings.Replace(asSent, "1987-03-12", "", 1), "bad_date"},
		{"DOCS of somebody 99 years old", "12MAR87", "12MAR27", strings.Replace(asSent, "1987-03-12", "1927-03-12", 1), ""},
		{"DOCS with a State of two letters", "/P/SWE/X9012345/SWE/", "/P/SE/X9012345/SE/", asSent, "state_mapped"},
		{"DOCS with no State", "/P/SWE/X9012345/SWE/", "/P/QQQ/X9012345/SWE/", asSent, "unknown_state"},
		{"DOCS with the holder flag for a name", "ASTA/MARGARETA", "ASTA/H", "0: LINDQVIST/ASTA/ 1987-03-12 F SWE P X9012345 2031-08-15 A", ""},
		{"DOCS in another position of SSR", "DOCS:HK:1:ZX:::::/P", "DOCS:HK:1:ZX:::/P", asSent, ""},
		{"DOCS of the booking, before the name", tif + docs, docs + tif, asSent, ""},
		{"DOCS with the flight", docs + leg + rpi, leg + rpi + docs, asSent, ""},
		{"DOCS twice", docs, docs + docs, asSent, ""},
		{"DOCS of nobody", docs, "SSR+DOCS:HK:1:ZX:::::/P/SWE/X1/SWE/12MAR87/F/15AUG31/LUND/ODA'\nTIF+BERG+IDA MS:A:2'\n",
			"0: LUND/ODA/ 1987-03-12 F SWE P X1 2031-08-15 A | 0: BERG/IDA/    A", "name_differs"},
		{"DOCS under another name", "15AUG31/LINDQVIST/ASTA/MARGARETA", "15AUG31/LUND/ODA", "0: LUND/ODA/ 1987-03-12 F SWE P X9012345 2031-08-15 A", "name_differs"},
		{"DOCS that refers to the other person", docs, "TIF+BERG+IDA MS:A:2'\nSSR+DOCS:HK:1:ZX:::::/P/NOR/N1/NOR/01JAN90/F/15AUG31/LINDQVIST/ASTA+::1'\n",
			"0: LINDQVIST/ASTA/ 1990-01-01 F NOR P N1 2031-08-15 A | 0: BERG/IDA/    A", ""},
		{"infant's DOCS on the adult", docs, docs + "SSR+DOCS:HK:1:ZX:::::/P/SWE/X2/SWE/02JUN25/MI/02JUN30/LINDQVIST/OTTO'\n",
			asSent + " | 0: LINDQVIST/OTTO/ 2025-06-02 M SWE P X2 2030-06-02 IN of 1", ""},
		{"infant named in a service only", docs, "SSR+INFT:HK:1:ZX:::::LINDQVIST/OTTO/02JUN25+::1'\n",
			bare + " | 0: LINDQVIST/OTTO/ 2025-06-02   IN of 1", ""},
		{"infant by TIF, adult by its indicator", tif + docs, "TIF+LINDQVIST+ASTA MRS:A:1:1'\nTIF+BERG+IDA MS:A:2'\nTIF+LINDQVIST+OTTO:IN:3'\n",
			bare + " | 0: BERG/IDA/    A | 0: LINDQVIST/OTTO/    IN of 1", ""},
		{"visa before the passport", docs, "SSR+DOCO:HK:1:ZX:::::/UPPSALA/V/V5550001/STOCKHOLM/10JAN26/GBR+::1'\n" + docs,
			"0: LINDQVIST/ASTA/MARGARETA 1987-03-12 F SWE P X9012345 2031-08-15 V V5550001  A", ""},
		{"a name after the flights", docs + leg + rpi, leg + rpi + "TIF+BERG+IDA MS:A:2'\n", bare + " | 0: BERG/IDA/    A", "late_name"},
		{"itinerary with an unreadable date", leg, "TVL+0510:1430+SIN+LHR+ZX+410:Y'\n", asSent, "bad_date"},
		{"open flight and ARNK", leg, leg + "TVL+++++ARNK'\nTVL+OPEN+LHR+SIN+ZX+OPEN'\n", asSent, ""},
		{"seat padded with zeros, nobody's seat", leg, leg + "SSR+SEAT:HK:1:ZX:::SIN:LHR++039G::1+XXX::2'\n", asSent + " 39G", ""},
		{"checked in without TRI", rpi, rpi + "DAT'\nTIF+LINDQVIST+ASTA MRS:A:1'\nSSD+23A++++Y'\n", asSent + " checked_in 23A", ""},
		{"TRI with another reference", rpi, rpi + "DAT'\nTRI++20:::20'\nTIF+LINDQVIST+ASTA MRS:A:1'\n", asSent + " checked_in", ""},
		{"checked in, never booked", rpi, rpi + "DAT'\nTRI++20:::20'\nTIF+BERG+IDA MS:A:9'\n", asSent + " | 0: BERG/IDA/    A checked_in", "late_name"},
		{"a hotel between the flights", rpi, rpi + "MSG+8'\nTVL+051026:1500:071026+LHR:HARBOUR INN++VN+67576:ROH'\n", asSent, ""},
		{"bags without a number", rpi, rpi + "DAT'\nTRI++20:::1'\nTIF+LINDQVIST+ASTA MRS:A:1'\nTBD++MANY'\n", asSent + " checked_in", "bad_number"},
		{"no flight reported", "TVL+051026:1430:051026:1945+SIN+LHR+ZX+410'\n", "", asSent, "no_leg"},
		{"the flight has no date", "TVL+051026:1430:051026:1945+SIN+LHR+ZX+410'\n", "TVL+:1430+SIN+LHR+ZX+410'\n", asSent, "bad_date no_leg"},
		{"two bookings, one broken", "SRC'\n", "SRC'\nRCI+'\nTIF'\nSRC'\n", "0: //    | 1" + asSent[1:], "count_differs no_locator no_name"},
	} {
		body := strings.Replace(base, c.old, c.new, 1)
		if c.old != "" && body == base && c.old != c.new {
			t.Errorf("%s: the change does not apply", c.name)
		}
		messages, err := Decode([]byte(body))
		if err != nil || len(messages) != 1 {
			t.Errorf("%s: %d messages, %v", c.name, len(messages), err)
			continue
		}
		m := &messages[0]
		if diff := cmp.Diff(c.want, strings.Join(bookingtest.Lines(m), " | ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		got := bookingtest.Codes(m.Findings)
		if c.name != "wrong UNT" { // the rows do not count their segments
			got = strings.TrimSpace(strings.Replace(got, "count_unt", "", 1))
			got = strings.ReplaceAll(got, "  ", " ")
		}
		if got != c.codes {
			t.Errorf("%s: reported %q, want %q", c.name, got, c.codes)
		}
	}
}

func TestNotUnderstood(t *testing.T) {
	for name, c := range map[string]struct{ body, code string }{
		"nothing":      {"", "no_interchange"},
		"text":         {"hello", "no_interchange"},
		"another type": {"UNB+UNOA:4+A+B+261005:0615+1'UNH+1+PAXLST:D:05B:UN'BGM+745'UNT+3+1'UNZ+1+1'", "no_pnrgov"},
	} {
		messages, err := Decode([]byte(c.body))
		var bad *travel.DecodeError
		if messages != nil || err == nil || !asDecodeError(err, &bad) || bad.Findings[len(bad.Findings)-1].Code != c.code {
			t.Errorf("%s: %d messages, %v", name, len(messages), err)
		}
	}
}

func asDecodeError(err error, into **travel.DecodeError) bool {
	e, ok := err.(*travel.DecodeError)
	*into = e
	return ok
}

// TestABadDateIsNoDate holds that a date that is none is left out, not read as another.
func TestABadDateIsNoDate(t *testing.T) {
	body := strings.NewReplacer("DAT+700:031026", "DAT+700:311326", "::150826", "::320826").Replace(base)
	b := decodeOne(t, []byte(body)).Bookings[0]
	if b.Changed != "" || b.Created != "" {
		t.Errorf("created %q, changed %q", b.Created, b.Changed)
	}
}

func TestPositions(t *testing.T) {
	body := strings.Replace(base, "12MAR87", "31FEB87", 1)
	m := decodeOne(t, []byte(body))
	f := m.Findings[0]
	at := strings.Index(body, "/P/SWE")
	want := travel.Finding{Code: "bad_date", Severity: travel.Fault, Segment: 11, Tag: "SSR", Element: 1, Component: 9, Offset: at,
		Traveller: 1, Text: "not a birth date; send DDMMMYY"}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if strings.Contains(fmt.Sprint(m.Findings), "31FEB87") {
		t.Error("a finding quotes personal data")
	}
}
