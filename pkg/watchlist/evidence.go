package watchlist

import (
	"math/bits"
)

// yearsApart is how far birth years may differ before names are not compared.
const yearsApart = 2

// evidence is what two birth dates say.
type evidence uint8

const (
	birthNone evidence = iota
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

func (b evidence) String() string {
	return [...]string{"none", "exact", "swapped", "month", "year", "year", "near", "near", "month", "year"}[b]
}

func (b evidence) chance() float32 {
	return [...]float32{0, -4.4, -4.0, -2.7, -1.8, -1.0, -1.5, 0.5, -2.7, -1.8}[b]
}

func (b evidence) reason() reasons {
	return [...]reasons{0, bornExact, bornSwapped, bornMonth, bornYear, bornYear, bornNear, bornNear, bornMonth, bornYear}[b]
}

// agrees reports whether both dates are known and neither says anything that the other denies: what a strong match
// needs. Typing errors are likely but not certain, so a near date is not enough.
func (b evidence) agrees() bool { return b == birthExact || b == birthMonth || b == birthYear }

// compareBirth returns what a list's birth date says about a traveller's, and the factor on similarity.
func compareBirth(list, traveller birth) (evidence, float32) {
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

// reasons is a set of the closed vocabulary below.
type reasons uint32

const (
	nameExact reasons = 1 << iota
	nameClose
	namePartial
	nameSwapped
	nameInitial
	nameJoined
	nameAlias
	bornExact
	bornSwapped
	bornMonth
	bornYear
	bornNear
	nationalitySame
	nationalityDiffers
	bornDiffers
)

// reasonWords are the reasons in the order of their bits. They are part of the record: words are added, never changed.
var reasonWords = [...]string{
	"name_exact", "name_close", "name_partial", "name_order", "name_initial", "name_joined", "name_alias",
	"birth_exact", "birth_swapped", "birth_month", "birth_year", "birth_near", "nationality_same", "nationality_differs",
	"birth_differs",
}

// explain returns the words of r; each set is made once and shared, so it must not be changed.
func (s *Scratch) explain(r reasons) []string {
	if words, ok := s.reasons[r]; ok {
		return words
	}
	words := make([]string, 0, bits.OnesCount32(uint32(r)))
	for i, w := range reasonWords {
		if r&(1<<i) != 0 {
			words = append(words, w)
		}
	}
	if s.reasons == nil {
		s.reasons = make(map[reasons][]string)
	}
	s.reasons[r] = words
	return words
}
