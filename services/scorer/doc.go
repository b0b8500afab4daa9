// Package scorer decides what each enriched traveller's facts lead to, by the rules in force.
//
// It guarantees that a rule set takes effect whole or not at all, between two batches, after every rule has compiled
// and every test beside the rules has passed; that a set which does not is refused and the old one stays; and that
// every decision carries the release it was made by.
package scorer
