package rule

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
)

var (
	// builtins are all functions a condition may call, besides known.
	builtins  = []string{"any", "all", "none", "one", "count", "len", "abs"}
	operators = []string{"and", "&&", "or", "||", "not", "!", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*",
		"in", "contains", "startsWith", "endsWith", "matches"}
	// nameless are facts that authors ask for and that are left out on purpose.
	nameless = map[string]string{
		"traveller.surname": "names are not facts", "traveller.given": "names are not facts", "traveller.name": "names are not facts",
		"traveller.removed": "removed sensitive elements are not facts", "document.number": "document numbers are not facts",
		"booking.remarks": "free text is not a fact", "booking.services": "services may show health or belief and are not facts",
	}
)

const known = "known"

// checker walks the syntax tree of a condition before it is compiled. It refuses whatever could run long, throw or be
// silently false, resolves every fact that is read, and works out which of them must be present for it to run.
type checker struct {
	schema *schema
	root   ast.Node
	fail   func(from int, msg string) // from is a rune offset in the condition
	reads  mask                       // facts read or asked for
	need   mask                       // facts read without a known() in front
	elem   []reflect.Type             // element type of the loop we are in, if any
}

// walk checks n, given that the facts in sure are present whenever it runs.
func (c *checker) walk(n ast.Node, sure mask) {
	switch n := n.(type) {
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.StringNode:
	case *ast.IdentifierNode:
		c.identifier(n)
	case *ast.MemberNode:
		c.member(n, sure)
	case *ast.PointerNode:
		if n.Name != "" {
			c.fail(n.Location().From, "#"+n.Name+" is not allowed: use # or .field")
		}
	case *ast.UnaryNode:
		c.operator(n.Operator, n)
		c.walk(n.Node, sure)
	case *ast.BinaryNode:
		c.binary(n, sure)
	case *ast.ConditionalNode:
		c.walk(n.Cond, sure)
		c.walk(n.Exp1, plus(sure, c.implied(n.Cond, true)))
		c.walk(n.Exp2, plus(sure, c.implied(n.Cond, false)))
	case *ast.ArrayNode:
		for _, item := range n.Nodes {
			if !constant(item) {
				c.fail(item.Location().From, "only constants in a list: [\"a\", \"b\"]")
			}
		}
	case *ast.BuiltinNode:
		c.builtin(n, sure)
	case *ast.CallNode:
		c.call(n)
	case *ast.NilNode:
		c.fail(n.Location().From, "nil is not a value here: ask known(\"group.field\") instead")
	case *ast.ChainNode:
		c.fail(n.Location().From, "?. is not allowed: ask known(\"group.field\") first")
	case *ast.VariableDeclaratorNode, *ast.SequenceNode:
		c.fail(n.Location().From, "variables are not allowed: write the expression out")
	default:
		c.fail(n.Location().From, "not allowed in a condition: compare facts with and, or, not, in, matches")
	}
}

func (c *checker) operator(op string, n ast.Node) {
	switch {
	case slices.Contains(operators, op):
	case op == "..":
		c.fail(n.Location().From, "ranges are not allowed: compare with >= and <=")
	case op == "??":
		c.fail(n.Location().From, "?? is not allowed: ask known(\"group.field\") first")
	case op == "/" || op == "%":
		c.fail(n.Location().From, op+" is not allowed (dividing by zero is silently true): multiply the other side")
	default:
		c.fail(n.Location().From, "operator "+op+" is not allowed")
	}
}

func (c *checker) binary(n *ast.BinaryNode, sure mask) {
	c.operator(n.Operator, n)
	if n.Operator == "matches" {
		if _, ok := n.Right.(*ast.StringNode); !ok {
			c.fail(n.Right.Location().From, "the pattern of matches must be a constant text")
		}
	}
	c.vocabulary(n)
	c.walk(n.Left, sure)
	switch n.Operator {
	case "and", "&&":
		sure = plus(sure, c.implied(n.Left, true))
	case "or", "||":
		sure = plus(sure, c.implied(n.Left, false))
	}
	c.walk(n.Right, sure)
}

// vocabulary refuses to compare a fact of a closed vocabulary with a text that it can never be: a silent non-match.
func (c *checker) vocabulary(n *ast.BinaryNode) {
	if n.Operator != "==" && n.Operator != "!=" && n.Operator != "in" {
		return
	}
	left, right := n.Left, n.Right
	if _, ok := left.(*ast.StringNode); ok && n.Operator != "in" {
		left, right = right, left
	}
	name, all := c.valuesOf(left)
	if len(all) == 0 {
		return
	}
	texts := []ast.Node{right}
	if list, ok := right.(*ast.ArrayNode); ok {
		texts = list.Nodes
	}
	for _, t := range texts {
		if s, ok := t.(*ast.StringNode); ok && !slices.Contains(all, s.Value) {
			c.fail(s.Location().From, name+" is never "+strconv.Quote(s.Value)+": one of "+strings.Join(all, ", "))
		}
	}
}

// valuesOf returns the vocabulary of a fact, or of a field of the record a loop is at.
func (c *checker) valuesOf(n ast.Node) (name string, all []string) {
	if i, ok := c.fact(n); ok {
		return c.schema.paths[i].name, c.schema.paths[i].values
	}
	m, ok := n.(*ast.MemberNode)
	if !ok || len(c.elem) == 0 || c.elem[0] == nil || c.elem[0].Kind() != reflect.Struct {
		return "", nil
	}
	field, ok := m.Property.(*ast.StringNode)
	if _, loop := m.Node.(*ast.PointerNode); !ok || !loop {
		return "", nil
	}
	if i, ok := fieldByKey(c.elem[0], field.Value); ok {
		return "." + field.Value, values(c.elem[0].Field(i))
	}
	return "", nil
}

// implied returns the facts that are certainly present when n comes out as truth.
func (c *checker) implied(n ast.Node, truth bool) (m mask) {
	switch n := n.(type) {
	case *ast.UnaryNode:
		if n.Operator == "not" || n.Operator == "!" {
			return c.implied(n.Node, !truth)
		}
	case *ast.BinaryNode:
		and, or := n.Operator == "and" || n.Operator == "&&", n.Operator == "or" || n.Operator == "||"
		if and && truth || or && !truth {
			return plus(c.implied(n.Left, truth), c.implied(n.Right, truth))
		}
	case *ast.CallNode:
		if i, ok := c.known(n); ok && truth {
			m.add(i)
			m.add(c.schema.groups[c.schema.paths[i].group])
		}
	}
	return m
}

// known returns the fact that a call of known asks for.
func (c *checker) known(n *ast.CallNode) (int, bool) {
	if id, ok := n.Callee.(*ast.IdentifierNode); !ok || id.Value != known || len(n.Arguments) != 1 {
		return 0, false
	}
	s, ok := n.Arguments[0].(*ast.StringNode)
	if !ok {
		return 0, false
	}
	i, ok := c.schema.index[s.Value]
	return i, ok
}

func (c *checker) call(n *ast.CallNode) {
	if id, ok := n.Callee.(*ast.IdentifierNode); !ok || id.Value != known {
		name := "this"
		if ok {
			name = id.Value
		}
		c.fail(n.Location().From, name+" is no function here; there are known, "+strings.Join(builtins, ", "))
		return
	}
	i, ok := c.known(n)
	if !ok {
		c.fail(n.Location().From, "known takes the constant name of one fact or group: known(\"booking.party\")")
		return
	}
	c.reads.add(i)
}

func (c *checker) builtin(n *ast.BuiltinNode, sure mask) {
	if !slices.Contains(builtins, n.Name) {
		c.fail(n.Location().From, n.Name+" is no function here; there are known, "+strings.Join(builtins, ", "))
		return
	}
	if n.Name == "count" && len(n.Arguments) < 2 { // without a condition it fails on anything but a list of yes and no
		c.fail(n.Location().From, "count needs a condition: count(list.matches, .strength == \"strong\"); for all of them use len")
		return
	}
	for i, arg := range n.Arguments {
		p, ok := arg.(*ast.PredicateNode)
		if !ok {
			c.walk(arg, sure)
			continue
		}
		if len(c.elem) > 0 {
			c.fail(n.Location().From, "a loop inside a loop is not allowed: ask for an aggregate fact instead")
			return
		}
		if i == 0 {
			c.fail(n.Location().From, "a loop needs a list fact: "+n.Name+"(list.matches, .strength == \"strong\")")
			return
		}
		c.elem = append(c.elem, c.elementOf(n.Arguments[0], n.Name))
		c.walk(p.Node, sure)
		c.elem = c.elem[:0]
	}
}

// elementOf returns the type of what the list fact n holds, nil when n is none.
func (c *checker) elementOf(n ast.Node, loop string) reflect.Type {
	if i, ok := c.fact(n); ok {
		if t, ok := c.schema.element(i); ok {
			return t
		}
	}
	c.fail(n.Location().From, loop+" goes over a list fact such as list.matches, document.all, booking.ports")
	return nil
}

func constant(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode:
		return true
	case *ast.UnaryNode:
		return n.Operator == "-" && constant(n.Node)
	}
	return false
}

func plus(a, b mask) mask {
	a.union(b)
	return a
}

func (c *checker) identifier(n *ast.IdentifierNode) {
	if _, ok := c.schema.index[n.Value]; ok {
		c.fail(n.Location().From, n.Value+" is a group: name one of its facts, "+n.Value+"."+c.schema.names(n.Value)[0])
		return
	}
	c.fail(n.Location().From, "unknown name "+n.Value+didYouMean(n.Value, c.schema.names("")))
}

// fact resolves group.field without reporting anything.
func (c *checker) fact(n ast.Node) (int, bool) {
	m, ok := n.(*ast.MemberNode)
	if !ok {
		return 0, false
	}
	group, ok := m.Node.(*ast.IdentifierNode)
	field, ok2 := m.Property.(*ast.StringNode)
	if !ok || !ok2 {
		return 0, false
	}
	i, ok := c.schema.index[group.Value+"."+field.Value]
	return i, ok
}

func (c *checker) member(n *ast.MemberNode, sure mask) {
	field, ok := n.Property.(*ast.StringNode)
	if !ok || n.Optional {
		c.fail(n.Location().From, "write facts as group.field; items of a list are reached with any(list, …)")
		return
	}
	switch base := n.Node.(type) {
	case *ast.PointerNode:
		c.element(n, field.Value)
	case *ast.IdentifierNode:
		i, ok := c.schema.index[base.Value+"."+field.Value]
		if !ok {
			c.unknown(n, base, field.Value)
			return
		}
		c.read(i, sure)
	default:
		c.fail(n.Location().From, "facts have two parts, group.field")
	}
}

func (c *checker) unknown(n *ast.MemberNode, base *ast.IdentifierNode, field string) {
	name := base.Value + "." + field
	if why, ok := nameless[name]; ok {
		c.fail(base.Location().From, why+": "+name+" cannot be read; see rules/README.md")
		return
	}
	group, ok := c.schema.index[base.Value]
	if !ok || c.schema.paths[group].field >= 0 {
		c.identifier(base)
		return
	}
	c.fail(n.Location().From, "unknown fact "+name+didYouMean(field, c.schema.names(base.Value)))
}

func (c *checker) read(i int, sure mask) {
	c.reads.add(i)
	p := &c.schema.paths[i]
	if group := c.schema.groups[p.group]; !sure.has(group) {
		c.need.add(group)
	}
	if p.optional && !sure.has(i) {
		c.need.add(i)
	}
}

// element checks .field of the record that a loop is at.
func (c *checker) element(n *ast.MemberNode, field string) {
	if len(c.elem) == 0 || c.elem[0] == nil {
		return
	}
	t := c.elem[0]
	if t.Kind() != reflect.Struct {
		c.fail(n.Location().From, "this list holds texts: compare # itself")
		return
	}
	if _, ok := fieldByKey(t, field); !ok {
		c.fail(n.Location().From, "unknown field "+strconv.Quote(field)+didYouMean(field, keys(t)))
	}
}
