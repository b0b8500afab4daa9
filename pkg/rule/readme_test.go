package rule

import (
	"fmt"
	"os"
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
	for _, f := range Fields() {
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
