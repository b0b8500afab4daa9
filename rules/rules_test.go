package rules_test

import (
	"testing"

	"fairway/pkg/rule/ruletest"
	"fairway/rules"
)

// TestRules runs every case beside every rule.
func TestRules(t *testing.T) {
	report, err := ruletest.Run(rules.FS())
	if err != nil {
		t.Fatal(err)
	}
	if !report.OK() {
		t.Fatal(report)
	}
	t.Log(report)
}
