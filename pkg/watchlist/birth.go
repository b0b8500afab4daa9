package watchlist

import (
	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// Birth years outside these are unknown.
const (
	MinYear = 1850
	MaxYear = 2150
)

// birth is a birth date in one word: year<<16 | month<<8 | day, 0 for unknown, parts 0 where unknown.
type birth uint32

func newBirth(d travel.BirthDate) birth {
	y, m, day := d.Date().Parts()
	if y < MinYear || y > MaxYear {
		return 0
	}
	return birth(y<<16 | m<<8 | day)
}

func (b birth) year() int  { return int(b >> 16) }
func (b birth) month() int { return int(b >> 8 & 0xff) }
func (b birth) day() int   { return int(b & 0xff) }

// yearsApart is how far birth years may differ before names are not compared.
const yearsApart = 2

// likeness is what two birth dates say of each other.
type likeness uint8

const (
	birthNone likeness = iota
	birthExact
	birthSwapped // day and month swapped
	birthMonth   // year and month, or year and day
	birthYear    // year, where that is all that one side knows
	birthSame    // year only, though both are full
	birthNear    // a year off, the rest the same
	birthApart   // one or two years off
	birthOff     // year and month, or year and day, though both are full
	birthJanuary // year, and the list says 1 January though the traveller does not
)

func (b likeness) String() string {
	return [...]string{"none", "exact", "swapped", "month", "year", "year", "near", "near", "month", "year"}[b]
}

func (b likeness) chance() float32 {
	return [...]float32{0, -4.4, -4.0, -2.7, -1.8, -1.0, -1.5, 0.5, -2.7, -1.8}[b]
}

func (b likeness) reason() reasons {
	return [...]reasons{0, bornExact, bornSwapped, bornMonth, bornYear, bornYear, bornNear, bornNear, bornMonth, bornYear}[b]
}

// agrees reports whether both dates are known and neither says anything that the other denies: what a strong match
// needs. Typing errors are likely but not certain, so a near date is not enough.
func (b likeness) agrees() bool { return b == birthExact || b == birthMonth || b == birthYear }

// compareBirth returns what a list's birth date says about a traveller's, and the factor on similarity.
func compareBirth(list, traveller birth) (likeness, float32) {
	if list == 0 || traveller == 0 {
		return birthNone, 1
	}
	d := apart(list, traveller)
	lm, ld, tm, td := list.month(), list.day(), traveller.month(), traveller.day()
	switch {
	case d > yearsApart:
		return birthApart, 0
	case d > 0 && ld != 0 && lm == tm && ld == td && d == 1:
		return birthNear, 0.93
	case d == 1:
		return birthApart, 0.84
	case d == 2:
		return birthApart, 0.78
	case lm == 0 || tm == 0:
		return birthYear, 1
	case ld == 0 || td == 0:
		if lm == tm {
			return birthMonth, 1
		}
		return birthSame, 0.84
	case list == traveller:
		return birthExact, 1
	case lm == td && ld == tm:
		return birthSwapped, 0.98
	case lm == tm || ld == td:
		return birthOff, 0.92
	case lm == 1 && ld == 1: // 1 January often stands for "sometime that year"
		return birthJanuary, 0.95
	}
	return birthSame, 0.84
}

// contradicts reports whether two dates known to the day differ by more than one slip in typing: day and month
// swapped, one digit wrong, two neighbouring digits swapped, or the year before or after.
func contradicts(a, b birth) bool {
	if a.day() == 0 || b.day() == 0 || a == b || a.month() == b.day() && a.day() == b.month() && a.year() == b.year() {
		return false
	}
	if a.month() == b.month() && a.day() == b.day() && apart(a, b) == 1 {
		return false
	}
	x, y := a.digits(), b.digits()
	first, wrong := -1, 0
	for i := range x {
		if x[i] != y[i] {
			if wrong++; first < 0 {
				first = i
			}
		}
	}
	return wrong > 2 || wrong == 2 && (x[first] != y[first+1] || x[first+1] != y[first])
}

// digits returns a full date as YYYYMMDD; the last place is a guard for a neighbour that is not there.
func (b birth) digits() (d [9]byte) {
	n := b.year()*10000 + b.month()*100 + b.day()
	for i := 7; i >= 0; i-- {
		d[i] = byte(n % 10)
		n /= 10
	}
	return d
}

// Carrying: a passport has all the given names and often one surname, a list has other ones. Where birth dates are
// equal to the day, what the names have in common may be enough, however much one side has more: a match that is
// carried is probable even under the floor, and never strong for it.
const (
	carryChance = -4.0 // chance of a match that is carried

	carryWords = 2    // words that must agree
	fewNames   = 6.64 // log2 of 100
)

// carries reports whether the birth date carries the match: two words agree, exactly or nearly; the names, or surname
// and given names each, have nothing that contradicts; and it is not by chance.
func (v *view) carries(q *query, n *nameRecord, a *alignment, born likeness, chance float32) bool {
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
	return agree >= carryWords && chance <= carryChance && (whole.contains(q, n) || parts.containsEach(q, n))
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
