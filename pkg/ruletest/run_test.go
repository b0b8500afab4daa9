package ruletest_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"fairway/pkg/ruletest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestStories runs the files of each story and compares what an author would read with its file "want".
func TestStories(t *testing.T) {
	stories, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(stories) == 0 {
		t.Fatal("no stories", err)
	}
	for _, name := range stories {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files, want := map[string][]byte{}, -1
			for i, f := range a.Files {
				if f.Name == "want" {
					want = i
				} else {
					files[f.Name] = f.Data
				}
			}
			report, err := ruletest.Run(files)
			got := printed(report) + "\n"
			if err != nil {
				got = "error: " + err.Error() + "\n"
			}
			if *update {
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

// printed is the failures, each with its position, and a last line with the counts.
func printed(r ruletest.Report) string {
	s := fmt.Sprintf("release %s: %d rules, %d test files, %d cases, %d failed", r.Release, r.Rules, r.Files, r.Cases, len(r.Failures))
	if len(r.Failures) == 0 {
		return s
	}
	return r.Failures.Error() + "\n" + s
}

// FuzzCases: whatever stands in a test file, the report accounts for it and nothing panics.
func FuzzCases(f *testing.F) {
	rule := []byte("title: t\nwhy: w\nowner: o\nstatus: stable\npoints: 5\nexplain: e {{leg.mode}}\nwhen: leg.border and leg.hour > 3\n")
	f.Add([]byte("cases:\n  - {name: a, facts: {leg: {border: true, hour: 4}}, expect: hit}\n"))
	f.Add([]byte("cases:\n  - name: a\n    facts: {list: {matches: [{list: x, strength: strong}]}}\n    expect: not_evaluable\n    set: {outcome: board, hits: []}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		report, err := ruletest.Run(map[string][]byte{"document/x.yaml": rule, "document/x_test.yaml": text})
		if err != nil {
			t.Fatal(err)
		}
		if report.Files != 1 || report.Cases == 0 && len(report.Failures) == 0 {
			t.Errorf("a file without cases passes: %+v", report)
		}
		_ = printed(report)
	})
}
