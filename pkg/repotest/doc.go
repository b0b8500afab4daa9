// Package repotest holds the house rules that are checked by tests: who may import whom, that every package says what
// it is for, that pure packages stay pure, how long files and functions may be, and that shipped configuration loads.
//
// It has no code of its own.
package repotest
