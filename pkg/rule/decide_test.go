package rule

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/rule/fact"
	"fairway/pkg/rule/fact/facttest"
	"fairway/pkg/travel"
	"fairway/rules"
)

func TestDecide(t *testing.T) {
	hit := func(points int, force travel.Outcome) Result {
		return Result{Rule: "a/b", Value: Hit, Points: points, Force: force}
	}
	protect := Result{Rule: "protection/p", Value: Hit, Protect: true}
	tests := []struct {
		name    string
		results []Result
		want    Decision
	}{
		{"nothing", nil, Decision{Outcome: travel.Board, Reason: ReasonClean}},
		{"few points", []Result{hit(39, "")}, Decision{Outcome: travel.Board, Score: 39, Reason: ReasonClean}},
		{"refer", []Result{hit(40, "")}, Decision{Outcome: travel.Refer, Score: 40, Reason: ReasonPoints}},
		{"just below hold", []Result{hit(69, "")}, Decision{Outcome: travel.Refer, Score: 69, Reason: ReasonPoints}},
		{"hold", []Result{hit(30, ""), hit(40, "")}, Decision{Outcome: travel.Hold, Score: 70, Reason: ReasonPoints}},
		{"points never refuse", []Result{hit(100, ""), hit(100, ""), hit(100, "")}, Decision{Outcome: travel.Hold, Score: 300, Reason: ReasonPoints}},
		{"forced", []Result{hit(0, travel.NoBoard)}, Decision{Outcome: travel.NoBoard, Reason: ReasonForced, Rule: "a/b"}},
		{"the worst of two forced", []Result{hit(0, travel.Refer), hit(0, travel.Insufficient)}, Decision{Outcome: travel.Insufficient, Reason: ReasonForced, Rule: "a/b"}},
		{"forced refer, points for hold", []Result{hit(80, travel.Refer)}, Decision{Outcome: travel.Hold, Score: 80, Reason: ReasonPoints}},
		{"protection", []Result{protect}, Decision{Outcome: travel.Refer, Reason: ReasonProtection, Rule: "protection/p", Protect: true}},
		{"protection caps points", []Result{hit(100, ""), protect}, Decision{Outcome: travel.Refer, Score: 100, Reason: ReasonProtection, Rule: "protection/p", Protect: true}},
		{"evidence before protection", []Result{hit(0, travel.NoBoard), protect}, Decision{Outcome: travel.NoBoard, Reason: ReasonForced, Rule: "a/b", Protect: true}},
		{"suppressed counts for nothing", []Result{{Value: Suppressed, Points: 80, Force: travel.Refer}}, Decision{Outcome: travel.Board, Reason: ReasonRedress}},
		{"suppressed, no difference", []Result{{Value: Suppressed, Points: 5}}, Decision{Outcome: travel.Board, Reason: ReasonClean}},
		{"suppressed beside evidence", []Result{{Value: Suppressed, Points: 80}, hit(0, travel.NoBoard)}, Decision{Outcome: travel.NoBoard, Reason: ReasonForced, Rule: "a/b"}},
		{"errors count for nothing", []Result{{Value: Errored, Points: 80}}, Decision{Outcome: travel.Board, Reason: ReasonClean}},
		{"negative", []Result{hit(-10, ""), hit(45, "")}, Decision{Outcome: travel.Board, Score: 35, Reason: ReasonClean}},
		{"negative does not lift evidence", []Result{hit(-100, ""), hit(0, travel.Hold)}, Decision{Outcome: travel.Hold, Score: -100, Reason: ReasonForced, Rule: "a/b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := Verdict{Results: tt.results, Evidence: EvidenceDocument}
			for _, r := range tt.results {
				if r.Value == Suppressed {
					v.Counts.Suppressed++
				}
			}
			if diff := cmp.Diff(tt.want, Decide(v, DefaultThresholds())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNoBoardNeedsEvidence forces no_board by a rule on anything at all: what is not evidence is a hold and the rule's fault.
func TestNoBoardNeedsEvidence(t *testing.T) {
	s := mustParse(t, map[string][]byte{"list/hasty.yaml": ruleYAML(`traveller.contacts == 0`, "force: no_board", "points: 0")})
	document := func(reasons ...string) *fact.List {
		return &fact.List{Matches: []fact.Match{{Entry: "E", List: "l", Action: "no_board", By: "document", Strength: "strong", Reasons: reasons}}}
	}
	byName := &fact.List{Matches: []fact.Match{{Entry: "E", List: "l", Action: "no_board", By: "name", Strength: "strong", Reasons: []string{"name_exact", "birth_exact", "name_supports"}}}}
	weak, milder := document("document_exact", "name_supports"), document("document_exact", "name_supports")
	weak.Matches[0].Strength, milder.Matches[0].Action = "probable", "refer"
	for name, c := range map[string]struct {
		facts fact.Set
		want  travel.Outcome
	}{
		"nothing":                                {fact.Set{}, travel.Hold},
		"a name, however alike":                  {fact.Set{List: byName}, travel.Hold},
		"a document and its name":                {fact.Set{List: document("document_exact", "name_supports")}, travel.NoBoard},
		"a document listed without a name":       {fact.Set{List: document("document_exact", "no_name_on_entry")}, travel.NoBoard},
		"a document of another name":             {fact.Set{List: document("document_exact", "name_differs")}, travel.Hold},
		"a check digit glued on, and its name":   {fact.Set{List: document("document_check_digit", "name_supports")}, travel.NoBoard},
		"a check digit glued on, without a name": {fact.Set{List: document("document_check_digit", "no_name_on_entry")}, travel.Hold},
		"a number without its issuer":            {fact.Set{List: document("document_number", "name_supports")}, travel.Hold},
		"a document whose name nobody compared":  {fact.Set{List: document("document_exact")}, travel.Hold},
		"a document, less than strong":           {fact.Set{List: weak}, travel.Hold},
		"a document of an entry that asks less":  {fact.Set{List: milder}, travel.Hold},
		"an authorisation denied":                {fact.Set{Authorisation: &fact.Authorisation{Required: true, Found: true, Status: "denied"}}, travel.NoBoard},
		"an authorisation required, and none":    {fact.Set{Authorisation: &fact.Authorisation{Required: true, Status: "none"}}, travel.NoBoard},
		"an authorisation that has expired":      {fact.Set{Authorisation: &fact.Authorisation{Required: true, Found: true, Status: "expired"}}, travel.Hold},
		"an authorisation that nobody asked for": {fact.Set{Authorisation: &fact.Authorisation{Status: "denied", Found: true}}, travel.Hold},
		"a valid authorisation":                  {fact.Set{Authorisation: &fact.Authorisation{Required: true, Status: "valid", Found: true}}, travel.Hold},
	} {
		c.facts.Traveller = &fact.Traveller{}
		d := Decide(s.NewEvaluator().Evaluate(&c.facts), DefaultThresholds())
		if d.Outcome != c.want || (len(d.Unfounded) == 1) != (c.want == travel.Hold) {
			t.Errorf("%s: got %+v", name, d)
		}
	}
}

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
		"not cleared":             {[]fact.Match{named}, "hold: list/count hit, list/new hit"},
		"cleared":                 {[]fact.Match{named, cleared}, "board redress: list/count suppressed clearance, list/new suppressed clearance"},
		"resembles a cleared one": {[]fact.Match{named, alike}, "hold: list/count hit, list/new hit"},
		"a doubtful clearance":    {[]fact.Match{named, doubtful}, "hold: list/count hit, list/new hit"},
		"documents still count":   {[]fact.Match{named, document, cleared}, "no_board: document/listed hit, list/count hit, list/new suppressed clearance"},
		"protection still counts": {[]fact.Match{named, protect, cleared}, "refer redress: list/count hit, list/new suppressed clearance, list/protect hit"},
	} {
		l := &fact.List{Matches: c.matches}
		l.Complete()
		v := s.NewEvaluator().Evaluate(&fact.Set{List: l})
		d := Decide(v, DefaultThresholds())
		got := string(d.Outcome)
		if d.Reason == ReasonRedress {
			got += " redress"
		}
		sep := ": "
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
	if d := Decide(v, DefaultThresholds()); d.Outcome != travel.Board || d.Reason != ReasonRedress || d.Score != 5 {
		t.Errorf("decision %+v", d)
	}
}

// TestOrdinaryTravellerBoards is what the shipped rules are for: nearly everyone passes, with next to no points.
func TestOrdinaryTravellerBoards(t *testing.T) {
	s, err := Load(rules.FS())
	if err != nil {
		t.Fatal(err)
	}
	pnrOnly, apiOnly := facttest.Traveller(), facttest.Traveller()
	pnrOnly.Message.Kind, pnrOnly.Traveller.Documents, pnrOnly.Traveller.Birth = "pnr", nil, ""
	apiOnly.Booking, apiOnly.HasHistory, apiOnly.Links = nil, false, nil
	for name, in := range map[string]*fact.Input{"both views": facttest.Traveller(), "API only": apiOnly, "PNR only": pnrOnly} {
		v := s.NewEvaluator().Evaluate(fact.Gather(in))
		if d := Decide(v, DefaultThresholds()); d.Outcome != travel.Board || d.Score > 5 || v.Counts.Errored > 0 {
			t.Errorf("%s: %+v by %+v", name, d, v.Results)
		}
	}
}

func TestShippedRulesLint(t *testing.T) {
	for _, p := range Lint(rules.FS(), nil) {
		t.Error(p)
	}
}
