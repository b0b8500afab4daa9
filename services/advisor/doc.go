// Package advisor turns scored travellers into advisories: it versions them, and tells an answer from a change.
//
// It guarantees that every scored traveller ends in exactly one current advisory: a decision seen again is
// the same advisory again, an older message is answered with what is in force, and a changed outcome goes out as
// unsolicited.
package advisor
