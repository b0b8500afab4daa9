package watchlist

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
