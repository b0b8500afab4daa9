package watchlist

import (
	"cmp"
	"slices"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// tokenIDs gives each token an id.
type tokenIDs interface {
	id(token []byte, weak bool) uint32
}

// builder numbers tokens in the order they are met.
type builder struct {
	ids   map[string]uint32
	texts []string
	weak  []bool
	names []nameRecord
}

func newBuilder(entries int) *builder {
	return &builder{ids: make(map[string]uint32, entries), names: make([]nameRecord, 0, entries+entries/2)}
}

func (b *builder) id(token []byte, weak bool) uint32 {
	if id, ok := b.ids[string(token)]; ok {
		return id
	}
	s, id := string(token), uint32(len(b.texts))
	b.ids[s] = id
	b.texts = append(b.texts, s)
	b.weak = append(b.weak, weak)
	return id
}

// appendNames appends the records of every name of e: each name in its forms of transliteration, and each of these
// again with its given names joined, then its surname too.
func appendNames(dst []nameRecord, e *travel.ListEntry, entry uint32, ids tokenIDs) []nameRecord {
	var t name.Tokens
	from, born := len(dst), newBirth(e.Birth)
	keep := func(flags uint8) {
		if t.Len() == 0 {
			return
		}
		r := newRecord(&t, ids)
		r.entry, r.birth, r.flags = entry, born, flags
		for i := from; i < len(dst); i++ {
			if dst[i].token == r.token {
				return
			}
		}
		dst = append(dst, r)
	}
	add := func(flags uint8) {
		for i := range t.Len() {
			if name.Optional(t.Text(i)) {
				flags |= flagOptional
			}
		}
		keep(flags)
		if _, ok := t.JoinGiven(); ok {
			keep(flags | flagGivenJoined)
		}
		if _, ok := t.JoinSurname(); ok {
			keep(flags | flagSurnameJoined)
		}
	}
	for form := name.ICAO; form <= name.Plain; form++ {
		t.ParseParts(string(e.Surname), string(e.Given), form)
		add(0)
		for _, other := range e.OtherNames {
			t.ParseWhole(string(other), form)
			add(flagAlias)
		}
		if ascii(e) {
			break
		}
	}
	return dst
}

func ascii(e *travel.ListEntry) bool {
	return name.ASCII(string(e.Surname)) && name.ASCII(string(e.Given)) &&
		!slices.ContainsFunc(e.OtherNames, func(n travel.Name) bool { return !name.ASCII(string(n)) })
}

// newRecord holds the tokens of t; of more than fit, weak and optional ones are left out first.
func newRecord(t *name.Tokens, ids tokenIDs) nameRecord {
	var r nameRecord
	spare := max(0, t.Len()-nameTokens)
	for i := range t.Len() {
		k := t.Token(i)
		if spare > 0 && (k.Weak || name.Optional(t.Text(i))) {
			spare--
			continue
		}
		if r.n == nameTokens {
			break
		}
		switch k.Role {
		case name.Given:
			r.given |= 1 << r.n
		case name.Surname:
			r.surname |= 1 << r.n
		}
		r.token[r.n] = ids.id(t.Text(i), k.Weak) + 1 // 0 is no token, so that equal names compare equal
		r.n++
	}
	return r
}

// finish sorts the tokens and the names, and makes every list.
func (b *builder) finish(ix *Index) {
	b.renumber(ix)
	slices.SortStableFunc(b.names, func(a, b nameRecord) int { return cmp.Compare(a.birth, b.birth) })
	ix.names = slices.Clip(b.names)
	i := 0
	for y := range ix.years {
		for i < len(ix.names) && ix.names[i].birth.year() < MinYear+y {
			i++
		}
		ix.years[y] = uint32(i)
	}
	b.count(ix)
	ix.dict.makeKeys()
}

// renumber gives tokens their alphabetical rank and copies them to the dictionary.
func (b *builder) renumber(ix *Index) {
	order := make([]uint32, len(b.texts))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(x, y uint32) int { return cmp.Compare(b.texts[x], b.texts[y]) })
	rank, size := make([]uint32, len(order)), 0
	for r, old := range order {
		rank[old] = uint32(r)
		size += len(b.texts[old])
	}
	d := &ix.dict
	d.text, d.start = make([]byte, 0, size), make([]uint32, 0, len(order)+1)
	d.weak, d.optional, d.df = make([]bool, len(order)), make([]bool, len(order)), make([]uint32, len(order))
	for r, old := range order {
		d.start = append(d.start, uint32(len(d.text)))
		d.text = append(d.text, b.texts[old]...)
		d.weak[r], d.optional[r] = b.weak[old], name.Optional([]byte(b.texts[old]))
	}
	d.start = append(d.start, uint32(len(d.text)))
	d.makeFolds()
	for i := range b.names {
		n := &b.names[i]
		for k := range n.n {
			n.token[k] = rank[n.token[k]-1]
		}
	}
}

// count fills the postings and the token frequencies.
func (b *builder) count(ix *Index) {
	tokens := ix.dict.len()
	p := &ix.postings
	p.start = make([]uint32, tokens+1)
	for i := range ix.names {
		n := &ix.names[i]
		eachToken(n, func(id uint32) { p.start[id+1]++ })
		eachCounted(n, func(id uint32) { ix.dict.df[id]++ })
		if n.flags&flagsJoined == 0 {
			ix.groups++
		}
	}
	for i := range tokens {
		p.start[i+1] += p.start[i]
	}
	ix.mono = make([]uint64, (len(ix.names)+63)/64)
	for i := range ix.names {
		if ix.names[i].n == 1 {
			ix.mono[i>>6] |= 1 << (i & 63)
		}
	}
	p.ids = make([]uint32, p.start[tokens])
	next := slices.Clone(p.start)
	for i := range ix.names {
		eachToken(&ix.names[i], func(id uint32) {
			p.ids[next[id]] = uint32(i)
			next[id]++
		})
	}
	ix.dict.rare = make([]float32, tokens)
	for i, n := range ix.dict.df {
		ix.dict.rare[i] = log2(n)
	}
}

// eachToken calls f once for each distinct token of n.
func eachToken(n *nameRecord, f func(id uint32)) {
	for k := range n.n {
		if !slices.Contains(n.token[:k], n.token[k]) {
			f(n.token[k])
		}
	}
}

// eachCounted calls f for the tokens that count towards frequency: of a joined form only the joined token, because
// the others are counted with the name it was made from.
func eachCounted(n *nameRecord, f func(id uint32)) {
	var joined uint8
	switch {
	case n.flags&flagsJoined == 0:
		eachToken(n, f)
		return
	case n.flags&flagSurnameJoined != 0:
		joined = n.surname
	case n.given != 0:
		joined = n.given
	default: // a name in one field, all but the last word joined
		joined = 1
	}
	for k := range n.n {
		if joined&(1<<k) != 0 {
			f(n.token[k])
		}
	}
}
