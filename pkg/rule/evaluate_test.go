package rule

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/rule/fact"
)

// TestClearance holds that matches by name of a cleared person count in no rule, that documents and protection still
// do, and that resembling somebody cleared clears nobody.
func TestClearance(t *testing.T) {
	s := mustParse(t, map[string][]byte{
		"list/new.yaml":        ruleYAML(`any(list.matches, .action == "no_board" and .by == "name")`, "force: hold", "points: 0"),
		"list/count.yaml":      ruleYAML(`list.count >= 1`, "points: 50"),
		"list/protect.yaml":    ruleYAML(`list.protect != "none"`, "points: 0"),
		"document/listed.yaml": ruleYAML(`any(list.matches, .by == "document")`, "force: no_board", "points: 0"),
	})
	named := fact.Match{Entry: "E", List: "l", Action: "no_board", By: "name", Strength: "strong"}
	document := fact.Match{Entry: "D", List: "l", Action: "no_board", By: "document", Strength: "strong", Reasons: []string{"document_exact", "no_name_on_entry"}}
	protect := fact.Match{Entry: "P", List: "l", Action: "protect", By: "name", Strength: "strong"}
	cleared := fact.Match{Entry: "C", List: "redress", Action: "clear", By: "redress", Strength: "strong"}
	alike, doubtful := cleared, cleared
	alike.By, doubtful.Strength = "name", "probable"
	for name, c := range map[string]struct {
		matches []fact.Match
		want    string
	}{
		"not cleared":             {[]fact.Match{named}, "list/count hit, list/new hit"},
		"cleared":                 {[]fact.Match{named, cleared}, "list/count suppressed clearance, list/new suppressed clearance"},
		"resembles a cleared one": {[]fact.Match{named, alike}, "list/count hit, list/new hit"},
		"a doubtful clearance":    {[]fact.Match{named, doubtful}, "list/count hit, list/new hit"},
		"documents still count":   {[]fact.Match{named, document, cleared}, "document/listed hit, list/count hit, list/new suppressed clearance"},
		"protection still counts": {[]fact.Match{named, protect, cleared}, "list/count hit, list/new suppressed clearance, list/protect hit"},
	} {
		l := &fact.List{Matches: c.matches}
		l.Complete()
		v := s.NewEvaluator().Evaluate(&fact.Set{List: l})
		got, sep := "", ""
		for _, r := range v.Results {
			got, sep = got+sep+strings.TrimSpace(r.Rule+" "+string(r.Value)+" "+r.By), ", "
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
		k := v.Counts
		if k.Hit+k.NoHit+k.Suppressed+k.NotEvaluable+k.Errored+k.OutOfScope != k.Rules {
			t.Errorf("%s: counts %+v do not add up", name, k)
		}
	}
}

func TestScopeAndDates(t *testing.T) {
	s := one(t, "traveller.contacts == 0", "effective: {from: 2026-10-01, until: 2026-10-31}",
		"scope: {modes: [air], carriers: [ZX, QX], origins: [DXB], destinations: [SYD]}")
	e := s.NewEvaluator()
	leg := func(change func(*fact.Leg)) Counts {
		l := fact.Leg{Mode: "air", Carrier: "ZX", Origin: "DXB", Destination: "SYD", Departure: "2026-10-05"}
		change(&l)
		c := e.Evaluate(&fact.Set{Leg: &l, Traveller: &fact.Traveller{}}).Counts
		c.Rules = 0
		return c
	}
	hit, out, unknown := Counts{Hit: 1}, Counts{OutOfScope: 1}, Counts{NotEvaluable: 1}
	for name, tt := range map[string]struct {
		change func(*fact.Leg)
		want   Counts
	}{
		"inside":                      {func(*fact.Leg) {}, hit},
		"first day":                   {func(l *fact.Leg) { l.Departure = "2026-10-01" }, hit},
		"last day":                    {func(l *fact.Leg) { l.Departure = "2026-10-31" }, hit},
		"before":                      {func(l *fact.Leg) { l.Departure = "2026-09-30" }, out},
		"after":                       {func(l *fact.Leg) { l.Departure = "2026-11-01" }, out},
		"carrier":                     {func(l *fact.Leg) { l.Carrier = "AA" }, out},
		"origin":                      {func(l *fact.Leg) { l.Origin = "LHR" }, out},
		"destination":                 {func(l *fact.Leg) { l.Destination = "LHR" }, out},
		"mode":                        {func(l *fact.Leg) { l.Mode = "sea" }, out},
		"departure unknown":           {func(l *fact.Leg) { l.Departure = "" }, unknown},
		"carrier unknown":             {func(l *fact.Leg) { l.Carrier = "" }, unknown},
		"carrier unknown, other mode": {func(l *fact.Leg) { l.Carrier, l.Mode = "", "sea" }, out},
	} {
		if got := leg(tt.change); got != tt.want {
			t.Errorf("%s: got %+v, want %+v", name, got, tt.want)
		}
	}
	if c := e.Evaluate(&fact.Set{Traveller: &fact.Traveller{}}).Counts; c.NotEvaluable != 1 {
		t.Errorf("no leg: %+v", c)
	}
}

func TestLifeOfARule(t *testing.T) {
	state := func(from, to string, more ...string) []byte {
		return []byte(strings.Replace(string(ruleYAML("leg.border", more...)), from, to, 1))
	}
	s := mustParse(t, map[string][]byte{
		"document/shadow.yaml":  state("stable", "experimental", "force: no_board"),
		"document/going.yaml":   state("stable", "deprecated"),
		"document/retired.yaml": state("stable", "stable", "retired: 2026-10-01"),
	})
	v := s.NewEvaluator().Evaluate(&fact.Set{Leg: &fact.Leg{Border: true}})
	seen := map[string]string{"leg.border": "yes"}
	want := []Result{
		{Rule: "document/going", Value: Hit, Points: 10, Explain: "it hit", Seen: seen},
		{Rule: "document/shadow", Value: Hit, Shadow: true, Explain: "it hit", Seen: seen},
	}
	if diff := cmp.Diff(want, v.Results); diff != "" {
		t.Error(diff)
	}
	if s.Len() != 2 || len(s.Rules()) != 3 {
		t.Errorf("%d in use of %d", s.Len(), len(s.Rules()))
	}
	if only, ok := s.Only("document/retired"); !ok || len(only.NewEvaluator().Evaluate(&fact.Set{Leg: &fact.Leg{Border: true}}).Results) != 1 {
		t.Error("a retired rule cannot be tested any more")
	}
	if _, ok := s.Only("document/none"); ok {
		t.Error("found a rule that is not there")
	}
}

func TestSuppression(t *testing.T) {
	s := mustParse(t, map[string][]byte{
		"list/cleared.yaml": ruleYAML(`list.clear == "strong"`, "suppress: [list/weak]", "points: 0"),
		"list/known.yaml":   ruleYAML(`list.clear in ["strong", "probable"]`, "suppress: [list/weak]", "points: 0"),
		"list/weak.yaml":    ruleYAML(`list.refer == "probable"`, "force: refer"),
		"list/other.yaml":   ruleYAML(`list.refer != "none"`, "points: 5"),
	})
	v := s.NewEvaluator().Evaluate(&fact.Set{List: &fact.List{Clear: "strong", Refer: "probable"}})
	var got []string
	for _, r := range v.Results {
		got = append(got, r.Rule+" "+string(r.Value)+" "+r.By)
	}
	if diff := cmp.Diff([]string{"list/cleared hit ", "list/known hit ", "list/other hit ", "list/weak suppressed list/cleared"}, got); diff != "" {
		t.Error(diff)
	}
	if want := (Counts{Rules: 4, Hit: 3, Suppressed: 1}); v.Counts != want {
		t.Errorf("counts %+v, want %+v", v.Counts, want)
	}
}
