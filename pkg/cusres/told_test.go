package cusres

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

// profile is a programme that is known.
func profile(t *testing.T, name string) Profile {
	t.Helper()
	p, ok := ByName(name)
	if !ok {
		t.Fatalf("no profile %s", name)
	}
	return p
}

// TestPositionTellsTravellersApart holds what is written of a traveller whom references do not tell, and that it reads again.
func TestPositionTellsTravellersApart(t *testing.T) {
	for name, c := range map[string]struct {
		profile, kind string
		answer        Answer
		want          string // from ERP to the end of the group
	}{
		"a reference tells": {"generic", Answered, Answer{Ref: "ZX1", Document: "P:SWE:…345", Outcome: travel.Board},
			"ERP+2'RFF+ABO:ZX1'ERC+0Z'FTX+AAP+++OK TO BOARD'"},
		"a place, a document": {"generic", Answered, Answer{Locator: "K7QX2M", Position: 2, Document: "P:SWE:…345", Outcome: travel.NoBoard},
			"ERP+2'RFF+AVF:K7QX2M'RFF+LI:2'ERC+1Z'FTX+AAP+++TRAVELLER 2 P SWE 345 - DO NOT BOARD CONTACT BORDER SUPPORT DESK'"},
		"a document too short to show": {"generic", Answered, Answer{Position: 1, Document: "P:SWE:…", Outcome: travel.Board},
			"ERP+2'RFF+LI:1'ERC+0Z'FTX+AAP+++TRAVELLER 1 P SWE - OK TO BOARD'"},
		"a place, no document": {"generic", Answered, Answer{Position: 12, Outcome: travel.Board},
			"ERP+2'RFF+LI:12'ERC+0Z'FTX+AAP+++TRAVELLER 12 - OK TO BOARD'"},
		"something to correct": {"generic", Answered, Answer{Position: 2, Document: "P:SWE:…345", Outcome: travel.Insufficient, Text: "SEGMENT 11 DTM BYTE 209 NO SUCH DAY"},
			"ERP+2'RFF+LI:2'ERC+4Z'FTX+AAP+++TRAVELLER 2 P SWE 345 - SEGMENT 11 DTM BYTE 209 NO SUCH DAY'"},
		"without texts": {"us", Answered, Answer{Locator: "K7QX2M", Position: 2, Document: "P:SWE:…345", Outcome: travel.NoBoard},
			"ERP+2'RFF+AVF:K7QX2M'RFF+LI:2'ERC+1Z'"},
		"a change": {"generic", Changed, Answer{Locator: "K7QX2M", Position: 2, Document: "P:SWE:…345", Outcome: travel.NoBoard},
			"ERP+2'RFF+AVF:K7QX2M'RFF+LI:2'ERC+1Z'"},
	} {
		r := Reply{Code: c.kind, Sender: "XXGOV", Recipient: "ZX", Answers: []Answer{c.answer}}
		out := Encode(nil, &r, profile(t, c.profile))
		_, got, _ := strings.Cut(string(out), "ERP")
		got, _, _ = strings.Cut("ERP"+got, "UNT")
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		all, err := Decode(out)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		type read struct {
			Locator, Ref string
			Position     int
			Findings     int
		}
		back := all[0].Answers[0]
		if diff := cmp.Diff(read{c.answer.Locator, c.answer.Ref, c.answer.Position, 0}, read{back.Locator, back.Ref, back.Position, len(all[0].Findings)}); diff != "" {
			t.Errorf("%s: read again (-want +got):\n%s", name, diff)
		}
	}
}

// TestPositionAsReceived holds that a position is none unless it is a number from 1, and is one person's.
func TestPositionAsReceived(t *testing.T) {
	for in, want := range map[string]int{
		"ERP+2'RFF+LI:7'": 7, "ERP+2'RFF+LI:x'": 0, "ERP+2'RFF+LI:-3'": 0, "ERP+2'RFF+LI'": 0, "RFF+LI:7'ERP+2'": 0, "ERP+2'RFF+LI:7'ERP+2'": 0,
	} {
		all, err := Decode([]byte("UNB+UNOA:4+A+B+261005:0615+17'UNH+1+CUSRES:D:05B:UN'BGM+312'" + in + "ERC+1Z'UNT+9+1'UNZ+1+17'"))
		if err != nil {
			t.Fatal(err)
		}
		if last := all[0].Answers[len(all[0].Answers)-1]; last.Position != want {
			t.Errorf("%s: position %d, want %d", in, last.Position, want)
		}
	}
}

// TestTestMarkTravels holds UNB 0035 in both directions, and nowhere else.
func TestTestMarkTravels(t *testing.T) {
	for _, name := range []string{"generic", "us", "uk", "cn", "eu"} {
		for _, test := range []bool{false, true} {
			for kind, rejected := range map[string]*Rejection{"answers": nil, "a rejection": {Code: "105"}} {
				r := reply()
				r.Test, r.Rejected = test, rejected
				out := Encode(nil, r, profile(t, name))
				unb, _, _ := strings.Cut(string(out), "'")
				if elements := strings.Split(unb, "+"); (len(elements) == 12 && elements[11] == "1") != test {
					t.Errorf("%s, %s, test %v: %s", name, kind, test, unb)
				}
				if all, err := Decode(out); err != nil || all[0].Test != test {
					t.Errorf("%s, %s, test %v: read again as %v, %v", name, kind, test, all[0].Test, err)
				}
			}
		}
	}
}

// TestCodeAt holds that the place of BGM 1001 is its place in the body.
func TestCodeAt(t *testing.T) {
	const body = "UNA:+.? '\r\nUNB+UNOA:4+A+B+261005:0615+17'\r\nUNH+1+CUSRES:D:05B:UN'\r\nBGM+962:X'ERP+1'ERC+0'UNT+5+1'UNH+2+CUSRES:D:05B:UN'BGM+132'ERP+1'ERC+0'UNT+5+2'UNZ+2+17'"
	all, err := Decode([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	want := []travel.Finding{
		{Segment: 3, Tag: "BGM", Element: 1, Component: 1, Offset: strings.Index(body, "962")},
		{Segment: 8, Tag: "BGM", Element: 1, Component: 1, Offset: strings.Index(body, "132")},
	}
	if diff := cmp.Diff(want, []travel.Finding{all[0].CodeAt, all[1].CodeAt}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRejectCodes(t *testing.T) {
	want := map[string]string{ // code of a finding → ERC and its words
		"no_leg": "105 FLIGHT OR VOYAGE MISSING", "bad_leg": "105 FLIGHT OR VOYAGE MISSING", "no_designator": "105 FLIGHT OR VOYAGE MISSING",
		"no_origin_port": "105 FLIGHT OR VOYAGE MISSING", "no_departure_date": "107 DATE NOT READABLE", "bad_date": "107 DATE NOT READABLE",
		"departure_out_of_window": "109 DEPARTURE TOO EARLY OR TOO LATE", "no_travellers": "108 NO TRAVELLER IN MESSAGE",
		"reference_demanded": "106 REFERENCE MISSING", "gate_pass_not_taken": "102 MESSAGE TYPE NOT TAKEN HERE",
		"no_interchange": "101 NO INTERCHANGE OR MESSAGE FOUND", "truncated": "104 MESSAGE CUT OFF SEND AGAIN WHOLE",
		"not_found": "118 PERSON OR FLIGHT NOT FOUND", "not_processed": "100 MESSAGE NOT UNDERSTOOD", "leg": "100 MESSAGE NOT UNDERSTOOD",
	}
	got := map[string]string{}
	for code := range want {
		r := Reject(travel.Finding{Code: code, Segment: 4, Tag: "TDT", Offset: 96, Text: "send «it»"})
		words, place, _ := strings.Cut(r.Text, " - ")
		if got[code] = r.Code + " " + words; place != "SEGMENT 4 TDT BYTE 96 SEND  IT" {
			t.Errorf("%s: place %q", code, place)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if long := Reject(travel.Finding{Code: "no_leg", Text: strings.Repeat("send it ", 100)}); len(long.Text) > maxText || !strings.HasSuffix(long.Text, "SEND IT") && !strings.HasSuffix(long.Text, "SEND") {
		t.Errorf("long: %d bytes, %q", len(long.Text), long.Text)
	}
	seen := map[string]bool{}
	for _, f := range Codes() {
		if seen[f.Code] {
			t.Errorf("%s is there twice", f.Code)
		}
		seen[f.Code] = true
	}
}

// TestRejectionByProfile holds the one code that a programme has for every refusal, which is not that of an accepted
// message and not a carrier's own.
func TestRejectionByProfile(t *testing.T) {
	for _, c := range []struct{ profile, kind, code, want string }{
		{"generic", Answered, "106", "106"}, {"cn", Answered, "106", "1"}, {"cn", Changed, "106", "1"},
		{"cn", Answered, Accepted, Accepted}, {"cn", Acknowledged, NotFound, NotFound}, {"eu", Answered, "109", "109"},
	} {
		r := Reply{Code: c.kind, Sender: "XXGOV", Recipient: "ZX", Rejected: &Rejection{Code: c.code, Text: "WHY"}}
		all, err := Decode(Encode(nil, &r, profile(t, c.profile)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&Rejection{c.want, "WHY"}, all[0].Rejected); diff != "" {
			t.Errorf("%s %s %s (-want +got):\n%s", c.profile, c.kind, c.code, diff)
		}
	}
	for _, name := range []string{"generic", "us", "uk", "cn", "eu"} {
		if profile(t, name).Reference != (name == "cn") {
			t.Errorf("%s demands references: %v", name, name != "cn")
		}
	}
}

func TestAdvise(t *testing.T) {
	fault := travel.Finding{Code: "bad_date", Severity: travel.Fault, Segment: 7, Tag: "DTM", Element: 1, Component: 2, Offset: 112, Text: "no such day; send YYMMDD"}
	warning := travel.Finding{Code: "truncated", Severity: travel.Warning, Segment: 16, Offset: 300, Text: "ends before UNT: use «it»"}
	note := travel.Finding{Code: "lower_case", Severity: travel.Note, Text: "lower case"}
	const wantFault, wantWarning = "SEGMENT 7 DTM ELEMENT 1 COMPONENT 2 BYTE 112 NO SUCH DAY; SEND YYMMDD", "SEGMENT 16 BYTE 300 ENDS BEFORE UNT: USE  IT "
	for name, c := range map[string]struct {
		in              []travel.Finding
		advise, correct string
	}{
		"nothing":             {nil, "", ""},
		"a note":              {[]travel.Finding{note}, "", ""},
		"a warning":           {[]travel.Finding{note, warning}, wantWarning, ""},
		"a fault":             {[]travel.Finding{fault}, wantFault, wantFault},
		"a fault stands over": {[]travel.Finding{warning, fault}, wantFault, wantFault},
		"two":                 {[]travel.Finding{warning, warning}, wantWarning + " / " + wantWarning, ""},
	} {
		if diff := cmp.Diff([]string{c.advise, c.correct}, []string{Advise(c.in), Correct(c.in)}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	many := make([]travel.Finding, 40)
	for i := range many {
		many[i] = warning
	}
	r := reply()
	if r.Notice = Advise(many); len(r.Notice) > maxText || !strings.HasSuffix(r.Notice, wantWarning) {
		t.Errorf("many: %d bytes, %q", len(r.Notice), r.Notice)
	}
	all, err := Decode(Encode(nil, r, profile(t, "generic")))
	if err != nil || strings.Join(strings.Fields(all[0].Notice), " ") != strings.Join(strings.Fields(r.Notice), " ") {
		t.Errorf("five lines hold %q of %q, %v", all[0].Notice, r.Notice, err)
	}
}
