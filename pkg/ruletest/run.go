package ruletest

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"fairway/pkg/decision"
	"fairway/pkg/rule"
)

// Report is the outcome of a run.
type Report struct {
	Release  string
	Rules    int // rules loaded, retired ones included
	Files    int // test files
	Cases    int
	Failures rule.Findings // by file and line; a test file that is not understood is one too
}

// Check is what stands between rules and travellers, for a directory as for a release: every expectation beside the
// rules holds, and lint has nothing against them. The expectations run first, so that an author sees what a change did
// before what is wrong with how it is written.
func Check(files map[string][]byte) (Report, rule.Findings) {
	report, err := Run(files)
	findings, broken := err.(rule.Findings)
	if broken {
		return report, findings
	}
	if err != nil {
		return report, rule.Findings{{File: ".", Msg: err.Error()}}
	}
	return report, append(report.Failures, rule.Lint(files, Population())...)
}

// Run loads all rules among files, given by path, and runs all their tests. The error is that of [rule.Parse]; failed
// cases are in the report.
func Run(files map[string][]byte) (Report, error) {
	set, err := rule.Parse(files)
	if err != nil {
		return Report{}, err
	}
	r := &runner{set: set, evaluator: set.NewEvaluator()}
	r.report.Release, r.report.Rules = set.Release(), len(set.Rules())
	var names []string
	for name := range files {
		if rule.IsTest(name) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		r.file(name, string(files[name]))
	}
	return r.report, nil
}

type runner struct {
	set       *rule.Set
	evaluator *rule.Evaluator // of the whole set
	report    Report
	src       *rule.Source
}

func (r *runner) fail(at rule.Mark, format string, args ...any) {
	r.report.Failures = append(r.report.Failures, r.src.Finding(at, fmt.Sprintf(format, args...)))
}

func (r *runner) file(name, text string) {
	r.report.Files++
	r.src = &rule.Source{File: name, Text: strings.ReplaceAll(text, "\r\n", "\n")}
	var cases rule.Cases
	if findings := rule.Decode(r.src, &cases); len(findings) > 0 {
		r.report.Failures = append(r.report.Failures, findings...)
		return
	}
	id := rule.ID(name)
	only, ok := r.set.Only(id)
	if !ok {
		r.fail(rule.Mark{Line: 1, Column: 1}, "tests no rule: there is no %s.yaml", id)
		return
	}
	if len(cases.Cases) == 0 {
		r.fail(rule.Mark{Line: 1, Column: 1}, "no cases: add some under cases")
	}
	alone := only.NewEvaluator()
	names := map[string]bool{}
	for i := range cases.Cases {
		c := &cases.Cases[i]
		r.report.Cases++
		switch {
		case c.Name.Value == "":
			r.fail(c.At, "case without a name: say what it shows")
		case names[c.Name.Value]:
			r.fail(c.Name.Mark, "two cases are named %q: rename one", c.Name.Value)
		}
		names[c.Name.Value] = true
		r.run(id, c, alone)
	}
}

func (r *runner) run(id string, c *rule.Case, alone *rule.Evaluator) {
	if c.Facts.List != nil {
		c.Facts.List.Complete()
	}
	said := alone.Evaluate(&c.Facts)
	var whole rule.Evaluation
	if c.Set != nil || c.Expect.Value == string(rule.Suppressed) {
		whole = r.evaluator.Evaluate(&c.Facts)
	}
	if c.Expect.Value == string(rule.Suppressed) {
		said = whole
	}
	value, result := find(said, id)
	switch want := rule.Value(c.Expect.Value); want {
	case rule.Hit, rule.NoHit, rule.Suppressed, rule.NotEvaluable, rule.Errored:
		if value != want {
			because := seen(result)
			if value == rule.NotEvaluable {
				because = " without " + strings.Join(r.set.Missing(id, &c.Facts), ", ")
			}
			r.fail(c.Expect.Mark, "%s: expected %s, got %s%s", c.Name.Value, want, value, because)
		}
	default:
		at := c.Expect.Mark
		if at.Line == 0 {
			at = c.At
		}
		r.fail(at, "%s: expect one of hit, no_hit, suppressed, not_evaluable, error", c.Name.Value)
	}
	if c.Explain != nil && c.Explain.Value != result.Explain {
		r.fail(c.Explain.Mark, "%s: explanation is %q", c.Name.Value, result.Explain)
	}
	if c.Set != nil {
		r.whole(c, whole)
	}
}

// find returns what v says about rule id.
func find(v rule.Evaluation, id string) (rule.Value, rule.Result) {
	for _, r := range v.Results {
		if r.Rule == id {
			return r.Value, r
		}
	}
	for _, n := range v.NotEvaluable {
		if n == id {
			return rule.NotEvaluable, rule.Result{}
		}
	}
	return rule.NoHit, rule.Result{}
}

// seen shows the values a rule read, so that a failure can be understood without running anything.
func seen(r rule.Result) string {
	if r.Err != "" {
		return ": " + r.Err
	}
	if len(r.Seen) == 0 {
		return ""
	}
	parts := make([]string, 0, len(r.Seen))
	for name, value := range r.Seen {
		parts = append(parts, name+" = "+value)
	}
	sort.Strings(parts)
	return " on " + strings.Join(parts, ", ")
}

// whole compares what all rules decide with what the case says, at the default thresholds.
func (r *runner) whole(c *rule.Case, v rule.Evaluation) {
	want, d := c.Set, decision.Decide(&c.Facts, &v, decision.DefaultThresholds())
	differs := func(at rule.Mark, what, want, got string) {
		if at.Line == 0 {
			at = c.Set.At
		}
		r.fail(at, "%s: all rules together: expected %s %s, got %s", c.Name.Value, what, want, got)
	}
	if w := want.Outcome; w.Value != "" && w.Value != string(d.Outcome) {
		differs(w.Mark, "outcome", w.Value, string(d.Outcome))
	}
	if w := want.Reason; w.Value != "" && w.Value != d.Reason {
		differs(w.Mark, "reason", w.Value, d.Reason)
	}
	if want.Score != nil && *want.Score != d.Score {
		differs(rule.Mark{}, "score", strconv.Itoa(*want.Score), strconv.Itoa(d.Score))
	}
	if want.Protect != nil && *want.Protect != d.Protect {
		differs(rule.Mark{}, "protect", strconv.FormatBool(*want.Protect), strconv.FormatBool(d.Protect))
	}
	if want.Hits == nil {
		return
	}
	var wanted, got []string
	for _, h := range want.Hits {
		wanted = append(wanted, h.Value)
	}
	for _, res := range v.Results {
		if res.Value == rule.Hit {
			got = append(got, res.Rule)
		}
	}
	sort.Strings(wanted)
	if w, g := strings.Join(wanted, ", "), strings.Join(got, ", "); w != g {
		differs(rule.Mark{}, "hits", "["+w+"]", "["+g+"]")
	}
}
