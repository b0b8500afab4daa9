package rules_test

import (
	"testing"

	"fairway/pkg/rule"
	"fairway/pkg/ruletest"
	"fairway/rules"
)

// TestRules runs every case beside every rule.
func TestRules(t *testing.T) {
	files, err := rule.Files(rules.FS())
	if err != nil {
		t.Fatal(err)
	}
	report, err := ruletest.Run(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Failures) > 0 {
		t.Fatal(report.Failures)
	}
	t.Logf("release %s: %d rules, %d cases", report.Release, report.Rules, report.Cases)
}
