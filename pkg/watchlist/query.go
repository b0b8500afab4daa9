package watchlist

import (
	"cmp"
	"slices"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// query is one traveller's name against one view.
type query struct {
	n           int
	joined      bool // words were run together
	optional    bool // the name has a word that a name may lack
	born        birth
	nationality travel.State
	initial     [name.MaxTokens]byte // the letter, for a token of one letter
	role        [name.MaxTokens]name.Role
	weight      [name.MaxTokens]float32   // what it counts when it matches nothing
	rest        [name.MaxTokens]float32   // the least it costs then: nothing when a name may lack it
	lack        uint8                     // tokens that a name may lack
	most        [name.MaxTokens]float32   // the most it can count when it matches
	probe       [name.MaxTokens]bool      // look up names by this token
	open        uint8                     // tokens whose marks are not known: they may match
	enough      [1 << name.MaxTokens]bool // by marks: may such a name reach the floor?
	near        [name.MaxTokens][]nearToken
	within      [name.MaxTokens][]uint32 // names that carry near[i][0…k] or anything as close
	log         float32                  // log2 of the number of names
	arena       []nearToken
	counts      []uint32
}

// prepare looks up the tokens of s.tokens.
func (s *Scratch) prepare(v *view) {
	q := &s.query
	q.n, q.log = s.tokens.Len(), log2(uint32(v.groups))
	q.arena, q.counts = q.arena[:0], q.counts[:0]
	s.rowToken, s.rows = s.rowToken[:0], s.rows[:0]
	var from [name.MaxTokens + 1]int
	for i := range q.n {
		k := s.tokens.Token(i)
		q.role[i], q.initial[i] = k.Role, 0
		if text := s.tokens.Text(i); len(text) == 1 {
			q.initial[i] = text[0]
		}
		q.arena = s.near(q.arena, v, i)
		from[i+1] = len(q.arena)
	}
	for i := range q.n {
		q.near[i] = q.arena[from[i]:from[i+1]]
		q.weigh(v, i, s.tokens.Token(i).Weak)
		q.rest[i] = q.weight[i]
		for _, near := range q.near[i] {
			s.row(near.id)[i] = near.sim
		}
	}
	for i := range q.n {
		q.within[i] = q.counts[from[i]:from[i+1]]
	}
	q.mayLack(&s.tokens)
}

// mayLack finds the tokens that a list name may lack, which cost nothing: optional ones, where two others carry the name.
func (q *query) mayLack(t *name.Tokens) {
	solid := 0
	q.lack = 0
	for i := range q.n {
		switch k := t.Token(i); {
		case name.Optional(t.Text(i)):
			q.lack |= 1 << i
		case !k.Weak && q.initial[i] == 0:
			solid++
		}
	}
	if solid < enoughSolid {
		q.lack = 0
	}
	for i := range q.n {
		if q.lack&(1<<i) != 0 {
			q.rest[i] = 0
		}
	}
}

// enoughSolid is how many words of their own carry a name without an optional one.
const enoughSolid = 2

// row returns the similarities of a list token, all 0 when it is new.
func (s *Scratch) row(id uint32) *[name.MaxTokens]uint8 {
	if i := s.slot[id]; int(i) < len(s.rowToken) && s.rowToken[i] == id {
		return &s.rows[i]
	}
	s.slot[id] = uint32(len(s.rowToken))
	s.rowToken = append(s.rowToken, id)
	s.rows = append(s.rows, [name.MaxTokens]uint8{})
	return &s.rows[len(s.rows)-1]
}

// weigh counts the names that carry what token i resembles, and from that what the token is worth.
func (q *query) weigh(v *view, i int, weak bool) {
	near := q.near[i]
	total, most := uint32(0), float32(0)
	for _, n := range near {
		total += v.df[n.id]
		q.counts = append(q.counts, total)
		if v.df[n.id] > 0 {
			most = max(most, v.weight(n.id, q.log))
		}
	}
	for k := len(near) - 2; k >= 0; k-- { // tokens equally close count together
		if near[k].sim == near[k+1].sim {
			at := len(q.counts) - len(near) + k
			q.counts[at] = q.counts[at+1]
		}
	}
	q.weight[i] = clampWeight(q.log-log2(total), weak)
	if q.initial[i] != 0 {
		q.weight[i] = min(q.weight[i], initialWeight)
	}
	q.most[i] = max(q.weight[i], (q.weight[i]+most)/2)
}

// plan chooses the tokens to look up names by. The costliest are left out while a name that matches nothing else
// cannot reach the floor (the prefix filter): then it need not be found through them. Initials are never looked up.
func (q *query) plan() bool {
	var order [name.MaxTokens]int
	free, rest := float32(0), float32(0)
	n := 0
	for i := range q.n {
		q.probe[i] = q.initial[i] == 0
		if !q.probe[i] {
			free += q.most[i]
			continue
		}
		rest += q.rest[i]
		order[n] = i
		n++
	}
	slices.SortFunc(order[:n], func(a, b int) int { return cmp.Compare(q.cost(b), q.cost(a)) })
	for _, i := range order[:n] {
		f, r := free+q.most[i], rest-q.rest[i]
		if !reaches(f, r) {
			free, rest = f, r
			q.probe[i] = false
		}
	}
	q.open = 0
	for m := range 1 << q.n {
		f, r := float32(0), float32(0)
		for i := range q.n {
			if m&(1<<i) != 0 {
				f += q.most[i]
			} else {
				r += q.rest[i]
			}
		}
		q.enough[m] = reaches(f, r)
	}
	return n > 0
}

// reaches reports whether a name may reach the floor when tokens that count up to matched agree with it and tokens
// that count rest do not. The margin is for rounding.
func reaches(matched, rest float32) bool {
	return matched/(matched+missingTraveller*rest) >= Floor-0.001
}

// cost is about how many names token i leads to.
func (q *query) cost(i int) uint32 {
	if n := len(q.within[i]); n > 0 {
		return q.within[i][n-1]
	}
	return 0
}

// gather marks, for each name in the range of birth years, the tokens of the traveller that it has something like.
// Names are met through the tokens chosen by plan; the others only add to the marks of those, and only where that is
// cheaper than scoring them: the tokens that were left out are q.open.
func (v *view) gather(s *Scratch) {
	q := &s.query
	w := window{hi: uint32(len(v.ix.names))}
	if q.born != 0 {
		w.unknown = v.ix.years[0]
		w.lo, w.hi = v.ix.span(q.born.year()-yearsApart, q.born.year()+yearsApart)
	}
	for i := range q.n {
		if q.probe[i] {
			s.touch(v, q.near[i], w, 1<<i)
		}
	}
	for i := range q.n {
		switch {
		case q.probe[i]:
		case q.initial[i] != 0 || int(q.cost(i)) > worthMarking*len(s.touched):
			q.open |= 1 << i
		default:
			s.deepen(v, q.near[i], w, 1<<i)
		}
	}
}

// worthMarking is how many postings cost as much to read as one name does to score.
const worthMarking = 64

// window is the names to look at: those below unknown, and those from lo to hi.
type window struct{ unknown, lo, hi uint32 }

// in returns the parts of ascending ids that are in the window. Of a short list it may return more: see has.
func (w window) in(ids []uint32) (unknown, known []uint32) {
	if len(ids) <= shortList {
		return nil, ids
	}
	if w.unknown > 0 {
		unknown = ids[:countBelow(ids, w.unknown)]
	}
	from := countBelow(ids, w.lo)
	return unknown, ids[from : from+countBelow(ids[from:], w.hi)]
}

// shortList is the longest list that is read through rather than searched.
const shortList = 12

func (w window) has(id uint32) bool { return id < w.unknown || id >= w.lo && id < w.hi }

func (s *Scratch) touch(v *view, near []nearToken, w window, bit uint8) {
	for _, n := range near {
		if int(n.id) >= v.ix.dict.len() {
			continue
		}
		unknown, known := w.in(v.ix.postings.at(n.id))
		for _, ids := range [2][]uint32{unknown, known} {
			for _, id := range ids {
				if !w.has(id) {
					continue
				}
				if s.mark[id] == 0 {
					s.touched = append(s.touched, id)
				}
				s.mark[id] |= bit
			}
		}
	}
}

func (s *Scratch) deepen(v *view, near []nearToken, w window, bit uint8) {
	for _, n := range near {
		if int(n.id) >= v.ix.dict.len() {
			continue
		}
		unknown, known := w.in(v.ix.postings.at(n.id))
		for _, ids := range [2][]uint32{unknown, known} {
			for _, id := range ids {
				if m := s.mark[id]; m != 0 {
					s.mark[id] = m | bit
				}
			}
		}
	}
}

// countBelow is how many of the ascending ids are below limit.
func countBelow(ids []uint32, limit uint32) int {
	lo, hi := 0, len(ids)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if ids[mid] < limit {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
