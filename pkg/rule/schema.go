package rule

import (
	"reflect"
	"strings"

	"fairway/pkg/rule/fact"
)

// maxPaths is how many facts a mask can hold.
const maxPaths = 256

// mask is a set of facts by their number in the schema.
type mask [maxPaths / 64]uint64

func (m *mask) add(i int)      { m[i/64] |= 1 << (i % 64) }
func (m *mask) has(i int) bool { return m[i/64]&(1<<(i%64)) != 0 }
func (m *mask) union(o mask) {
	for i := range m {
		m[i] |= o[i]
	}
}

// within reports whether every fact of m is in o.
func (m *mask) within(o *mask) bool {
	for i := range m {
		if m[i]&^o[i] != 0 {
			return false
		}
	}
	return true
}

// slot is one group (field -1) or one field of a group.
type slot struct {
	name     string
	group    int // field index in fact.Set
	field    int // field index in the group, -1 for the group itself
	typ      reflect.Type
	optional bool
	about    string
	values   []string // all it can be; nil when it is open
}

// schema numbers the groups and fields of [fact.Set].
type schema struct {
	paths  []slot
	index  map[string]int
	groups []int // number of each group's path, by field index in fact.Set
}

func newSchema() *schema {
	s := &schema{index: map[string]int{}}
	t := reflect.TypeFor[fact.Set]()
	for g := range t.NumField() {
		name := t.Field(g).Tag.Get("expr")
		typ := t.Field(g).Type.Elem()
		s.groups = append(s.groups, s.add(slot{name: name, group: g, field: -1, typ: typ}))
		for i := range typ.NumField() {
			f := typ.Field(i)
			kind := f.Type.Kind()
			s.add(slot{
				name: name + "." + f.Tag.Get("expr"), group: g, field: i, typ: f.Type, about: f.Tag.Get("about"), values: values(f),
				optional: kind == reflect.String || kind == reflect.Pointer || kind == reflect.Slice,
			})
		}
	}
	return s
}

// values is the closed vocabulary of a text field.
func values(f reflect.StructField) []string { return strings.Fields(f.Tag.Get("values")) }

func (s *schema) add(p slot) int {
	s.index[p.name] = len(s.paths)
	s.paths = append(s.paths, p)
	return len(s.paths) - 1
}

// names lists the groups, or the fields of one group without its prefix.
func (s *schema) names(group string) []string {
	var all []string
	for _, p := range s.paths {
		if group == "" && p.field < 0 {
			all = append(all, p.name)
		} else if rest, ok := strings.CutPrefix(p.name, group+"."); ok && group != "" {
			all = append(all, rest)
		}
	}
	return all
}

// element returns the type of the records or texts in the list at path i; ok is false when it is no list.
func (s *schema) element(i int) (reflect.Type, bool) {
	t := s.paths[i].typ
	if t.Kind() != reflect.Slice {
		return nil, false
	}
	return t.Elem(), true
}

// present marks what f holds of the facts in want.
func (s *schema) present(f *fact.Set, want *mask) mask {
	var m mask
	facts := reflect.ValueOf(f).Elem()
	for g, at := range s.groups {
		v := facts.Field(g)
		if v.IsNil() {
			continue
		}
		m.add(at)
		v = v.Elem()
		for i := at + 1; i <= at+v.NumField(); i++ {
			if want.has(i) && (!s.paths[i].optional || !v.Field(s.paths[i].field).IsZero()) {
				m.add(i)
			}
		}
	}
	return m
}

// value returns the value of path i in f, the zero Value when it is absent.
func (s *schema) value(f *fact.Set, i int) reflect.Value {
	p := &s.paths[i]
	v := reflect.ValueOf(f).Elem().Field(p.group)
	if p.field < 0 || v.IsNil() {
		return reflect.Value{}
	}
	v = v.Elem().Field(p.field)
	if p.optional && v.IsZero() {
		return reflect.Value{}
	}
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	return v
}
