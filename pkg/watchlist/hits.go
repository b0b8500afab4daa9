package watchlist

import (
	"cmp"
	"math/bits"
	"slices"

	"fairway/pkg/travel"
)

// hit is one entry found, with its best name.
type hit struct {
	score
	entry *travel.ListEntry
	grave uint8 // of its action, 0 the gravest
	first bool  // the best of its action
}

// actions is how many values gravity has.
const actions = 5

// gravity orders actions by what it costs to overlook them. Nothing is known of an action that is not listed here,
// so it comes with the gravest.
func gravity(a travel.Action) uint8 {
	switch a {
	case travel.ActProtect:
		return 1
	case travel.ActRefer:
		return 2
	case travel.ActAlert:
		return 3
	case travel.ActClear:
		return 4
	}
	return 0
}

// better orders hits: band, then similarity, then chance, then name, so that the order is total.
func better(a, b *hit) int {
	if c := cmp.Compare(a.band, b.band); c != 0 {
		return c
	}
	if c := cmp.Compare(b.similarity, a.similarity); c != 0 {
		return c
	}
	if c := cmp.Compare(a.chance, b.chance); c != 0 {
		return c
	}
	return compareNames(a.entry, b.entry)
}

// weighNationality notes whether the nationalities, where both are known, are the same. A name that is only like one
// on the list and comes from another country is more likely a name of that country than a strong match.
func (sc *score) weighNationality(list, traveller travel.State) {
	switch {
	case list == "" || traveller == "":
	case list == traveller:
		sc.why |= nationalitySame
	default:
		sc.why |= nationalityDiffers
		if sc.why&nameExact == 0 {
			sc.band = max(sc.band, 1)
		}
	}
}

// consider scores one name and keeps its entry when it is among the best of its action: so many entries that ask for
// little can never push out one that asks for much, nor the other way round.
func (v *view) consider(s *Scratch, n *nameRecord, e *travel.ListEntry, on travel.Date) {
	sc, ok := v.score(s, n)
	if !ok || expired(e.ValidUntil, on) {
		return
	}
	sc.weighNationality(e.Nationality, s.query.nationality)
	h := hit{score: sc, entry: e, grave: gravity(e.Action)}
	worst, same := -1, 0
	for i := range s.hits {
		k := &s.hits[i]
		if k.entry == e {
			if c := better(&h, k); c < 0 || c == 0 && h.why < k.why { // of two alike the plainer, in whatever order they come
				*k = h
			}
			return
		}
		if k.grave != h.grave {
			continue
		}
		same++
		if worst < 0 || better(k, &s.hits[worst]) > 0 {
			worst = i
		}
	}
	switch {
	case same < maxMatches:
		s.hits = append(s.hits, h)
	case better(&h, &s.hits[worst]) < 0:
		s.hits[worst] = h
	}
}

// limit sorts the hits, best first, and cuts them to what one query gives: the best of each action, then the gravest.
func (s *Scratch) limit() {
	slices.SortFunc(s.hits, func(a, b hit) int { return better(&a, &b) })
	if len(s.hits) <= maxMatches {
		return
	}
	var met [actions]bool
	for i := range s.hits { // the best of each action goes before the gravest
		h := &s.hits[i]
		if !met[h.grave] {
			met[h.grave], h.first = true, true
		}
	}
	slices.SortStableFunc(s.hits, func(a, b hit) int {
		switch {
		case a.first != b.first && a.first:
			return -1
		case a.first != b.first:
			return 1
		}
		return cmp.Compare(a.grave, b.grave)
	})
	s.hits = s.hits[:maxMatches]
	slices.SortFunc(s.hits, func(a, b hit) int { return better(&a, &b) })
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
