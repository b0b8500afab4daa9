package watchlist

import "fairway/pkg/watchlist/name"

// Carrying: a passport has all the given names and often one surname, a list has other ones. Where birth dates are
// equal to the day, what the names have in common may be enough, however much one side has more: a match that is
// carried is probable even under the floor, and never strong for it.
const (
	CarryChance = -4.0 // chance of a match that is carried

	carryWords = 2    // words that must agree
	fewNames   = 6.64 // log2 of 100
)

// carries reports whether the birth date carries the match: two words agree, exactly or nearly; the names, or surname
// and given names each, have nothing that contradicts; and it is not by chance.
func (v *view) carries(q *query, n *nameRecord, a *alignment, born evidence, chance float32) bool {
	if born != birthExact || n.surnameGlued() || q.joined && q.optional {
		return false
	}
	var whole, parts cover
	agree := 0
	for i := range q.n {
		k := a.list[i]
		switch sim := a.sim[i]; {
		case k < 0:
			continue
		case sim > 0 && sim < name.Initial: // half alike: neither covered nor a coincidence that counts
			chance += unmatchedChance - looseChance
			continue
		case sim > name.Initial && !v.isWeak(n.token[k]) && !v.isOptional(n.token[k]):
			agree++
		}
		whole.add(i, k)
		if r := q.role[i]; r == name.Surname && n.surname&(1<<k) != 0 || r == name.Given && n.given&(1<<k) != 0 {
			parts.add(i, k)
		}
	}
	// A list of a few names cannot show how rare a word is: there the words are held to be one in a hundred.
	chance -= perLog2 * carryWords * max(0, fewNames-q.log)
	return agree >= carryWords && chance <= CarryChance && (whole.contains(q, n) || parts.containsEach(q, n))
}

// cover is the words of the traveller and of the list name that have their like on the other side.
type cover struct{ shown, listed uint8 }

func (c *cover) add(shown int, listed int8) { c.shown, c.listed = c.shown|1<<shown, c.listed|1<<listed }

// contains reports whether all of the shorter name is in the longer one.
func (c *cover) contains(q *query, n *nameRecord) bool {
	return int(n.n) <= q.n && c.listed == 1<<n.n-1 || int(n.n) >= q.n && c.shown == 1<<q.n-1
}

// containsEach reports whether of the surnames and of the given names those of one side are all in the other's: both
// surnames and one given name against the first surname and all given names.
func (c *cover) containsEach(q *query, n *nameRecord) bool {
	var surname, given uint8
	for i := range q.n {
		switch q.role[i] {
		case name.Surname:
			surname |= 1 << i
		case name.Given:
			given |= 1 << i
		}
	}
	in := func(part, has uint8) bool { return part != 0 && part&^has == 0 }
	return surname|given == 1<<q.n-1 && n.surname|n.given == 1<<n.n-1 && // no word of which the part is not known
		(in(surname, c.shown) || in(n.surname, c.listed)) && (in(given, c.shown) || in(n.given, c.listed))
}
