// Package advisor turns scored travellers into advisories: it versions them, and tells an answer from a change.
//
// It guarantees that every scored traveller ends in exactly one current advisory for the carrier that asked: a decision
// seen again is the same advisory again, an older message is answered with what is in force, another carrier's message
// changes nothing, and whatever differs from what that carrier was told last goes out as unsolicited.
//
// It decides nothing of its own: what was scored, and what officers confirmed, is what a carrier is told. It knows no keys and no
// rules.
package advisor
