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
		case !k.Weak:
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
	return matched/(matched+missingTraveller*rest) >= floor-0.001
}

// cost is about how many names token i leads to.
func (q *query) cost(i int) uint32 {
	if n := len(q.within[i]); n > 0 {
		return q.within[i][n-1]
	}
	return 0
}
