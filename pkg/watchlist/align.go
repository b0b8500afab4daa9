package watchlist

import (
	"fairway/pkg/watchlist/name"
)

// alignment pairs tokens of a traveller with tokens of a list name.
type alignment struct {
	list  [name.MaxTokens]int8  // token of the list name, -1 for none
	sim   [name.MaxTokens]uint8 // 0 when paired as an initial of the traveller
	used  uint8                 // list tokens that are paired
	pairs int
	loose bool // a word is paired by [name.Loose]
	short bool // the list name has a word that the traveller's should have
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
			a.loose = true
		}
	}
}

// glued reports whether words run together on both sides are paired though they are not equal, and one of the words
// may be a surname of two letters. Then the words themselves say more: DO THI LAN is not LE THI LAN.
func (a *alignment) glued(q *query, n *nameRecord) bool {
	if !q.joined || !q.optional || !n.surnameGlued() {
		return false
	}
	for i := range q.n {
		if a.list[i] >= 0 && a.sim[i] > name.Initial && a.sim[i] != name.Exact {
			return true
		}
	}
	return false
}

func (a *alignment) reasons(q *query, n *nameRecord) reasons {
	var r reasons
	exact := true
	for i := range q.n {
		k := a.list[i]
		switch {
		case k < 0:
			if q.lack&(1<<i) == 0 {
				r |= namePartial
			}
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
	if a.short {
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
