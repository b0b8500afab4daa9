package rule

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
)

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

// template is an explanation cut into texts and the facts between them.
type template []piece

type piece struct {
	text string
	fact int // -1 for none
}

// parseTemplate reads "expired {{document.expiry}}"; ${document.expiry} means the same.
func parseTemplate(s *schema, text string, fail func(from int, msg string)) template {
	var t template
	rest, at := text, 0
	for {
		open, end, i := "{{", "}}", strings.Index(rest, "{{")
		if j := strings.Index(rest, "${"); j >= 0 && (i < 0 || j < i) {
			open, end, i = "${", "}", j
		}
		if i < 0 {
			return append(t, piece{rest, -1})
		}
		name, after, ok := strings.Cut(rest[i+len(open):], end)
		from := len([]rune(text[:at+i]))
		if !ok {
			fail(from, open+" without "+end+" in explain")
			return t
		}
		fact, known := s.index[strings.TrimSpace(name)]
		if !known || s.paths[fact].field < 0 {
			fail(from, "explain names no fact: "+strings.TrimSpace(name)+"; write {{group.field}}")
			return t
		}
		t = append(t, piece{rest[:i], fact})
		at += len(rest) - len(after)
		rest = after
	}
}
