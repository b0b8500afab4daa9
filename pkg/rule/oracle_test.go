package rule

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/expr-lang/expr"

	"fairway/pkg/rule/fact"
	"fairway/rules"
)

// TestAgainstNaive evaluates every shipped rule on random facts twice: as the product does, and naively, with facts as
// nested maps of whatever is present, presence by looking for the names in the text of the condition, and a fresh
// untyped machine each time.
func TestAgainstNaive(t *testing.T) {
	s, err := load(rules.FS())
	if err != nil {
		t.Fatal(err)
	}
	e := s.NewEvaluator()
	words := constants(s)
	rnd := rand.New(rand.NewPCG(1, 2))
	seen := map[Value]int{}
	for range 400 {
		f := randomFacts(rnd, words)
		said := e.evaluate(f) // a clearance is tested by itself
		got := map[string]Value{}
		for _, r := range said.Results {
			got[r.Rule] = r.Value
		}
		for _, id := range said.NotEvaluable {
			got[id] = NotEvaluable
		}
		present := asMap(f)
		for _, c := range s.rules {
			if c.scoped {
				continue // tested by table
			}
			want, have := naive(t, c.When, present), got[c.ID]
			if have == "" {
				have = NoHit
			}
			if have == Suppressed {
				have = Hit
			}
			if have != want {
				t.Fatalf("%s: got %s, naive says %s\n%s\n%v", c.ID, have, want, c.When, present)
			}
			seen[want]++
		}
	}
	for _, v := range []Value{Hit, NoHit, NotEvaluable} {
		if seen[v] < 200 {
			t.Errorf("only %d of %s: the random facts show too little", seen[v], v)
		}
	}
}

var (
	guard  = regexp.MustCompile(`known\("([a-z_.]+)"\)`)
	name   = regexp.MustCompile(`\b[a-z]+\.[a-z_0-9]+`)
	quoted = regexp.MustCompile(`"[^"]*"`)
)

// naive holds for conditions that guard with "known(x) and …" or "not known(x)" only, as the shipped ones do.
func naive(t *testing.T, when string, present map[string]any) Value {
	guarded := map[string]bool{}
	for _, m := range guard.FindAllStringSubmatch(when, -1) {
		guarded[m[1]] = true
		group, _, _ := strings.Cut(m[1], ".")
		if m[1] == group {
			guarded[group] = true
		}
	}
	for _, n := range name.FindAllString(quoted.ReplaceAllString(guard.ReplaceAllString(when, "known"), `""`), -1) {
		if !guarded[n] && !has(present, n) {
			return NotEvaluable
		}
	}
	env := map[string]any{"known": func(n string) bool { return has(present, n) }}
	for k, v := range present {
		env[k] = v
	}
	out, err := expr.Eval(when, env)
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	if out.(bool) {
		return Hit
	}
	return NoHit
}

func has(present map[string]any, name string) bool {
	group, field, ok := strings.Cut(name, ".")
	g, there := present[group].(map[string]any)
	if !ok || !there {
		return there
	}
	_, there = g[field]
	return there
}

// asMap shows what is present in f as nested maps, by its own reading of what absent means.
func asMap(f *fact.Set) map[string]any {
	all := map[string]any{}
	v := reflect.ValueOf(f).Elem()
	for g := range v.NumField() {
		if v.Field(g).IsNil() {
			continue
		}
		fields, group := map[string]any{}, v.Field(g).Elem()
		for i := range group.NumField() {
			key, field := group.Type().Field(i).Tag.Get("expr"), group.Field(i)
			switch {
			case field.Kind() == reflect.Pointer && !field.IsNil():
				fields[key] = field.Elem().Interface()
			case field.Kind() == reflect.Slice && !field.IsNil():
				fields[key] = listOf(field)
			case field.Kind() == reflect.String && field.Len() > 0, field.Kind() == reflect.Bool, field.Kind() == reflect.Int:
				fields[key] = field.Interface()
			}
		}
		all[v.Type().Field(g).Tag.Get("expr")] = fields
	}
	return all
}

func listOf(v reflect.Value) []any {
	list := make([]any, v.Len())
	for i := range list {
		item := v.Index(i)
		if item.Kind() != reflect.Struct {
			list[i] = item.Interface()
			continue
		}
		m := map[string]any{}
		for j := range item.NumField() {
			m[item.Type().Field(j).Tag.Get("expr")] = item.Field(j).Interface()
		}
		list[i] = m
	}
	return list
}

// constants are the texts that the rules compare with, so that random facts meet them.
func constants(s *Set) []string {
	words := []string{"SWE", "AAA"}
	for _, c := range s.rules {
		for _, w := range quoted.FindAllString(c.When, -1) {
			words = append(words, strings.Trim(w, `"`))
		}
	}
	return words
}

func randomFacts(rnd *rand.Rand, words []string) *fact.Set {
	f := &fact.Set{}
	v := reflect.ValueOf(f).Elem()
	for g := range v.NumField() {
		if rnd.IntN(8) > 0 {
			v.Field(g).Set(reflect.New(v.Field(g).Type().Elem()))
			randomise(rnd, v.Field(g).Elem(), words)
		}
	}
	return f
}

func randomise(rnd *rand.Rand, v reflect.Value, words []string) {
	for i := range v.NumField() {
		f := v.Field(i)
		var vocabulary []string
		if vocabulary = values(v.Type().Field(i)); len(vocabulary) == 0 {
			vocabulary = words
		}
		switch f.Kind() {
		case reflect.Pointer:
			if rnd.IntN(8) > 0 {
				f.Set(reflect.New(f.Type().Elem()))
				scalar(rnd, f.Elem(), vocabulary)
			}
		case reflect.Slice:
			if n := rnd.IntN(5) - 1; n >= 0 {
				f.Set(reflect.MakeSlice(f.Type(), n, n))
				for j := range n {
					if f.Index(j).Kind() == reflect.Struct {
						randomise(rnd, f.Index(j), words)
					} else {
						scalar(rnd, f.Index(j), words)
					}
				}
			}
		default:
			scalar(rnd, f, vocabulary)
		}
	}
}

func scalar(rnd *rand.Rand, v reflect.Value, words []string) {
	switch v.Kind() {
	case reflect.String:
		if rnd.IntN(8) > 0 {
			v.SetString(words[rnd.IntN(len(words))])
		}
	case reflect.Bool:
		v.SetBool(rnd.IntN(2) == 0)
	case reflect.Int:
		v.SetInt(int64([]int{-1, 0, 1, 2, 3, 5, 8, 10, 15, 16, 17, 20, 23, 24, 30, 71, 72, 200}[rnd.IntN(18)]))
	case reflect.Float64:
		v.SetFloat(rnd.Float64())
	default:
		panic(fmt.Sprint("no random ", v.Kind(), strconv.Quote(v.Type().Name())))
	}
}
