package rule

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"fairway/pkg/rule/fact"

	"github.com/expr-lang/expr/ast"
)

// protected are facts about who somebody is. A rule that counts against a traveller may not rest on them alone.
var protected = []string{"traveller.sex", "traveller.nationality", "traveller.birth_state", "traveller.residence"}

// nonStates are the ICAO 9303 issuer codes that are no State, so that comparing with them is not about nationality.
var nonStates = []string{"UTO", "WSA", "XOM", "XXA", "XXB", "XXC", "XXX", "UNO", "UNA", "UNK", "XBA", "XIM", "XCC", "XCE", "XCO", "XEC", "XPO", "XES", "XMP", "XDC", "XAA", "EUE", "IAO", "NTZ", "ZZZ"}

// Lint returns everything that stands against releasing these rules: all that keeps them from loading, and what
// only a reviewer would see. What a rule would do to a population of ordinary travellers is tried, not guessed; without
// one it is left out. Sorted by file and line; empty when there is nothing.
func Lint(files map[string][]byte, population []*fact.Set) Findings {
	set, err := Parse(files)
	if findings, ok := err.(Findings); ok {
		return findings
	}
	l := &linter{files: files, ids: map[string]bool{}, conditions: map[string]string{}}
	for _, c := range set.all {
		l.ids[c.ID] = true
		l.rule(set.schema, c)
		l.people(set, c, population)
	}
	var names []string
	for name := range files {
		if IsTest(name) && !l.ids[ID(name)] {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		l.findings = append(l.findings, Finding{File: name, Msg: "tests no rule: there is no " + ID(name) + ".yaml"})
	}
	return l.findings.sorted()
}

type linter struct {
	files      map[string][]byte
	ids        map[string]bool
	conditions map[string]string // normalised condition → rule
	findings   Findings
}

func (l *linter) fail(c *compiled, at Mark, msg string) {
	if at.Line == 0 {
		at = Mark{1, 1}
	}
	l.findings = append(l.findings, c.src.Finding(at, msg))
}

func (l *linter) rule(s *schema, c *compiled) {
	counts := c.Points > 0 || c.Force != ""
	if counts && c.FalsePositives == "" {
		l.fail(c, Mark{}, "no falsepositives: say which genuine travellers it may hit")
	}
	if c.Family == "route" && (c.From == "" || c.Until == "") {
		l.fail(c, Mark{}, "a route rule is an operation: give effective from and until")
	}
	if counts && l.onlyProtected(c) {
		l.fail(c, c.when.Mark, "rests on "+strings.Join(c.Reads, ", ")+" alone, which says who somebody is: add what they did or carry, or give 0 points")
	}
	condition := strings.Join(strings.Fields(c.When), " ") + c.only()
	if other, ok := l.conditions[condition]; ok {
		l.fail(c, c.when.Mark, "the same condition as "+other+": keep one")
	}
	l.conditions[condition] = c.ID
	l.tests(s, c)
}

// onlyProtected reports whether everything that c reads is a protected attribute, or an issuer compared with a State.
func (l *linter) onlyProtected(c *compiled) bool {
	for _, name := range c.Reads {
		issuer := name == "document.issuer" && namesState(c.program.Node())
		if !issuer && !slices.Contains(protected, name) {
			return false
		}
	}
	return len(c.Reads) > 0
}

// namesState reports whether a condition holds a constant that is the code of a State.
func namesState(n ast.Node) (found bool) {
	ast.Walk(&n, visit(func(n ast.Node) {
		switch n := n.(type) {
		case *ast.StringNode:
			found = found || isState(n.Value)
		case *ast.ConstantNode: // lists become sets
			if set, ok := n.Value.(map[string]struct{}); ok {
				for s := range set {
					found = found || isState(s)
				}
			}
		}
	}))
	return found
}

func isState(s string) bool {
	return len(s) == 3 && strings.ToUpper(s) == s && !slices.Contains(nonStates, s)
}

// tests checks that the tests of c say enough: hit, miss, missing fact, and every limit at its value.
func (l *linter) tests(s *schema, c *compiled) {
	name := stem(c.File) + "_test.yaml"
	text, ok := l.files[name]
	if !ok {
		name = stem(c.File) + "_test.yml"
		text, ok = l.files[name]
	}
	if !ok {
		l.fail(c, Mark{}, "no test: write "+stem(c.File)+"_test.yaml beside it")
		return
	}
	src := &Source{File: name, Text: normalise(text)}
	var cases Cases
	if findings := Decode(src, &cases); len(findings) > 0 {
		l.findings = append(l.findings, findings...)
		return
	}
	got := map[Value]int{}
	for _, k := range cases.Cases {
		got[Value(k.Expect.Value)]++
	}
	missing := func(msg string) { l.findings = append(l.findings, src.Finding(Mark{1, 1}, msg)) }
	if got[Hit]+got[Suppressed] == 0 {
		missing("no case that hits: add one")
	}
	if got[NoHit] == 0 {
		missing("no case that misses: add one")
	}
	if got[NotEvaluable] == 0 && c.need != (mask{}) {
		missing("no case with a fact missing (expect: not_evaluable): add one")
	}
	for _, b := range c.limits {
		if !atLimit(s, b, cases.Cases) {
			missing("no case at the boundary " + s.paths[b.fact].name + " = " + strconv.Itoa(b.value) + ": add one")
		}
	}
}

// limit is a number that a fact is compared with.
type limit struct {
	fact, value int
}

func atLimit(s *schema, b limit, cases []Case) bool {
	for i := range cases {
		if v := s.value(&cases[i].Facts, b.fact); v.IsValid() && v.CanInt() && v.Int() == int64(b.value) {
			return true
		}
	}
	return false
}

// limits lists the comparisons of a number fact with a constant.
func (c *checker) limits(n ast.Node) (all []limit) {
	ast.Walk(&n, visit(func(n ast.Node) {
		b, ok := n.(*ast.BinaryNode)
		if !ok || !strings.ContainsAny(b.Operator, "<>") {
			return
		}
		left, right := b.Left, b.Right
		if _, ok := c.fact(left); !ok {
			left, right = right, left
		}
		fact, ok := c.fact(left)
		value, ok2 := integer(right)
		if ok && ok2 {
			all = append(all, limit{fact, value})
		}
	}))
	return all
}

func integer(n ast.Node) (int, bool) {
	switch n := n.(type) {
	case *ast.IntegerNode:
		return n.Value, true
	case *ast.UnaryNode:
		v, ok := integer(n.Node)
		return -v, ok && n.Operator == "-"
	}
	return 0, false
}
