package paxlst

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryCodeIsDocumented: what a carrier can be told stands in the package comment.
func TestEveryCodeIsDocumented(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("*.go")
	more, _ := filepath.Glob("../edifact/*.go")
	call := regexp.MustCompile(`(?:\.find\(|\.findAt\(|\.say\(|Finding\(|Code: )"([a-z0-9_]+)"`)
	found := 0
	for _, file := range append(files, more...) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(text), -1) {
			found++
			if !regexp.MustCompile(`\b` + m[1] + `\b`).Match(doc) {
				t.Errorf("%s reports %s, which the package comment does not list", file, m[1])
			}
		}
	}
	if found < 40 {
		t.Errorf("found %d codes", found)
	}
}
