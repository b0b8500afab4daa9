// Package repotest holds the house rules that are checked by tests: who may import whom, that every package says what
// it is for, that pure packages stay pure, how long files and functions may be, and that shipped configuration loads.
//
// Its one function, [Linear], is how the tests of other packages hold that work is linear in the bytes of a body. Nothing
// but tests uses it.
package repotest
