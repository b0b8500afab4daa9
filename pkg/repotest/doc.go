// Package repotest holds the house rules that are checked by tests: who may import whom, that every package says what
// it is for, that pure packages stay pure, how long files and functions may be, and that shipped configuration loads.
//
// Its one function, [Linear], is how the tests of other packages hold that work is linear in the bytes of a body: it promises
// to compare in one run, because machines differ and are noisy. Nothing but tests uses it. Whether a comment is true it
// does not know.
package repotest
