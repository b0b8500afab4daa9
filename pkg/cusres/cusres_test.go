package cusres

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

func reply() *Reply {
	return &Reply{Code: Answered, Reference: "TN17", Sender: "XXGOV", Recipient: "ZXAPI", Control: "G1", At: "2026-10-05T11:02",
		Leg: travel.Leg{Carrier: "ZX", Number: "410", Origin: "DXB", Destination: "LHR", Departure: "2026-10-05T19:15", Arrival: "2026-10-05T23:45"},
		Answers: []Answer{
			{Locator: "K7QX2M", Ref: "ZX1", Outcome: travel.Board},
			{Locator: "K7QX2M", Ref: "ZX2", Outcome: travel.NoBoard},
			{Ref: "ZX3", Outcome: travel.Refer},
			{Ref: "ZX4", Outcome: travel.Hold},
			{Ref: "ZX5", Outcome: travel.Insufficient},
			{Ref: "ZX6", Outcome: travel.Board, Unscreened: true},
			{Ref: "ZX7", Outcome: travel.Failed},
		}}
}

func TestCodesByProfile(t *testing.T) {
	got := map[string]string{}
	for _, name := range []string{"generic", "us", "uk", "cn", "eu"} {
		p, ok := ByName(name)
		if !ok {
			t.Fatalf("no profile %s", name)
		}
		all, err := Decode(Encode(nil, reply(), p))
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range all[0].Answers {
			got[name] += a.Code + " "
		}
	}
	want := map[string]string{
		"generic": "0Z 1Z 0Z 2Z 4Z 0T 4Z ",
		"us":      "0Z 1Z 0Z 1Z 4Z 0X 4Z ",
		"uk":      "0Z 1Z 0Z 2Z 4Z 0T 4Z ",
		"cn":      "0Z 1Z 0Z 2Z 4Z 0T 4Z ",
		"eu":      "OK NOK OK NOK NOK NA NOK ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestACarrierNeverLearnsWhy(t *testing.T) {
	r := reply()
	r.Answers = []Answer{{Ref: "ZX1", Outcome: travel.NoBoard, Text: "ON LIST INTERDICTION"}, {Ref: "ZX2", Outcome: travel.Refer, Text: "SEE OFFICER"}}
	p, _ := ByName("generic")
	out := string(Encode(nil, r, p))
	for _, leak := range []string{"INTERDICTION", "OFFICER", "LIST"} {
		if strings.Contains(out, leak) {
			t.Errorf("the carrier reads %s: %s", leak, out)
		}
	}
	r.Answers[0] = Answer{Ref: "ZX1", Outcome: travel.Board}
	r.Answers[1].Outcome = travel.Board
	if a, b := Encode(nil, r, p), Encode(nil, reply(), p); len(a) == 0 || len(b) == 0 {
		t.Error("nothing written")
	}
}

func TestRejectSaysWhere(t *testing.T) {
	r := &Reply{Code: Answered, Reference: "TN17", Sender: "XXGOV", Recipient: "ZXAPI",
		Rejected: Reject(travel.Finding{Code: "truncated", Severity: travel.Fault, Segment: 14, Tag: "DTM", Element: 1, Component: 2, Offset: 312})}
	p, _ := ByName("generic")
	all, err := Decode(Encode(nil, r, p))
	if err != nil {
		t.Fatal(err)
	}
	got := all[0].Rejected
	if got == nil || got.Code != "104" || !strings.Contains(got.Text, "SEGMENT 14 DTM ELEMENT 1 COMPONENT 2 BYTE 312") || len(all[0].Answers) != 0 {
		t.Errorf("got %+v", got)
	}
	r.Rejected = &Rejection{Code: Accepted}
	cn, _ := ByName("cn")
	if all, err = Decode(Encode(nil, r, cn)); err != nil || all[0].Rejected == nil || all[0].Rejected.Code != Accepted {
		t.Errorf("accepted reads %+v, %v", all, err)
	}
}

// TestExamplesOfTheDigest reads C1 to C7, and writes them again.
func TestExamplesOfTheDigest(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "reference", "standards.md"))
	if err != nil {
		t.Skip("the standards digest is not beside this checkout")
	}
	type line struct{ Code, Reference, Rejected, Answers string }
	got := map[string]line{}
	for _, m := range regexp.MustCompile(`(?s)\*\*(C\d)\. [^\n]*\n\n`+"```\n(.*?)```").FindAllSubmatch(text, -1) {
		all, err := Decode(m[2])
		if err != nil || len(all) != 1 {
			t.Errorf("%s: %v", m[1], err)
			continue
		}
		r := all[0]
		l := line{Code: r.Code, Reference: r.Reference}
		if r.Rejected != nil {
			l.Rejected = r.Rejected.Code
		}
		for _, a := range r.Answers {
			l.Answers += a.Code + " "
		}
		got[string(m[1])] = l
		p, _ := ByName("generic")
		again, err := Decode(Encode(nil, &r, p))
		if err != nil {
			t.Errorf("%s: %v", m[1], err)
			continue
		}
		r.Findings, again[0].Findings = nil, nil
		for i := range r.Answers { // texts are worded by the profile that writes
			r.Answers[i].Text, again[0].Answers[i].Text = "", ""
		}
		if diff := cmp.Diff(r.Answers, again[0].Answers); diff != "" || r.Reference != again[0].Reference || r.Leg != again[0].Leg {
			t.Errorf("%s does not round-trip: %s %+v %+v", m[1], diff, r.Leg, again[0].Leg)
		}
	}
	want := map[string]line{
		"C1": {"962", "ZXQ0000004411", "", "0Z 0Z 1Z "},
		"C2": {"962", "ZXQ0000004412", "1", ""},
		"C3": {"132", "XXG26100500093", "", "1Z "},
		"C4": {"312", "XXG26100500093", "", "1Z "},
		"C5": {"312", "XXG26100500094", "118", ""},
		"C6": {"962", "ZXQ0000004501", "", "0A 2Z 0B "},
		"C7": {"962", "ZXQ0000004688", "", "0A 1Z 0T "},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzDecode(f *testing.F) {
	p, _ := ByName("generic")
	f.Add(Encode(nil, reply(), p))
	f.Add([]byte("UNB+UNOA:4+A+B+261005:0615+17'UNH+1+CUSRES:D:05B:UN'BGM+312'ERP+1'ERC+118'UNT+5+1'UNZ+1+17'"))
	f.Fuzz(func(t *testing.T, body []byte) {
		all, err := Decode(body)
		if (err == nil) != (len(all) > 0) {
			t.Fatalf("%d replies and error %v", len(all), err)
		}
		for i := range all {
			again, err := Decode(Encode(nil, &all[i], p))
			if err != nil || len(again) != 1 {
				t.Fatalf("what was written does not read: %v", err)
			}
			if len(again[0].Answers) != len(all[i].Answers) && all[i].Rejected == nil {
				t.Fatalf("%d answers became %d", len(all[i].Answers), len(again[0].Answers))
			}
		}
	})
}

// TestNoticeBesideAnswers holds that a word about the message as a whole travels with answers, where the profile has texts.
func TestNoticeBesideAnswers(t *testing.T) {
	for _, name := range []string{"generic", "us"} {
		p, _ := ByName(name)
		r := reply()
		r.Notice = "SEGMENT 17 BYTE 312 THE MESSAGE ENDS BEFORE UNT"
		again, err := Decode(Encode(nil, r, p))
		if err != nil || len(again) != 1 {
			t.Fatal(err)
		}
		want := r.Notice
		if !p.Text {
			want = ""
		}
		if again[0].Notice != want || again[0].Rejected != nil || len(again[0].Answers) != len(r.Answers) {
			t.Errorf("%s: notice %q, %d answers", name, again[0].Notice, len(again[0].Answers))
		}
	}
}
