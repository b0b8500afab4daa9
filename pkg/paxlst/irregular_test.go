package paxlst

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

// base is one passenger, sent well.
const base = `UNA:+.? '
UNB+UNOA:4+ZXAPI:ZZ+XXGOV:ZZ+261005:0615+17++APIS'
UNH+1+PAXLST:D:05B:UN:IATA+CAR1'
BGM+745'
RFF+TN:TN17:::1'
NAD+MS+++ZX DESK'
COM+6565550101:TE'
TDT+20+ZX410+++ZX'
LOC+125+DXB'
DTM+189:2610051915:201'
LOC+87+LHR'
DTM+232:2610052345:201'
NAD+FL+++LINDQVIST:ASTA'
ATT+2++F'
DTM+329:870312'
NAT+2+SWE'
RFF+ABO:ZX1'
DOC+P:110:111+X9012345'
DTM+36:310815'
LOC+91+SWE'
CNT+42:1'
UNT+20+1'
UNZ+1+17'
`

// summary is what was understood: reference, leg, and each traveller's elements that the table is about.
func summary(messages []travel.Message) string {
	var b strings.Builder
	for _, m := range messages {
		leg, _ := m.ReportLeg()
		fmt.Fprintf(&b, "%s %s %s", m.Function, m.Reference, leg.ID())
		for _, t := range m.Travellers {
			fmt.Fprintf(&b, " | %s/%s %s %s %s", string(t.Surname), string(t.FullGiven()), string(t.Birth), t.Sex, t.Nationality)
			for _, d := range t.Documents {
				fmt.Fprintf(&b, " %s:%s:%s:%s", d.Type, string(d.Number), d.Issuer, d.Expiry)
			}
		}
	}
	return b.String()
}

func codes(messages []travel.Message, err error) string {
	var all []string
	add := func(list []travel.Finding) {
		for _, f := range list {
			all = append(all, f.Code)
		}
	}
	for _, m := range messages {
		add(m.Findings)
	}
	if bad, ok := err.(*travel.DecodeError); ok {
		add(bad.Findings)
	}
	return strings.Join(all, " ")
}

const (
	understood = "query TN17 ZX-410-DXB-2026-10-05 | LINDQVIST/ASTA 1987-03-12 F SWE P:X9012345:SWE:2031-08-15"
	lines      = "\n"
)

// TestIrregularities is the table of what arrives: how it differs from the base, what is understood, what is reported.
func TestIrregularities(t *testing.T) {
	same := func(old, new string) func(string) string {
		return func(s string) string {
			if !strings.Contains(s, old) {
				panic("the base has no " + old)
			}
			return strings.ReplaceAll(s, old, new)
		}
	}
	drop := func(line string) func(string) string { return same(line+"'"+lines, "") }
	wrap := func(n int) func(string) string {
		return func(s string) string {
			s = strings.ReplaceAll(s, "\n", "")
			var b strings.Builder
			for len(s) > n {
				b.WriteString(s[:n] + "\r\n")
				s = s[n:]
			}
			return b.String() + s
		}
	}
	delims := func(comp, elem, term string) func(string) string {
		return func(s string) string {
			s = strings.TrimPrefix(s, "UNA:+.? '\n")
			return "UNA" + comp + elem + ".? " + term + strings.NewReplacer(":", comp, "+", elem, "'", term).Replace(s)
		}
	}
	noUNA := same("UNA:+.? '\n", "")
	both := func(changes ...func(string) string) func(string) string {
		return func(s string) string {
			for _, f := range changes {
				s = f(s)
			}
			return s
		}
	}
	with := func(old, new string) string { return strings.Replace(understood, old, new, 1) }
	for _, c := range []struct {
		arrived string
		change  func(string) string
		want    string
		codes   string
	}{
		{"as it should be", same("", ""), understood, ""},
		{"without UNA", noUNA, understood, ""},
		{"on one line", same("\n", ""), understood, ""},
		{"CR LF after each segment", same("\n", "\r\n"), understood, ""},
		{"wrapped at 63 columns, in mid-token", wrap(63), understood, ""},
		{"wrapped at 69 columns", wrap(69), understood, ""},
		{"wrapped at 7 columns", wrap(7), understood, ""},
		{"indented segments", same("\n", "\n   "), understood, ""},
		{"a Type-B heading", func(s string) string { return "QU XXGOVAP\r\n.SINCCZX 060300\r\n" + s }, understood, ""},
		{"STX and ETX around it", func(s string) string { return "\x02" + s + "\x03" }, understood, ""},
		{"ZCZC and NNNN around it", func(s string) string { return "ZCZC ABC123\r\n" + s + "\r\nNNNN" }, understood, ""},
		{"a mail footer", func(s string) string { return s + "\n\n____\nThis email is confidential. Email secured by X\n" }, understood, ""},
		{"a date stamp after it", func(s string) string { return s + "  27AUG21 0031Z *3872 " }, understood, ""},
		{"* and # as delimiters", delims(":", "*", "#"), understood, ""},
		{"- and ' as delimiters", delims(":", "-", "'"), understood, ""},
		{"* and $ as delimiters", delims(":", "*", "$"), understood, ""},
		{"( and - as delimiters", delims(":", "(", "-"), understood, ""},
		{"| and \" as delimiters", delims(";", "|", "\""), understood, ""},
		{"odd delimiters without UNA", func(s string) string { return delims(":", "*", "#")(s)[9:] }, understood, ""},
		{"typographic quotes as terminators", both(noUNA, same("'", "\u2019")), understood, ""},
		{"some typographic terminators, and a name with one", both(same("'\n", "\u2019\n"), same("LINDQVIST:ASTA", "O\u2019BRIEN:ASTA")), with("LINDQVIST/ASTA", "O\u2019BRIEN/ASTA"), "utf8_undeclared"},
		{"a typographic apostrophe in a name", same("LINDQVIST:ASTA", "O\u2019BRIEN:ASTA"), with("LINDQVIST/ASTA", "O\u2019BRIEN/ASTA"), "utf8_undeclared"},
		{"a typographic apostrophe before a tag in a name", same("LINDQVIST:ASTA", "O\u2019UNTERBERG:ASTA"), with("LINDQVIST/ASTA", "O\u2019UNTERBERG/ASTA"), "utf8_undeclared"},
		{"a typographic apostrophe before a tag in free text", same("+++ZX DESK", "+++ZX DESK \u2019UNH+9\u2019"), understood, "utf8_undeclared"},
		{"a typographic quotation mark in free text", same("+++ZX DESK", "+++ZX \u201cDESK\u201d UNIT"), understood, "utf8_undeclared"},
		{"a typographic dash in free text", same("+++ZX DESK", "+++ZX \u2013UNIT"), understood, "utf8_undeclared"},
		{"a typographic apostrophe, released", both(noUNA, same("'\n", "\u2019\n"), same("LINDQVIST:ASTA", "O?\u2019BRIEN:ASTA")), with("LINDQVIST/ASTA", "O\u2019BRIEN/ASTA"), "utf8_undeclared"},
		{"a typographic apostrophe in UNOY", both(same("UNOA:4", "UNOY:4"), same("LINDQVIST:ASTA", "O\u2019BRIEN:ASTA")), with("LINDQVIST/ASTA", "O\u2019BRIEN/ASTA"), ""},
		{"a line feed as terminator", same("'\n", "\n"), understood, ""},
		{"a line feed as terminator, after CR", func(s string) string { return strings.ReplaceAll(same("'\n", "\n")(s), "\n", "\r\n") }, understood, ""},
		{"a line feed as terminator, without UNA", both(same("'\n", "\n"), same("UNA:+.? \n", "")), understood, ""},
		{"in small letters", strings.ToLower, understood, "lower_case"},
		{"in small letters, without UNA", func(s string) string { return strings.ToLower(s[10:]) }, understood, "lower_case"},
		{"in small letters, without an envelope", func(s string) string { return strings.ToLower(s[strings.Index(s, "UNH"):strings.Index(s, "UNZ")]) }, understood, "lower_case no_unb"},
		{"an apostrophe that is not released", same("LINDQVIST:ASTA", "O'BRIEN:ASTA"), with("LINDQVIST/ASTA", "O'BRIEN/ASTA"), "unreleased_apostrophe"},
		{"a NAD that lost a letter", same("NAD+FL", "ND+FL"), "query TN17 ZX-410-DXB-2026-10-05",
			"stray_segment stray_segment stray_segment stray_segment stray_segment no_person count_persons bad_segment count_unt"},
		{"a space after the tag of UNH", same("UNH+", "UNH +"), understood, ""},
		{"repetition character declared", same("UNA:+.? '", "UNA:+.?*'"), understood, ""},
		{"no release character declared", same("UNA:+.? '", "UNA:+.  '"), understood, ""},
		{"syntax id SIRE", same("UNOA:4", "SIRE:4"), understood, ""},
		{"trailing empty components", same("LINDQVIST:ASTA", "LINDQVIST:ASTA::"), understood, ""},
		{"trailing empty elements", same("NAT+2+SWE", "NAT+2+SWE+++"), understood, ""},
		{"a group around the message", func(s string) string {
			s = same("UNH+1", "UNG+PAXLST+A+B+261005:0615+9+UN+D:05B'\nUNH+1")(s)
			return same("UNZ+1", "UNE+1+9'\nUNZ+1")(s)
		}, understood, ""},
		{"UNT counts wrongly", same("UNT+20", "UNT+200"), understood, "count_unt"},
		{"UNT repeats another reference", same("UNT+20+1'", "UNT+20+2'"), understood, "reference_unt"},
		{"UNZ counts wrongly", same("UNZ+1", "UNZ+3"), understood, "count_unz"},
		{"UNZ repeats another reference", same("UNZ+1+17", "UNZ+1+18"), understood, "reference_unz"},
		{"UNZ is missing", drop("UNZ+1+17"), understood, "truncated"},
		{"UNT and UNZ are missing", both(drop("UNT+20+1"), drop("UNZ+1+17")), understood, "truncated"},
		{"cut off in mid-segment", func(s string) string { return s[:strings.Index(s, "DTM+36")+5] },
			"query TN17 ZX-410-DXB-2026-10-05 | LINDQVIST/ASTA 1987-03-12 F SWE P:X9012345::", "truncated"},
		{"no envelope", func(s string) string { return s[strings.Index(s, "UNH"):strings.Index(s, "UNZ")] }, understood, "no_unb"},
		{"junk between segments", same("ATT+2", "%%%% 12 %%%'\nATT+2"), understood, "junk"},
		{"an unknown segment", same("ATT+2", "XYZ+1'\nATT+2"), understood, "unknown_segment count_unt"},
		{"CNT is the flight's total", same("CNT+42:1", "CNT+42:136"), understood, "count_persons"},
		{"CNT with + instead of :", same("CNT+42:1", "CNT+42+1"), understood, ""},
		{"CNT is no number", same("CNT+42:1", "CNT+42:many"), understood, "bad_number"},
		{"BGM is missing", drop("BGM+745"), understood, "no_bgm count_unt"},
		{"an unknown BGM code", same("BGM+745", "BGM+999"), understood, "unknown_function"},
		{"segments of a person in another order", func(s string) string { return same("ATT+2++F'\nDTM+329:870312'", "DTM+329:870312'\nATT+2++F'")(s) }, understood, ""},
		{"a birth date with century", same("329:870312", "329:19870312"), understood, ""},
		{"a birth date with its format", same("329:870312", "329:19870312:102"), understood, ""},
		{"a birth date in the wrong format", same("329:870312", "329:12MAR87"), with("1987-03-12", ""), "bad_date"},
		{"a birth date that contradicts its format", same("329:870312", "329:870312:102"), with("1987-03-12", ""), "bad_date"},
		{"a birth date on no day", same("329:870312", "329:870231"), with("1987-03-12", ""), "bad_date"},
		{"a birth date in the future", same("329:870312", "329:20270312"), with("1987-03-12", ""), "birth_in_future"},
		{"a birth date of zeros", same("329:870312", "329:000000"), with("1987-03-12", ""), "unknown_date"},
		{"a birth date of eight zeros", same("329:870312", "329:00000000:102"), with("1987-03-12", ""), "unknown_date"},
		{"an expiry of zeros", same("36:310815", "36:000000"), with(":2031-08-15", ":"), "unknown_date"},
		{"a blank before the birth date", same("329:870312", "329: 870312"), understood, "padded_date"},
		{"blanks around dates", both(same("329:870312", "329:19870312 :102"), same("189:2610051915:201", "189: 2610051915 :201 ")), understood, "padded_date padded_date"},
		{"blanks around an expiry", same("36:310815", "36: 310815 "), understood, "padded_date"},
		{"a birth date of blanks", same("329:870312", "329:  "), with("1987-03-12", ""), "padded_date"},
		{"a birth date in month 13", same("329:870312", "329:871312"), with("1987-03-12", ""), "bad_date"},
		{"the same birth date twice", same("DTM+329:870312", "DTM+329:870312'\nDTM+329:19870312"), understood, "count_unt"},
		{"two birth dates of one person", same("DTM+329:870312", "DTM+329:870312'\nDTM+329:640229"), understood, "second_birth count_unt"},
		{"born in 2000", same("329:870312", "329:000312"), with("1987-03-12", "2000-03-12"), ""},
		{"CNT is the flight's total, in one part", both(same("CNT+42:1", "CNT+42:160"), same("+CAR1", "+CAR1+01:F")), understood, "count_persons"},
		{"CNT is the flight's total, in a first part", both(same("CNT+42:1", "CNT+42:160"), same("+CAR1", "+CAR1+01:C")), understood, ""},
		{"CNT is the flight's total, in a last part", both(same("CNT+42:1", "CNT+42:160"), same("+CAR1", "+CAR1+02:F")), understood, ""},
		{"CNT is none", same("CNT+42:1", "CNT+42:0"), understood, "count_persons"},
		{"CNT of crew and passengers", same("CNT+42:1", "CNT+42:1'\nCNT+41:2"), understood, "count_persons count_unt"},
		{"an unknown kind of count", same("CNT+42:1", "CNT+42:1'\nCNT+99:2"), understood, "unknown_code count_unt"},
		{"a seat without a name", both(same("NAD+FL", "NAD+FL+++TBA:TBA'\nATT+2++F'\nRFF+ABO:ZX2'\nNAD+FL"), same("CNT+42:1", "CNT+42:2")), understood, "unnamed count_unt"},
		{"a seat without a name at the end", both(same("CNT+42:1", "NAD+FL+++TBA'\nCNT+42:2"), same("UNT+20", "UNT+21")), understood, "unnamed"},
		{"a filler for a name, with a document", same("LINDQVIST:ASTA", "TBA:TBA"), with("LINDQVIST/ASTA", "/"), "placeholder_name placeholder_name no_name"},
		{"a filler for a surname", same("LINDQVIST:ASTA", "LNU:ASTA"), with("LINDQVIST/ASTA", "ASTA/"), "placeholder_name"},
		{"a document that is none", same("DOC+P:110:111+X9012345", "DOC++"), with(" P:X9012345:SWE:2031-08-15", ""), "empty_document"},
		{"a clearance port that is a time", both(same("NAT+2", "LOC+22+1200'\nNAT+2"), same("UNT+20", "UNT+21")), understood, "bad_port"},
		{"an embarkation port that is a name", both(same("NAT+2", "LOC+178+LONDON'\nLOC+179+GBDVR'\nNAT+2"), same("UNT+20", "UNT+22")), understood, "bad_port"},
		{"a person of an unknown kind", same("NAD+FL", "NAD+QQ"), understood, "unknown_person"},
		{"a blank after the kind of person", same("NAD+FL", "NAD+FL "), understood, ""},
		{"nobody", func(s string) string {
			return s[:strings.Index(s, "NAD+FL")] + "UNT+11+1'\nUNZ+1+17'"
		}, "query TN17 ZX-410-DXB-2026-10-05", "no_person"},
		{"nobody, and said so", func(s string) string {
			return s[:strings.Index(s, "NAD+FL")] + "CNT+42:0'\nUNT+12+1'\nUNZ+1+17'"
		}, "query TN17 ZX-410-DXB-2026-10-05", ""},
		{"a name in no set", same("LINDQVIST:ASTA", "LINDQVIST:\xb0STA"), with("LINDQVIST/ASTA", "LINDQVIST/░STA"), "undeclared_characters"},
		{"a name not in its set", both(same("UNOA:4", "UNOI:4"), same("LINDQVIST:ASTA", "LINDQVIST:\xa1STA")), with("LINDQVIST/ASTA", "LINDQVIST/\uFFFDSTA"), "unreadable_name bad_characters"},
		{"day of birth unknown", same("329:870312", "329:870300"), with("1987-03-12", "1987-03"), ""},
		{"day and month of birth unknown", same("329:870312", "329:870000"), with("1987-03-12", "1987"), ""},
		{"a departure with century", same("189:2610051915:201", "189:202610051915:203"), understood, ""},
		{"a departure without time", same("189:2610051915:201", "189:261005:101"), understood, ""},
		{"a departure at no time", same("189:2610051915:201", "189:2610059915:201"), "query TN17 ZX-410-DXB- | LINDQVIST/ASTA 1987-03-12 F SWE P:X9012345:SWE:2031-08-15", "bad_date no_departure_date"},
		{"a single name", same("LINDQVIST:ASTA", "LINDQVIST"), with("LINDQVIST/ASTA", "LINDQVIST/"), ""},
		{"FNU for the given name", same("LINDQVIST:ASTA", "LINDQVIST:FNU"), with("LINDQVIST/ASTA", "LINDQVIST/"), "placeholder_name"},
		{"only a given name", same("LINDQVIST:ASTA", ":ASTA"), with("LINDQVIST/ASTA", "ASTA/"), ""},
		{"no name at all", same("LINDQVIST:ASTA", ""), with("LINDQVIST/ASTA", "/"), "no_name"},
		{"an apostrophe, released", same("LINDQVIST:ASTA", "O?'BRIEN:ASTA"), with("LINDQVIST/ASTA", "O'BRIEN/ASTA"), ""},
		{"a released release character", same("LINDQVIST:ASTA", "LIND??QVIST:ASTA"), with("LINDQVIST/ASTA", "LIND?QVIST/ASTA"), ""},
		{"a release character cut off by a wrap", same("LINDQVIST:ASTA", "O?\r\n'BRIEN:ASTA"), with("LINDQVIST/ASTA", "O'BRIEN/ASTA"), ""},
		{"Latin-1 in a name", same("LINDQVIST:ASTA", "LINDQVIST:\xc5STA"), with("LINDQVIST/ASTA", "LINDQVIST/ÅSTA"), "undeclared_characters"},
		{"three name parts", same("LINDQVIST:ASTA", "LINDQVIST:ASTA:MARGARETA"), with("LINDQVIST/ASTA", "LINDQVIST/ASTA MARGARETA"), ""},
		{"a two-letter nationality", same("NAT+2+SWE", "NAT+2+SE"), understood, "state_mapped"},
		{"D for Germany", same("NAT+2+SWE", "NAT+2+D"), with("F SWE", "F DEU"), "state_mapped"},
		{"an unknown nationality", same("NAT+2+SWE", "NAT+2+QQQ"), with("F SWE", "F QQQ"), "unknown_state"},
		{"an unknown gender", same("ATT+2++F", "ATT+2++Q"), with("1987-03-12 F", "1987-03-12 U"), "unknown_sex"},
		{"a document without a type", same("DOC+P:110:111", "DOC+"), understood, "no_document_type"},
		{"a document type with a code list glued on", same("DOC+P:110:111", "DOC+P1812019"), understood, "bad_document_type"},
		{"a document without a number", same("+X9012345", ""), with("P:X9012345", "P:"), "no_document_number"},
		{"an unknown kind of reference", same("RFF+ABO", "RFF+XXX:1'\nRFF+ABO"), understood, "unknown_code count_unt"},
		{"an unknown kind of place", same("NAT+2", "LOC+999+XXX'\nNAT+2"), understood, "unknown_code count_unt"},
		{"a carrier only in the flight number", same("ZX410+++ZX", "ZX410"), understood, ""},
		{"leading zeros in the flight number", same("ZX410+++ZX", "ZX0410+++ZX"), understood, ""},
		{"a space in the flight number", same("ZX410+++ZX", "ZX 410+++ZX"), understood, ""},
		{"no TDT", drop("TDT+20+ZX410+++ZX"), "query TN17 --- | LINDQVIST/ASTA 1987-03-12 F SWE P:X9012345:SWE:2031-08-15",
			"stray_segment stray_segment stray_segment stray_segment no_leg count_unt"},
		{"two interchanges in one body", func(s string) string { return s + s }, understood + understood, ""},
		{"another message type first", func(s string) string {
			return strings.Replace(strings.Replace(s, "PAXLST", "CUSRES", 1), "+17", "+16", 1) + s
		}, understood, "reference_unz"},
		{"nothing that is EDIFACT", func(string) string { return "hello" }, "", "no_interchange"},
		{"nothing at all", func(string) string { return "" }, "", "no_interchange"},
		{"an interchange without messages", func(string) string { return "UNB+UNOA:4+A+B+261005:0615+17'UNZ+0+17'" }, "", "no_message"},
		{"only another message type", same("PAXLST", "CUSRES"), "", "no_paxlst"},
	} {
		messages, err := Decode([]byte(c.change(base)))
		if (err == nil) != (len(messages) > 0) {
			t.Errorf("%s: %d messages and error %v", c.arrived, len(messages), err)
		}
		if diff := cmp.Diff(c.want, summary(messages)); diff != "" {
			t.Errorf("%s: understood (-want +got):\n%s", c.arrived, diff)
		}
		if diff := cmp.Diff(c.codes, codes(messages, err)); diff != "" {
			t.Errorf("%s: reported (-want +got):\n%s", c.arrived, diff)
		}
	}
}
