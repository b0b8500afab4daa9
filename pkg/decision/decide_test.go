package decision

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/rule"
	"fairway/pkg/rule/fact"
	"fairway/pkg/rule/fact/facttest"
	"fairway/pkg/travel"
)

// parse compiles rules of which only what matters to a decision is written.
func parse(t *testing.T, texts map[string]string) *rule.Set {
	t.Helper()
	files := map[string][]byte{}
	for name, text := range texts {
		files[name] = []byte("title: t\nwhy: w\nowner: o\nstatus: stable\nexplain: e\n" + text)
	}
	s, err := rule.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func decided(s *rule.Set, f *fact.Set) Decision {
	said := s.NewEvaluator().Evaluate(f)
	return Decide(f, &said, DefaultThresholds())
}

func TestDecide(t *testing.T) {
	denied := &fact.Set{Authorisation: &fact.Authorisation{Required: true, Found: true, Status: "denied"}}
	hit := func(points int, force travel.Outcome) rule.Result {
		return rule.Result{Rule: "a/b", Value: rule.Hit, Points: points, Force: force}
	}
	protect := rule.Result{Rule: "protection/p", Value: rule.Hit, Protect: true}
	tests := []struct {
		name    string
		results []rule.Result
		want    Decision
	}{
		{"nothing", nil, Decision{Outcome: travel.Board, Reason: reasonClean}},
		{"few points", []rule.Result{hit(39, "")}, Decision{Outcome: travel.Board, Score: 39, Reason: reasonClean}},
		{"refer", []rule.Result{hit(40, "")}, Decision{Outcome: travel.Refer, Score: 40, Reason: reasonPoints}},
		{"just below hold", []rule.Result{hit(69, "")}, Decision{Outcome: travel.Refer, Score: 69, Reason: reasonPoints}},
		{"hold", []rule.Result{hit(30, ""), hit(40, "")}, Decision{Outcome: travel.Hold, Score: 70, Reason: reasonPoints}},
		{"points never refuse", []rule.Result{hit(100, ""), hit(100, ""), hit(100, "")}, Decision{Outcome: travel.Hold, Score: 300, Reason: reasonPoints}},
		{"forced", []rule.Result{hit(0, travel.NoBoard)}, Decision{Outcome: travel.NoBoard, Reason: reasonForced, Rule: "a/b"}},
		{"the worst of two forced", []rule.Result{hit(0, travel.Refer), hit(0, travel.Insufficient)}, Decision{Outcome: travel.Insufficient, Reason: reasonForced, Rule: "a/b"}},
		{"forced refer, points for hold", []rule.Result{hit(80, travel.Refer)}, Decision{Outcome: travel.Hold, Score: 80, Reason: reasonPoints}},
		{"protection", []rule.Result{protect}, Decision{Outcome: travel.Refer, Reason: reasonProtection, Rule: "protection/p", Protect: true}},
		{"protection caps points", []rule.Result{hit(100, ""), protect}, Decision{Outcome: travel.Refer, Score: 100, Reason: reasonProtection, Rule: "protection/p", Protect: true}},
		{"evidence before protection", []rule.Result{hit(0, travel.NoBoard), protect}, Decision{Outcome: travel.NoBoard, Reason: reasonForced, Rule: "a/b", Protect: true}},
		{"suppressed counts for nothing", []rule.Result{{Value: rule.Suppressed, Points: 80, Force: travel.Refer}}, Decision{Outcome: travel.Board, Reason: reasonRedress}},
		{"suppressed, no difference", []rule.Result{{Value: rule.Suppressed, Points: 5}}, Decision{Outcome: travel.Board, Reason: reasonClean}},
		{"suppressed beside evidence", []rule.Result{{Value: rule.Suppressed, Points: 80}, hit(0, travel.NoBoard)}, Decision{Outcome: travel.NoBoard, Reason: reasonForced, Rule: "a/b"}},
		{"errors count for nothing", []rule.Result{{Value: rule.Errored, Points: 80}}, Decision{Outcome: travel.Board, Reason: reasonClean}},
		{"negative", []rule.Result{hit(-10, ""), hit(45, "")}, Decision{Outcome: travel.Board, Score: 35, Reason: reasonClean}},
		{"negative does not lift evidence", []rule.Result{hit(-100, ""), hit(0, travel.Hold)}, Decision{Outcome: travel.Hold, Score: -100, Reason: reasonForced, Rule: "a/b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			said := rule.Evaluation{Results: tt.results}
			tt.want.Evidence = byAuthorisation
			for _, r := range tt.results {
				if r.Value == rule.Suppressed {
					said.Counts.Suppressed++
				}
			}
			if diff := cmp.Diff(tt.want, Decide(denied, &said, DefaultThresholds())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNoBoardNeedsEvidence forces no_board by a rule on anything at all: what is not evidence is a hold and the rule's fault.
func TestNoBoardNeedsEvidence(t *testing.T) {
	s := parse(t, map[string]string{"list/hasty.yaml": "when: traveller.contacts == 0\nforce: no_board\npoints: 0\n"})
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
		d := decided(s, &c.facts)
		if d.Outcome != c.want || (len(d.Unfounded) == 1) != (c.want == travel.Hold) {
			t.Errorf("%s: got %+v", name, d)
		}
	}
}

// TestOrdinaryTravellerBoards is what the shipped rules are for: nearly everyone passes, with next to no points.
func TestOrdinaryTravellerBoards(t *testing.T) {
	ev := evaluator(t)
	pnrOnly, apiOnly := facttest.Traveller(), facttest.Traveller()
	pnrOnly.Message.Kind, pnrOnly.Traveller.Documents, pnrOnly.Traveller.Birth = "pnr", nil, ""
	apiOnly.Booking, apiOnly.HasHistory, apiOnly.Links = nil, false, nil
	for name, in := range map[string]*fact.Input{"both views": facttest.Traveller(), "API only": apiOnly, "PNR only": pnrOnly} {
		f := fact.Gather(in)
		said := ev.Evaluate(f)
		if d := Decide(f, &said, DefaultThresholds()); d.Outcome != travel.Board || d.Score > 5 || said.Counts.Errored > 0 {
			t.Errorf("%s: %+v by %+v", name, d, said.Results)
		}
	}
}

// TestRedress decides on people who are cleared, by a clearance and by a rule that suppresses another.
func TestRedress(t *testing.T) {
	s := parse(t, map[string]string{
		"list/new.yaml":        "when: 'any(list.matches, .action == \"no_board\" and .by == \"name\")'\nforce: hold\npoints: 0\n",
		"list/count.yaml":      "when: list.count >= 1\npoints: 50\n",
		"list/protect.yaml":    "when: list.protect != \"none\"\nprotect: true\npoints: 0\n",
		"list/weak.yaml":       "when: list.refer == \"probable\"\nforce: refer\npoints: 0\n",
		"list/cleared.yaml":    "when: list.clear == \"strong\"\nsuppress: [list/weak]\npoints: 0\n",
		"document/listed.yaml": "when: 'any(list.matches, .by == \"document\")'\nforce: no_board\npoints: 0\n",
	})
	named := fact.Match{Entry: "E", List: "l", Action: "no_board", By: "name", Strength: "strong"}
	document := fact.Match{Entry: "D", List: "l", Action: "no_board", By: "document", Strength: "strong", Reasons: []string{"document_exact", "no_name_on_entry"}}
	protect := fact.Match{Entry: "P", List: "l", Action: "protect", By: "name", Strength: "strong"}
	number := fact.Match{Entry: "R", List: "l", Action: "refer", By: "document", Strength: "probable", Reasons: []string{"document_number", "name_supports"}}
	cleared := fact.Match{Entry: "C", List: "redress", Action: "clear", By: "redress", Strength: "strong"}
	alike, doubtful := cleared, cleared
	alike.By, doubtful.Strength = "name", "probable"
	for name, c := range map[string]struct {
		matches []fact.Match
		want    string
	}{
		"not cleared":             {[]fact.Match{named}, "hold forced list/new"},
		"cleared":                 {[]fact.Match{named, cleared}, "board redress "},
		"resembles a cleared one": {[]fact.Match{named, alike}, "hold forced list/new"},
		"a doubtful clearance":    {[]fact.Match{named, doubtful}, "hold forced list/new"},
		"documents still count":   {[]fact.Match{named, document, cleared}, "no_board forced document/listed"},
		"protection still counts": {[]fact.Match{named, protect, cleared}, "refer redress list/protect"},
		"a rule suppressed":       {[]fact.Match{number, cleared}, "hold forced document/listed"},
	} {
		l := &fact.List{Matches: c.matches}
		l.Complete()
		d := decided(s, &fact.Set{List: l})
		if got := string(d.Outcome) + " " + d.Reason + " " + d.Rule; got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
	d := decided(s, &fact.Set{List: &fact.List{Clear: "strong", Refer: "probable", Count: 1, Matches: []fact.Match{}}})
	if d.Outcome != travel.Refer || d.Reason != reasonPoints || d.Score != 50 {
		t.Errorf("suppressed by a rule: %+v", d)
	}
	d = decided(s, &fact.Set{List: &fact.List{Clear: "strong", Refer: "probable", Matches: []fact.Match{}}})
	if d.Outcome != travel.Board || d.Reason != reasonRedress || d.Score != 0 {
		t.Errorf("suppressed by a rule, and nothing else: %+v", d)
	}
}

// TestWhateverIsSaidIsDecided gives rules' results of all kinds at random: there is always an outcome and a reason,
// and what principle 4 of DESIGN.md forbids never happens.
func TestWhateverIsSaidIsDecided(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	values := []rule.Value{rule.Hit, rule.Hit, rule.Suppressed, rule.Errored}
	forces := []travel.Outcome{"", "", travel.Refer, travel.Hold, travel.Insufficient, travel.NoBoard}
	denied := &fact.Set{Authorisation: &fact.Authorisation{Required: true, Found: true, Status: "denied"}}
	for range 5000 {
		var said rule.Evaluation
		refused, milder := false, false
		for range rnd.IntN(5) {
			r := rule.Result{Rule: "a/b", Value: values[rnd.IntN(len(values))], Points: rnd.IntN(201) - 100, Force: forces[rnd.IntN(len(forces))], Protect: rnd.IntN(6) == 0}
			said.Results = append(said.Results, r)
			if r.Value == rule.Suppressed {
				said.Counts.Suppressed++
			}
			refused = refused || r.Value == rule.Hit && r.Force == travel.NoBoard
			milder = milder || r.Value == rule.Hit && r.Force != ""
		}
		for _, f := range []*fact.Set{{}, denied} {
			d := Decide(f, &said, DefaultThresholds())
			switch {
			case !d.Outcome.Valid() || d.Reason == "":
				t.Fatalf("%+v of %+v", d, said)
			case (d.Outcome == travel.NoBoard) != (refused && f == denied):
				t.Fatalf("refused without evidence, or not with it: %+v of %+v", d, said)
			case d.Protect && !milder && d.Outcome != travel.Refer:
				t.Fatalf("points decide on somebody to be protected: %+v of %+v", d, said)
			case len(d.Unfounded) > 0 && f == denied:
				t.Fatalf("a founded refusal is held against its rule: %+v of %+v", d, said)
			}
		}
	}
}
