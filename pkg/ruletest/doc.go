// Package ruletest runs the tests that lie beside rules: name_test.yaml beside name.yaml.
//
// A test states facts and what the rule says about them; a group or a field it leaves out is absent. It may also state
// the explanation, and what all rules of the release decide together. Authors run it by hand and in CI, and a scorer runs
// it before it swaps in a release: rules whose own examples fail do not go live.
//
// [Check] adds what lint says of the rules, which it lets try them on [Population], a thousand invented travellers.
//
// It promises that the same files give the same report. It reads no clock and keeps no state; whether tests are complete is [rule.Lint]'s
// business.
package ruletest
