package watchlist

import (
	"bytes"
	"cmp"
	"slices"

	"fairway/pkg/watchlist/name"
)

// nearToken is a list token that resembles a token of the traveller.
type nearToken struct {
	id  uint32
	sim uint8
}

// Scratch is the working memory of one goroutine's queries. The zero value is ready; it grows to fit the index and
// keeps a cache of tokens looked up before. It must not be copied or shared.
type Scratch struct {
	ix     *Index
	tokens name.Tokens
	probe  name.Probe
	keys   []uint64
	query  query

	seenToken []uint32 // epoch of the token search that met a token
	tokenTurn uint32
	mark      []uint8 // name → tokens of the traveller it has, all 0 between queries
	touched   []uint32

	slot     []uint32 // token → row, true when rowToken[slot] is the token
	rowToken []uint32
	rows     [][name.MaxTokens]uint8 // similarity of a list token with each token of the traveller

	found   []nearToken
	cache   nearCache
	hits    []hit
	reasons map[reasons][]string
}

// ready makes the scratch fit v.
func (s *Scratch) ready(v *view) {
	if s.ix != v.ix {
		s.ix = v.ix
		s.cache.reset()
		s.seenToken = make([]uint32, v.ix.dict.len())
		s.mark = make([]uint8, len(v.ix.names))
		s.touched = s.touched[:0]
		s.tokenTurn = 0
		s.slot = make([]uint32, v.tokens())
	}
	if n := v.tokens(); n > len(s.slot) {
		s.slot = append(s.slot, make([]uint32, n-len(s.slot)+n/16)...)
	}
}

// turn starts a new epoch of marks.
func turn(marks []uint32, t *uint32) uint32 {
	*t++
	if *t == 0 {
		clear(marks)
		*t = 1
	}
	return *t
}

// near appends to dst the tokens of v that resemble token i of s.tokens, most alike first.
func (s *Scratch) near(dst []nearToken, v *view, i int) []nearToken {
	text, cut := s.tokens.Text(i), s.tokens.Token(i).Cut
	from := len(dst)
	cached, ok := s.cache.get(text, cut)
	if ok && len(v.added) == 0 {
		return append(dst, cached...)
	}
	s.probe.Set(text, cut)
	if ok {
		dst = append(dst, cached...)
	} else {
		s.found = s.search(s.found[:0], v.ix)
		sortNear(s.found)
		s.cache.put(text, cut, s.found)
		dst = append(dst, s.found...)
	}
	known := len(dst)
	for k := range v.added {
		w := &v.added[k].word
		if !s.probe.Cut() && len(w.Text) > 1 && !s.probe.MayResemble(w.TextMask, w.FoldMask) {
			continue
		}
		if sim := s.probe.Similarity(w); sim > 0 {
			dst = append(dst, nearToken{id: uint32(v.ix.dict.len() + k), sim: sim})
		}
	}
	if len(dst) > known {
		sortNear(dst[from:])
	}
	return dst
}

func sortNear(n []nearToken) {
	slices.SortFunc(n, func(a, b nearToken) int {
		if a.sim != b.sim {
			return cmp.Compare(b.sim, a.sim)
		}
		return cmp.Compare(a.id, b.id)
	})
}

// search finds the tokens of the dictionary that resemble the probe.
func (s *Scratch) search(dst []nearToken, ix *Index) []nearToken {
	d := &ix.dict
	if d.len() == 0 {
		return dst
	}
	epoch := turn(s.seenToken, &s.tokenTurn)
	try := func(id uint32) {
		if s.seenToken[id] == epoch {
			return
		}
		s.seenToken[id] = epoch
		w := d.word(id)
		if sim := s.probe.Similarity(&w); sim > 0 {
			dst = append(dst, nearToken{id: id, sim: sim})
		}
	}
	s.keys = s.probe.Keys(s.keys[:0])
	for _, k := range s.keys {
		for _, id := range d.keys.at(uint32(k & d.mask)) {
			if m := &d.masks[id]; s.probe.MayResemble(m[0], m[1]) {
				try(id)
			}
		}
	}
	text := s.probe.Text()
	if id := d.rank(text[:1]); id < d.len() && len(d.token(uint32(id))) == 1 {
		try(uint32(id))
	}
	if s.probe.Cut() {
		for id := d.rank(text); id < d.len() && bytes.HasPrefix(d.token(uint32(id)), text); id++ {
			try(uint32(id))
		}
	}
	return dst
}

// Sizes of the token cache: about 5 MB for each scratch when full.
const (
	cacheWays  = 4
	cacheSets  = 1 << 12
	cacheArena = 1 << 19
	cacheText  = 24
)

// nearCache remembers what tokens resemble, in sets of a few. It holds the text, so that two tokens never share an
// answer, whatever their hash.
type nearCache struct {
	sets  [][cacheWays]cacheSlot
	arena []nearToken
	turn  uint // which way of a full set goes next
}

type cacheSlot struct {
	text     [cacheText]byte
	n        uint8 // bytes of text, 0 for an empty slot
	cut      bool
	from, to uint32
}

func (c *nearCache) reset() {
	clear(c.sets)
	c.arena = c.arena[:0]
}

// set returns the set that a token belongs to, nil for a token that is not cached.
func (c *nearCache) set(text []byte, cut bool) *[cacheWays]cacheSlot {
	if len(text) == 0 || len(text) > cacheText {
		return nil
	}
	if c.sets == nil {
		c.sets = make([][cacheWays]cacheSlot, cacheSets)
		c.arena = make([]nearToken, 0, cacheArena)
	}
	h := uint64(14695981039346656037)
	for _, b := range text {
		h = (h ^ uint64(b)) * 1099511628211
	}
	if cut {
		h = ^h
	}
	return &c.sets[(h^h>>29)%cacheSets]
}

func (c *nearCache) get(text []byte, cut bool) ([]nearToken, bool) {
	set := c.set(text, cut)
	if set == nil {
		return nil, false
	}
	for i := range set {
		if s := &set[i]; int(s.n) == len(text) && s.cut == cut && string(s.text[:s.n]) == string(text) {
			return c.arena[s.from:s.to], true
		}
	}
	return nil, false
}

func (c *nearCache) put(text []byte, cut bool, near []nearToken) {
	set := c.set(text, cut)
	if set == nil || len(near) > cacheArena/16 {
		return
	}
	if len(c.arena)+len(near) > cacheArena {
		c.reset()
	}
	c.turn++
	s := &set[c.turn%cacheWays]
	for i := range set {
		if set[i].n == 0 {
			s = &set[i]
			break
		}
	}
	s.n, s.cut = uint8(copy(s.text[:], text)), cut
	s.from = uint32(len(c.arena))
	c.arena = append(c.arena, near...)
	s.to = uint32(len(c.arena))
}
