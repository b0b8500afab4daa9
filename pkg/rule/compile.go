package rule

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"fairway/pkg/rule/fact"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	exprfile "github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// The bounds of a condition. 100,000 nested parentheses make no node, so the source is bounded as well.
const (
	maxWhen  = 2000
	maxNodes = 300
	// maxMemory bounds what one run may allocate, in expr's units: facts are small, so this is never met honestly.
	maxMemory = 10_000
)

// compiled is a rule ready to run. It is read-only and shared by evaluators.
type compiled struct {
	Rule
	program  *vm.Program
	reads    []int // facts, by number
	need     mask
	want     mask // facts whose presence matters to this rule: read, asked for or explained
	explain  template
	suppress []string
	marks    []Mark // of suppress
	src      *Source
	when     Scalar
	limits   []limit // numbers that facts are compared with
	scoped   bool
}

func options(env map[string]any) []expr.Option {
	opts := []expr.Option{expr.Env(env), expr.AsBool(), expr.WarnOnAny(), expr.MaxNodes(maxNodes), expr.DisableAllBuiltins()}
	for _, name := range builtins {
		opts = append(opts, expr.EnableBuiltin(name))
	}
	return opts
}

// environment types what a condition may name; bind fills the same keys.
func environment() map[string]any {
	env := map[string]any{known: func(string) bool { return false }}
	t := reflect.TypeFor[fact.Set]()
	for i := range t.NumField() {
		env[t.Field(i).Tag.Get("expr")] = reflect.New(t.Field(i).Type.Elem()).Interface()
	}
	return env
}

// compile checks and compiles the condition and the explanation of rule. Findings are added to r.
func compile(r *reader, s *schema, f *file, rule Rule) *compiled {
	c := &compiled{Rule: rule, suppress: rule.Suppress, src: r.src, when: f.When}
	for _, s := range f.Suppress {
		c.marks = append(c.marks, s.Mark)
	}
	c.scoped = len(rule.Carriers)+len(rule.Origins)+len(rule.Destinations)+len(rule.Modes) > 0 || rule.From != "" || rule.Until != ""
	failWhen := func(from int, msg string) { r.fail(r.src.locate(f.When, from), msg) }
	c.explain = parseTemplate(s, f.Explain.Value, func(from int, msg string) { r.fail(r.src.locate(f.Explain, from), msg) })
	if f.When.Value == "" {
		return c
	}
	if len(f.When.Value) > maxWhen {
		failWhen(0, "condition is longer than 2,000 bytes: split it into several rules")
		return c
	}
	checked := check(s, f.When.Value, failWhen)
	if checked == nil {
		return c
	}
	source := f.When.Value
	if _, ok := checked.fact(checked.root); ok { // expr gives back a pointer for a yes/no fact that stands alone
		source += " == true"
	}
	program, err := expr.Compile(source, options(environment())...)
	if err != nil {
		from, msg := exprError(f.When.Value, err)
		failWhen(from, msg)
		return c
	}
	if from, ok := concatenation(program.Node()); ok {
		failWhen(from, "texts cannot be joined: compare them one by one")
	}
	if checked.reads == (mask{}) {
		failWhen(0, "reads no fact: it would always say the same")
	}
	c.program, c.need, c.limits = program, checked.need, checked.limits(checked.root)
	c.want = checked.reads
	for i := range s.paths {
		if checked.reads.has(i) && s.paths[i].field >= 0 {
			c.reads = append(c.reads, i)
			c.Reads = append(c.Reads, s.paths[i].name)
		}
	}
	for _, declared := range f.Reads {
		if i, ok := s.index[declared.Value]; !ok || !checked.reads.has(i) {
			r.fail(declared.Mark, "reads names "+declared.Value+", which the condition does not read: drop it")
		}
	}
	return c
}

// check parses source and walks it; nil means that findings were reported.
func check(s *schema, source string, fail func(int, string)) *checker {
	config := conf.CreateNew()
	for _, option := range options(environment()) {
		option(config)
	}
	// Builtins stay known to the parser so that a forbidden one is named as such.
	tree, err := parser.ParseWithConfig(source, config)
	if err != nil {
		from, msg := exprError(source, err)
		fail(from, msg)
		return nil
	}
	ok := true
	c := &checker{schema: s, fail: func(from int, msg string) { ok = false; fail(from, msg) }}
	c.root = tree.Node
	c.walk(tree.Node, mask{})
	if !ok {
		return nil
	}
	return c
}

// exprError returns where in source expr found what.
func exprError(source string, err error) (from int, msg string) {
	var e *exprfile.Error
	if !errors.As(err, &e) {
		return 0, strings.TrimSpace(err.Error())
	}
	line, col := 1, 0
	for _, r := range source {
		if line == e.Line && col == e.Column {
			break
		}
		from++
		if col++; r == '\n' {
			line, col = line+1, 0
		}
	}
	msg = e.Message
	switch {
	case strings.Contains(msg, "token EOF"):
		msg = "ends too early (in YAML a # after a space begins a comment: write such a condition below \"when: |\")"
	case strings.HasPrefix(msg, "expected bool"):
		msg += ": a condition is a yes or no, compare the value with something"
	}
	return min(from, utf8.RuneCountInString(source)), msg
}

// concatenation finds a + of two texts, which expr does not charge to the memory budget.
func concatenation(n ast.Node) (from int, found bool) {
	ast.Walk(&n, visit(func(n ast.Node) {
		if b, ok := n.(*ast.BinaryNode); ok && b.Operator == "+" && b.Type() != nil && b.Type().Kind() == reflect.String {
			from, found = b.Location().From, true
		}
	}))
	return from, found
}

type visit func(ast.Node)

// Visit implements ast.Visitor.
func (v visit) Visit(n *ast.Node) { v(*n) }

// only says which carriers, routes and dates c is limited to.
func (c *compiled) only() string {
	return fmt.Sprint(c.Carriers, c.Origins, c.Destinations, c.Modes, c.From, c.Until)
}
