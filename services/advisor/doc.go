// Package advisor turns scored travellers into advisories: it versions them, and tells an answer from a change.
//
// It guarantees that every scored traveller ends in exactly one current advisory: a decision seen again is not
// issued again, an older one never replaces a newer one, and a changed outcome goes out as unsolicited.
package advisor
