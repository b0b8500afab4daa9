package edifact

import (
	"strings"
	"testing"
)

// TestApostropheOfAName holds that an apostrophe which no release character stands before is the name's, unless a tag
// that these messages have follows it, and that a misspelt tag is never taken for a name.
func TestApostropheOfAName(t *testing.T) {
	for name, c := range map[string]struct{ in, want, codes string }{
		"three letters, a component":     {"NAD+FL+++O'DEA:FERGUSON'ATT+2'", "NAD O'DEA/FERGUSON, ATT", "unreleased_apostrophe"},
		"three letters, a blank":         {"NAD+FL+++O'DEA FERGUSON'ATT+2'", "NAD O'DEA FERGUSON/, ATT", "unreleased_apostrophe"},
		"three letters, the end":         {"NAD+FL+++O'DEA'ATT+2'", "NAD O'DEA/, ATT", "unreleased_apostrophe"},
		"three letters, an element":      {"NAD+FL+++O'DEA+ROAD'ATT+2'", "NAD O'DEA/, ATT", "unreleased_apostrophe"},
		"in a booking":                   {"TIF+O'DEA+FERGUSON'TIF+B'", "TIF /, TIF", "unreleased_apostrophe"},
		"a tag in a name":                {"NAD+FL+++O'ATT:FERGUSON'ATT+2'", "NAD O'ATT/FERGUSON, ATT", "unreleased_apostrophe"},
		"in a person's details":          {"PDT+P+O'DEA:FERGUSON'ATT+2'", "PDT /, ATT", "unreleased_apostrophe"},
		"a number before it":             {"NAD+FL+++DEA:FERGUSON2'XYZ+1'ATT+2'", "NAD DEA/FERGUSON2, XYZ, ATT", ""},
		"a wrapped tag that has no name": {"N\r\nAT+2+O'DEA:X'ATT+2'", "NAT /, DEA /, ATT", ""},
		"two letters":                    {"NAD+FL+++M'BA+ROAD'ATT+2'", "NAD M'BA/, ATT", "unreleased_apostrophe"},
		"a wrapped name":                 {"NAD+FL+++O'D\r\nEA:FERGUSON'ATT+2'", "NAD O'DEA/FERGUSON, ATT", "unreleased_apostrophe"},
		"a wrapped tag":                  {"NAD+FL+++DEA:FERGUSON'A\r\nTT+2'", "NAD DEA/FERGUSON, ATT", ""},
		"a blank after the tag":          {"NAD+FL+++DEA:FERGUSON'ATT +2'", "NAD DEA/FERGUSON, ATT", ""},
		"free text":                      {"FTX+AAI+++CAN'T SAY'ATT+2'", "FTX CAN/, ATT", "junk"},
		"small letters":                  {"NAD+FL+++DEA:FERGUSON'nad+FL+++ROE:ANN'ATT+2'", "NAD DEA/FERGUSON, NAD ROE/ANN, ATT", "lower_case"},
		"mixed letters":                  {"NAD+FL+++DEA:FERGUSON'Nad+fl+++ROE:ANN'ATT+2'", "NAD DEA/FERGUSON, NAD ROE/ANN, ATT", "lower_case"},
		"a letter lost":                  {"NAD+FL+++DEA:FERGUSON'AD+FL+++ROE:ANN'ATT+2'", "NAD DEA/FERGUSON, ATT", "bad_segment"},
		"a letter lost, after a State":   {"LOC+91+SWE'AD+FL+++ROE:ANN'ATT+2'", "LOC /, ATT", "bad_segment"},
		"another tag's letter lost":      {"LOC+91+SWE'OC+P+77'ATT+2'", "LOC /, ATT", "bad_segment"},
		"a letter lost, after free text": {"FTX+BAG+++ZX'AD+FL+++ROE:ANN'ATT+2'", "FTX ZX/, ATT", "bad_segment"},
		"another tag for it":             {"NAD+FL+++DEA:FERGUSON'NAF+FL+++ROE:ANN'ATT+2'", "NAD DEA/FERGUSON, NAF ROE/ANN, ATT", ""},
		"a component for an element":     {"NAD+FL+++DEA:FERGUSON'NAD:FL+++ROE:ANN'ATT+2'", "NAD DEA/FERGUSON, NAD /, ATT", ""},
		"junk before it":                 {"DOC+P'\u00a7'AD+FL+++ROE:ANN'ATT+2'", "DOC /, ATT", "junk bad_segment"},
	} {
		doc, err := Parse([]byte("UNB+UNOA:4+A:ZZ+B:ZZ+261005:0615+17'UNH+1+PAXLST:D:05B:UN:IATA'"+c.in+"UNT+9+1'UNZ+1+17'"), DefaultLimits())
		if err != nil || len(doc.Messages) != 1 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got, codes []string
		for _, s := range doc.Messages[0].Segments {
			text := s.Tag
			if s.Tag != "ATT" && len(got)+len(s.Tag) > 0 && (s.Elements() >= 4 || len(got) == 0 || s.Get(1, 1) == "") {
				text += " " + s.Get(4, 1) + "/" + s.Get(4, 2)
			}
			got = append(got, text)
		}
		for _, i := range doc.Findings {
			if i.Code != "count_unt" && i.Code != "undeclared_characters" && i.Code != "utf8_undeclared" {
				codes = append(codes, i.Code)
			}
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: read %q, want %q", name, s, c.want)
		}
		if s := strings.Join(codes, " "); s != c.codes {
			t.Errorf("%s: said %q, want %q", name, s, c.codes)
		}
	}
}

// TestNoLiveInterchange: UNB 0035 says in four ways that an interchange is not meant.
func TestNoLiveInterchange(t *testing.T) {
	for value, want := range map[string]bool{"": false, "0": false, "1": true, "2": true, "3": true, "4": true, "5": false} {
		doc, err := Parse([]byte("UNB+UNOA:4+A:ZZ+B:ZZ+261005:0615+17++APIS++++"+value+"'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'UNT+3+1'UNZ+1+17'"), DefaultLimits())
		if err != nil || doc.Messages[0].Interchange.Test != want {
			t.Errorf("%q: %v", value, err)
		}
	}
}
