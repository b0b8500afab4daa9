// Package rules holds the rules that Fairway ships: one file for each, family/name.yaml, with its tests beside it in
// family/name_test.yaml. README.md says how to write, test and retire one.
//
// It promises that what is shipped has passed lint and its own tests, as its own test holds. It is data: it checks nothing
// itself. Package rule loads and evaluates, package ruletest runs the tests.
package rules

import (
	"embed"
	"io/fs"
)

//go:embed */*.yaml
var files embed.FS

// FS returns the shipped rules with their tests.
func FS() fs.FS { return files }
