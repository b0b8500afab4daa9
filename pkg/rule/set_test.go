package rule

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/rule/fact"
	"fairway/pkg/travel"
)

// ruleYAML is a complete rule around a condition and further lines.
func ruleYAML(when string, more ...string) []byte {
	lines := append([]string{"title: a title", "why: a reason", "owner: targeting", "status: stable",
		"when: " + when, "explain: it hit"}, more...)
	if !strings.Contains(strings.Join(more, "\n"), "points:") {
		lines = append(lines, "points: 10")
	}
	return []byte(strings.Join(lines, "\n") + "\n")
}

// load reads and compiles the rules of a file system.
func load(fsys fs.FS) (*Set, error) {
	files, err := Files(fsys)
	if err != nil {
		return nil, err
	}
	return Parse(files)
}

func mustParse(t testing.TB, files map[string][]byte) *Set {
	t.Helper()
	s, err := Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func one(t testing.TB, when string, more ...string) *Set {
	return mustParse(t, map[string][]byte{"document/x.yaml": ruleYAML(when, more...)})
}

func TestFiveValues(t *testing.T) {
	expired, valid, party := -3, 900, 4
	tests := []struct {
		name, when string
		facts      fact.Set
		want       Value
	}{
		{"hit", "document.days_to_expiry < 0", fact.Set{Document: &fact.Document{DaysToExpiry: &expired}}, Hit},
		{"no hit", "document.days_to_expiry < 0", fact.Set{Document: &fact.Document{DaysToExpiry: &valid}}, NoHit},
		{"field absent", "document.days_to_expiry < 0", fact.Set{Document: &fact.Document{}}, NotEvaluable},
		{"group absent", "document.days_to_expiry < 0", fact.Set{}, NotEvaluable},
		{"group absent, field always known", "booking.tickets == 0", fact.Set{}, NotEvaluable},
		{"text absent", `traveller.sex == "M"`, fact.Set{Traveller: &fact.Traveller{}}, NotEvaluable},
		{"list absent", `any(list.matches, .strength == "strong")`, fact.Set{List: &fact.List{}}, NotEvaluable},
		{"list empty", `any(list.matches, .strength == "strong")`, fact.Set{List: &fact.List{Matches: []fact.Match{}}}, NoHit},
		{"list", `any(list.matches, .strength == "strong" and .action == "no_board")`, fact.Set{List: &fact.List{Matches: []fact.Match{{Strength: "strong", Action: "no_board"}}}}, Hit},
		{"guarded and", `known("booking.party") and booking.party > 3`, fact.Set{}, NoHit},
		{"guarded and present", `known("booking.party") and booking.party > 3`, fact.Set{Booking: &fact.Booking{Party: &party}}, Hit},
		{"guarded or", `not known("booking.party") or booking.party > 3`, fact.Set{}, Hit},
		{"guarded ternary", `known("booking.party") ? booking.party > 3 : false`, fact.Set{}, NoHit},
		{"guarded group", `known("booking") and booking.tickets == 0`, fact.Set{}, NoHit},
		{"guard of another", `known("booking.legs") and booking.party > 3`, fact.Set{Booking: &fact.Booking{}}, NotEvaluable},
		{"guard too late", `booking.party > 3 and known("booking.party")`, fact.Set{}, NotEvaluable},
		{"guard of one side of or", `(known("booking.party") or leg.border) and booking.party > 3`, fact.Set{Leg: &fact.Leg{}}, NotEvaluable},
		{"guard that is false", `known("booking.party") or booking.party > 3`, fact.Set{Booking: &fact.Booking{}}, NotEvaluable},
		{"guard of both", `not (not known("booking.party") or not known("booking.first")) and booking.party > 3 and booking.first == "DXB"`, fact.Set{}, NoHit},
		{"presence alone", `not known("document")`, fact.Set{}, Hit},
		{"yes/no", `not document.issuer_differs`, fact.Set{Document: &fact.Document{IssuerDiffers: new(bool)}}, Hit},
		{"in", `document.issuer in ["UTO", "WSA"]`, fact.Set{Document: &fact.Document{Issuer: "UTO"}}, Hit},
		{"regexp", `document.number_shape matches "^A9+$"`, fact.Set{Document: &fact.Document{NumberShape: "A99"}}, Hit},
		{"arithmetic", `document.days_to_expiry * 2 + 1 < abs(-5)`, fact.Set{Document: &fact.Document{DaysToExpiry: &expired}}, Hit},
		{"count", `count(booking.ports, # == "DXB") > 1`, fact.Set{Booking: &fact.Booking{Ports: []string{"DXB", "SYD", "DXB"}}}, Hit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := one(t, "'"+tt.when+"'").NewEvaluator().Evaluate(&tt.facts)
			got := NoHit
			switch {
			case len(v.Results) == 1:
				got = v.Results[0].Value
			case len(v.NotEvaluable) == 1:
				got = NotEvaluable
			}
			if got != tt.want {
				t.Errorf("got %s, want %s: %+v", got, tt.want, v)
			}
		})
	}
}

func TestExplanation(t *testing.T) {
	days := -3
	src := strings.Replace(string(ruleYAML(`document.days_to_expiry < 0 and leg.mode == "air"`, "force: refer", "points: 25")),
		"explain: it hit", `explain: "expired {{ document.expiry }} (${document.days_to_expiry} days), issued {{document.issued}}"`, 1)
	s := mustParse(t, map[string][]byte{"document/x.yaml": []byte(src)})
	v := s.NewEvaluator().Evaluate(&fact.Set{Document: &fact.Document{Expiry: "2026-10-02", DaysToExpiry: &days}, Leg: &fact.Leg{Mode: "air"}})
	want := Evaluation{
		Release: s.Release(),
		Results: []Result{{
			Rule: "document/x", Value: Hit, Points: 25, Force: travel.Refer,
			Explain: "expired 2026-10-02 (-3 days), issued unknown",
			Seen:    map[string]string{"document.days_to_expiry": "-3", "leg.mode": "air"},
		}},
		Counts: Counts{Rules: 1, Hit: 1},
	}
	if diff := cmp.Diff(want, v); diff != "" {
		t.Error(diff)
	}
}

func TestLoad(t *testing.T) {
	fsys := fstest.MapFS{
		"document/a.yaml":      {Data: ruleYAML("leg.border")},
		"document/a_test.yaml": {Data: []byte("not even YAML: [")},
		"README.md":            {Data: []byte("x")},
	}
	s, err := load(fsys)
	if err != nil || s.Len() != 1 || len(s.Release()) != 16 {
		t.Fatal(s, err)
	}
	fsys["document/a.yaml"].Data = []byte(strings.ReplaceAll(string(ruleYAML("leg.border")), "\n", "\r\n"))
	again, err := load(fsys)
	if err != nil || again.Release() != s.Release() {
		t.Errorf("line ends change the release: %v", err)
	}
	fsys["document/a.yaml"].Data = ruleYAML("not leg.border")
	other, err := load(fsys)
	if err != nil || other.Release() == s.Release() {
		t.Errorf("another rule, the same release: %v", err)
	}
}
