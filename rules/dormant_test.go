package rules_test

import (
	"os"
	"strings"
	"testing"

	"fairway/pkg/rule"
	"fairway/rules"
)

// TestDormantRulesAreTold keeps the README's list of rules that can never fire yet the one that the engine has.
func TestDormantRulesAreTold(t *testing.T) {
	files, err := rule.Files(rules.FS())
	if err != nil {
		t.Fatal(err)
	}
	set, err := rule.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "## Rules that cannot fire yet")
	section, _, _ = strings.Cut(section, "\n## ")
	dormant := set.Dormant()
	for _, d := range dormant {
		if !strings.Contains(section, "`"+d.Rule+"`") {
			t.Errorf("%s can never fire, and the README does not say so", d.Rule)
		}
	}
	if told := strings.Count(section, "/"); told != len(dormant) {
		t.Errorf("the README tells of %d rules, there are %d", told, len(dormant))
	}
}
