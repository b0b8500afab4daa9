package wire

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
)

const passport = "P<SWELINDQVIST<<ASTA<MARGARETA<<<<<<<<<<<<<<\nX9012345<7SWE8703123F3108158198703121234<<58"

func TestZoneByItself(t *testing.T) {
	messages, err := Decode("", []byte(passport+"\n"))
	if err != nil || len(messages) != 1 || len(messages[0].Travellers) != 1 {
		t.Fatalf("%d messages, %v", len(messages), err)
	}
	want := travel.Traveller{Index: 1, Kind: travel.Passenger, Surname: "LINDQVIST", Given: "ASTA MARGARETA", Birth: "1987-03-12", Sex: "F", Nationality: "SWE",
		Documents: []travel.Document{{Type: "P", Number: "X9012345", Issuer: "SWE", Expiry: "2031-08-15"}}}
	if diff := cmp.Diff(want, messages[0].Travellers[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestZoneOfADocument holds that a zone in JSON fills what was left out, is held against what was not, and is not kept.
func TestZoneOfADocument(t *testing.T) {
	for name, c := range map[string]struct{ traveller, zone, codes string }{
		"only the zone":     {`{"documents":[{"mrz":"MRZ"}]}`, passport, ""},
		"the same again":    {`{"surname":"LINDQVIST","given":"ASTA","birth":"1987-03-12","sex":"F","nationality":"SWE","documents":[{"type":"P","number":"X9012345","issuer":"SWE","expiry":"2031-08-15","mrz":"MRZ"}]}`, passport, ""},
		"another number":    {`{"documents":[{"number":"Y1","mrz":"MRZ"}]}`, passport, "mrz_differs"},
		"another birthday":  {`{"birth":"1988-03-12","documents":[{"mrz":"MRZ"}]}`, passport, "mrz_differs"},
		"misread":           {`{"documents":[{"mrz":"MRZ"}]}`, strings.Replace(passport, "8703123", "8703124", 1), "check_digit check_digit"},
		"a line is missing": {`{"surname":"LINDQVIST","given":"ASTA","birth":"1987-03-12","sex":"F","nationality":"SWE","documents":[{"type":"P","number":"X9012345","issuer":"SWE","expiry":"2031-08-15","mrz":"MRZ"}]}`, passport[:44], "bad_length"},
	} {
		text, _ := json.Marshal(c.zone)
		body := `{"legs":[{"carrier":"ZX","number":"410","origin":"DXB","departure":"2026-10-05T19:15"}],"travellers":[` + strings.Replace(c.traveller, `"MRZ"`, string(text), 1) + `]}`
		messages, err := Decode("", []byte(body))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var codes []string
		for _, f := range messages[0].Findings {
			if f.Code != "missing_reference" {
				codes = append(codes, f.Code)
			}
		}
		if got := strings.Join(codes, " "); got != c.codes {
			t.Errorf("%s: reported %q, want %q", name, got, c.codes)
		}
		p := &messages[0].Travellers[0]
		if p.Surname != "LINDQVIST" || p.Sex != "F" || len(p.Documents) != 1 && name != "another number" || p.Documents[0].Expiry != "2031-08-15" || p.Documents[0].MRZ != "" || p.Documents[0].Type != "P" {
			t.Errorf("%s: not filled in, or the zone was kept", name)
		}
	}
}
