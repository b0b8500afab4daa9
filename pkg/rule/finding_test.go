package rule

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairway/rules"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestFindings lints the files of each story and compares what an author would read with its file "want".
func TestFindings(t *testing.T) {
	stories, err := filepath.Glob("testdata/findings/*.txtar")
	if err != nil || len(stories) == 0 {
		t.Fatal("no stories", err)
	}
	for _, name := range stories {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string][]byte{}
			want := -1
			for i, f := range a.Files {
				if f.Name == "want" {
					want = i
					continue
				}
				files[f.Name] = f.Data
			}
			got := Lint(files, nil).Error() + "\n"
			if *update && want >= 0 {
				a.Files[want].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(a.Files[want].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestShippedRulesLint(t *testing.T) {
	files, err := Files(rules.FS())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Lint(files, nil) {
		t.Error(f)
	}
}
