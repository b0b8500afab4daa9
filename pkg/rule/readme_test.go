package rule

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
)

// TestReadmeListsTheFacts keeps the table in rules/README.md the one that the code has; -update rewrites it.
func TestReadmeListsTheFacts(t *testing.T) {
	const name, begin, end = "../../rules/README.md", "<!-- facts -->\n", "<!-- /facts -->"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	have, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the facts", name)
	}
	want := table()
	if *update {
		if err := os.WriteFile(name, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if have != want {
		t.Errorf("%s lists other facts than there are: run go test ./pkg/rule -update", name)
	}
}

func table() string {
	var b strings.Builder
	b.WriteString("| fact | type | may be absent | what it is |\n|---|---|---|---|\n")
	for _, f := range fields() {
		absent := ""
		if f.Optional {
			absent = "yes"
		}
		about := f.About
		if len(f.Values) > 0 {
			about += " (" + strings.Join(f.Values, ", ") + ")"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", f.Path, f.Type, absent, about)
	}
	return b.String()
}

// field describes one fact for the README.
type field struct {
	Path     string // "booking.party"
	Type     string // text, number, yes/no, list of text, list of records
	Optional bool   // may be absent while its group is there
	About    string
	Values   []string // all a text can be; nil when it is open
}

// fields lists every fact that a rule may read, group by group.
func fields() []field {
	s := newSchema()
	var all []field
	for _, p := range s.paths {
		if p.field >= 0 {
			all = append(all, field{p.name, typeName(p.typ), p.optional, p.about, p.values})
		}
	}
	return all
}

func typeName(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Bool:
		return "yes/no"
	case reflect.Int, reflect.Float64:
		return "number"
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Struct {
			return "list of records"
		}
		return "list of text"
	}
	return "text"
}
