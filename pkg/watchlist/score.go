package watchlist

import (
	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// What a match is found by.
const (
	byName     = "name"
	byDocument = "document"
	byRedress  = "redress"
)

// Thresholds of a match (matching.md 4.3). Chance is the decimal logarithm of the expected number of coincidences.
const (
	floor          = 0.70 // similarity under which nothing is reported, but what a birth date carries
	alertFloor     = 0.74 // similarity of strong and probable matches
	noBirthFloor   = 0.80 // the same where a birth date is not known
	noBirthChance  = -1.0 // added to probableChance where a birth date is not known
	strongChance   = -3.0
	probableChance = -1.0
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

// What a word adds to chance, and log10 of what log2 counts.
const (
	perLog2         = 0.30103
	unmatchedChance = 0.30103 // nothing is like it
	letterChance    = -1.3    // an initial
	looseChance     = -1.0    // half alike
)

var bands = [...]travel.Strength{travel.Strong, travel.Probable, travel.Possible}

// score is how one name matched.
type score struct {
	similarity float32
	chance     float32
	band       uint8 // index of bands
	born       likeness
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

// score compares the prepared query with one name; ok is false under the floor, unless the birth date carries it.
func (v *view) score(s *Scratch, n *nameRecord) (score, bool) {
	q := &s.query
	var a alignment
	if !a.fill(s, n) || a.glued(q, n) {
		return score{}, false
	}
	a.initials(v, q, n)
	born, factor := compareBirth(n.birth, q.born)
	if born == birthExact && !n.surnameGlued() && !(q.joined && q.optional) {
		a.garbled(v, s, n)
	}
	if a.pairs < 2 && q.n > 1 && n.n > 1 {
		return score{}, false // one word in common is not one name
	}
	got, of, missing, lacking := v.agreement(q, n, &a)
	a.short = lacking.all > lacking.optional
	similarity := alike(got, of, missing, lacking) * factor
	if similarity < floor && born != birthExact {
		return score{}, false
	}
	out := score{similarity: similarity, born: born, chance: v.chance(q, &a, born)}
	carried := similarity < alertFloor && v.carries(q, n, &a, born, out.chance)
	if similarity < floor && !carried {
		return score{}, false
	}
	out.why = a.reasons(q, n) | born.reason()
	switch out.band = band(similarity, out.chance, born); {
	case carried:
		out.band = 1
	case a.loose: // half of a word's letters differ: that may be an error, and somebody else
		out.band = max(out.band, 1)
	}
	if contradicts(n.birth, q.born) {
		out.why |= bornDiffers
	}
	return out, true
}

// agreement is what the paired words count, out of what they could, and what is missing from the list name and
// lacking in the traveller's.
func (v *view) agreement(q *query, n *nameRecord, a *alignment) (got, of float32, missing, lacking words) {
	for i := range q.n {
		k := a.list[i]
		switch {
		case k < 0:
			missing.add(q.weight[i], q.lack&(1<<i) != 0)
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
	spare := a.used != 1<<n.n-1 && v.solid(n)
	for k := range n.n {
		if a.used&(1<<k) == 0 {
			lacking.add(v.weight(n.token[k], q.log), spare && v.isOptional(n.token[k]))
		}
	}
	return got, of, missing, lacking
}

// words is what the words that match nothing count; those that the other name may lack also by themselves.
type words struct{ all, optional float32 }

func (w *words) add(weight float32, optional bool) {
	w.all += weight
	if optional {
		w.optional += weight
	}
}

// alike is the similarity of two names of which got out of a possible of agrees, and one side has words missing from
// the other, which are lacking in turn. To leave a name out is common, to have another is telling; to leave out an
// article is nothing.
func alike(got, of float32, missing, lacking words) float32 {
	if missing.optional > 0 && lacking.optional > 0 { // two surnames, of which the rarer says how much they differ
		most := max(missing.optional, lacking.optional)
		missing.add(most-missing.optional, true)
		lacking.add(most-lacking.optional, true)
	}
	both := min(missing.all, lacking.all)
	more, fewer := max(0, missing.all-both-missing.optional), max(0, lacking.all-both-lacking.optional)
	return got / (of + contradiction*both + missingTraveller*more + missingList*fewer)
}

// solid reports whether a list name has words enough without its optional ones.
func (v *view) solid(n *nameRecord) bool {
	solid := 0
	for k := range n.n {
		if id := n.token[k]; !v.isOptional(id) && !v.isWeak(id) {
			solid++
		}
	}
	return solid >= enoughSolid
}

// band is the place in bands. Strong needs birth dates on both sides that agree: two people of one name are common.
// Without a birth date the name must carry the match alone, and words of a name go together more often than chance
// supposes, so both limits are stricter.
func band(similarity, chance float32, born likeness) uint8 {
	lowest, stricter := float32(alertFloor), float32(0)
	if born == birthNone {
		lowest, stricter = noBirthFloor, noBirthChance
	}
	switch {
	case similarity >= lowest && chance <= strongChance && born.agrees():
		return 0
	case similarity >= lowest && chance <= probableChance+stricter:
		return 1
	}
	return 2
}

// chance is log10 of how many entries would match as well by coincidence (matching.md 3.4).
func (v *view) chance(q *query, a *alignment, born likeness) float32 {
	total := q.log * perLog2
	for i := range q.n {
		switch {
		case a.list[i] < 0:
			total += unmatchedChance
		case a.sim[i] == 0:
			total += letterChance
		case a.sim[i] < name.Initial:
			total += looseChance
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
