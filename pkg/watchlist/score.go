package watchlist

import (
	"math/bits"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// What a match is found by.
const (
	ByName     = "name"
	ByDocument = "document"
	ByRedress  = "redress"
)

// Thresholds of a match (matching.md 4.3). Chance is the decimal logarithm of the expected number of coincidences.
const (
	Floor          = 0.70 // similarity under which nothing is reported
	AlertFloor     = 0.74 // similarity of strong and probable matches
	NoBirthFloor   = 0.80 // the same where a birth date is not known: the name must carry it alone
	StrongChance   = -3.0
	ProbableChance = -1.0
)

// Weights of a token (log2 of its rarity) and of what one side has and the other lacks.
const (
	minWeight        = 2
	maxWeight        = 16
	weakFactor       = 0.4
	initialWeight    = 4.7  // log2 of 26
	missingTraveller = 0.50 // the traveller has more words than the list name
	missingList      = 0.22 // the list name has more words than the traveller
	contradiction    = 1.40 // each has a word that the other lacks
)

var bands = [...]travel.Strength{travel.Strong, travel.Probable, travel.Possible}

// score is how one name matched.
type score struct {
	similarity float32
	chance     float32
	band       uint8 // index of bands
	born       evidence
	why        reasons
}

func clampWeight(w float32, weak bool) float32 {
	w = min(max(w, minWeight), maxWeight)
	if weak {
		w *= weakFactor
	}
	return w
}

// weight is what list token id counts; log is log2 of the number of names.
func (v *view) weight(id uint32, log float32) float32 {
	return clampWeight(log-v.rare[id], v.isWeak(id))
}

// alignment pairs tokens of a traveller with tokens of a list name.
type alignment struct {
	list  [name.MaxTokens]int8  // token of the list name, -1 for none
	sim   [name.MaxTokens]uint8 // 0 when paired as an initial of the traveller
	used  uint8                 // list tokens that are paired
	pairs int
}

// score compares the prepared query with one name; ok is false under the floor.
func (v *view) score(s *Scratch, n *nameRecord) (score, bool) {
	q := &s.query
	var a alignment
	if !a.fill(s, n) {
		return score{}, false
	}
	a.initials(v, q, n)
	born, factor := compareBirth(n.birth, q.born)
	if born == birthExact {
		a.garbled(v, s, n)
	}
	if a.pairs < 2 && q.n > 1 && n.n > 1 {
		return score{}, false // one word in common is not one name
	}
	got, of, missing, lacking := float32(0), float32(0), float32(0), float32(0)
	for i := range q.n {
		k := a.list[i]
		switch {
		case k < 0:
			missing += q.weight[i]
			continue
		case a.sim[i] == 0:
			got += 0.45 * q.weight[i]
			of += 0.5 * q.weight[i]
			continue
		}
		w := (q.weight[i] + v.weight(n.token[k], q.log)) / 2
		if a.sim[i] == name.Initial {
			got += 0.45 * w
			of += 0.5 * w
			continue
		}
		got += w * float32(a.sim[i]) / name.Exact
		of += w
	}
	for k := range n.n {
		if a.used&(1<<k) == 0 {
			lacking += v.weight(n.token[k], q.log)
		}
	}
	similarity := alike(got, of, missing, lacking) * factor
	if similarity < Floor {
		return score{}, false
	}
	out := score{similarity: similarity, born: born, why: a.reasons(q, n) | born.reason()}
	out.chance = v.chance(q, &a, born)
	out.band = band(similarity, out.chance, born)
	return out, true
}

// alike is the similarity of two names of which got out of a possible of agrees, and one side has words of weight
// missing, the other of weight lacking, that match nothing. To leave a name out is common, to have another is telling.
func alike(got, of, missing, lacking float32) float32 {
	both := min(missing, lacking)
	return got / (of + contradiction*both + missingTraveller*(missing-both) + missingList*(lacking-both))
}

func band(similarity, chance float32, born evidence) uint8 {
	floor := float32(AlertFloor)
	if born == birthNone {
		floor = NoBirthFloor
	}
	switch {
	case similarity >= floor && chance <= StrongChance:
		return 0
	case similarity >= floor && chance <= ProbableChance:
		return 1
	}
	return 2
}

// fill pairs the most alike tokens first. It reports whether any token that is more than a letter was paired.
func (a *alignment) fill(s *Scratch, n *nameRecord) bool {
	q := &s.query
	var pair [nameTokens * name.MaxTokens]uint32
	count := 0
	for k := range n.n {
		i := s.slot[n.token[k]]
		if int(i) >= len(s.rowToken) || s.rowToken[i] != n.token[k] {
			continue
		}
		row := &s.rows[i]
		for j := range q.n {
			if row[j] == 0 {
				continue
			}
			// Higher similarity first, then the order of the traveller's tokens, then that of the list's.
			p := uint32(row[j])<<16 | uint32(^uint8(j))<<8 | uint32(^k)
			at := count
			for at > 0 && pair[at-1] < p {
				pair[at] = pair[at-1]
				at--
			}
			pair[at] = p
			count++
		}
	}
	for i := range a.list {
		a.list[i] = -1
	}
	whole := false
	for _, p := range pair[:count] {
		j, k := ^uint8(p>>8), ^uint8(p)
		if a.list[j] >= 0 || a.used&(1<<k) != 0 {
			continue
		}
		a.list[j], a.sim[j] = int8(k), uint8(p>>16)
		a.used |= 1 << k
		a.pairs++
		whole = whole || q.initial[j] == 0
	}
	return whole
}

// initials pairs single letters of the traveller with list tokens that begin with them and are still free.
func (a *alignment) initials(v *view, q *query, n *nameRecord) {
	for i := range q.n {
		if q.initial[i] == 0 || a.list[i] >= 0 {
			continue
		}
		for k := range n.n {
			if a.used&(1<<k) == 0 && v.text(n.token[k])[0] == q.initial[i] {
				a.list[i], a.sim[i] = int8(k), 0
				a.used |= 1 << k
				a.pairs++
				break
			}
		}
	}
}

// garbled pairs what is left on both sides where it is at all alike: names with one birth date are few, so a word
// with two typing errors may count.
func (a *alignment) garbled(v *view, s *Scratch, n *nameRecord) {
	q := &s.query
	for i := range q.n {
		if a.list[i] >= 0 || q.initial[i] != 0 {
			continue
		}
		best, at := uint8(0), 0
		for k := range n.n {
			if a.used&(1<<k) != 0 {
				continue
			}
			if sim := name.Loose(s.tokens.Text(i), v.text(n.token[k])); sim > best {
				best, at = sim, int(k)
			}
		}
		if best > 0 {
			a.list[i], a.sim[i] = int8(at), best
			a.used |= 1 << at
			a.pairs++
		}
	}
}

// chance is log10 of how many entries would match as well by coincidence (matching.md 3.4).
func (v *view) chance(q *query, a *alignment, born evidence) float32 {
	const perLog2, unmatched, letter, loose = 0.30103, 0.30103, -1.3, -1.0
	total := q.log * perLog2
	for i := range q.n {
		switch {
		case a.list[i] < 0:
			total += unmatched
		case a.sim[i] == 0:
			total += letter
		case a.sim[i] < name.Initial:
			total += loose
		default:
			total += min(0, (log2(q.carriers(i, a.sim[i]))-q.log)*perLog2)
		}
	}
	return total + born.chance()
}

// carriers is how many names carry a token at least as close to token i as sim.
func (q *query) carriers(i int, sim uint8) uint32 {
	near := q.near[i]
	lo, hi := 0, len(near)
	for lo < hi {
		mid := (lo + hi) / 2
		if near[mid].sim >= sim {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return 1
	}
	return q.within[i][lo-1]
}

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
)

func (b evidence) String() string {
	return [...]string{"none", "exact", "swapped", "month", "year", "year", "near", "near"}[b]
}

func (b evidence) chance() float32 {
	return [...]float32{0, -4.4, -4.0, -2.7, -1.8, -1.0, -1.5, 0.5}[b]
}

func (b evidence) reason() reasons {
	return [...]reasons{0, bornExact, bornSwapped, bornMonth, bornYear, bornYear, bornNear, bornNear}[b]
}

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
		return birthApart, 0.88
	case d == 2:
		return birthApart, 0.80
	case lm == 0 || tm == 0:
		return birthYear, 1
	case ld == 0 || td == 0:
		if lm == tm {
			return birthMonth, 1
		}
		return birthSame, 0.88
	case list == traveller:
		return birthExact, 1
	case lm == td && ld == tm:
		return birthSwapped, 0.98
	case lm == tm || ld == td:
		return birthMonth, 0.95
	case lm == 1 && ld == 1: // 1 January often stands for "sometime that year"
		return birthYear, 0.95
	}
	return birthSame, 0.88
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
)

// reasonWords are the reasons in the order of their bits. They are part of the record: words are added, never changed.
var reasonWords = [...]string{
	"name_exact", "name_close", "name_partial", "name_order", "name_initial", "name_joined", "name_alias",
	"birth_exact", "birth_swapped", "birth_month", "birth_year", "birth_near", "nationality_same", "nationality_differs",
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

func (a *alignment) reasons(q *query, n *nameRecord) reasons {
	var r reasons
	exact := true
	for i := range q.n {
		k := a.list[i]
		switch {
		case k < 0:
			r |= namePartial
			continue
		case a.sim[i] == 0 || a.sim[i] == name.Initial:
			r |= nameInitial
		case a.sim[i] != name.Exact:
			exact = false
		}
		if q.role[i] == name.Surname && n.given&(1<<k) != 0 || q.role[i] == name.Given && n.surname&(1<<k) != 0 {
			r |= nameSwapped
		}
	}
	if a.pairs < int(n.n) {
		r |= namePartial
	}
	switch {
	case !exact:
		r |= nameClose
	case r&(namePartial|nameInitial) == 0:
		r |= nameExact
	}
	if n.flags&flagsJoined != 0 {
		r |= nameJoined
	}
	if n.flags&flagAlias != 0 {
		r |= nameAlias
	}
	return r
}
