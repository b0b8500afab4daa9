package watchlist

import (
	"math"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// view is what a query reads: an index, and what has changed since it was built.
type view struct {
	ix      *Index
	groups  int
	df      []uint32     // by token, those of the dictionary first
	rare    []float32    // log2 of df
	added   []addedToken // tokens that the dictionary lacks
	dead    []uint64     // bit set of entries of ix that were changed or removed
	changes []*changed
}

type addedToken struct {
	word           name.Word
	weak, optional bool
}

func (ix *Index) view() view {
	return view{ix: ix, groups: ix.groups, df: ix.dict.df, rare: ix.dict.rare}
}

func (v *view) tokens() int { return len(v.df) }

func (v *view) isWeak(id uint32) bool {
	if n := uint32(v.ix.dict.len()); id >= n {
		return v.added[id-n].weak
	}
	return v.ix.dict.weak[id]
}

// isOptional reports whether a name may lack the token.
func (v *view) isOptional(id uint32) bool {
	if n := uint32(v.ix.dict.len()); id >= n {
		return v.added[id-n].optional
	}
	return v.ix.dict.optional[id]
}

func (v *view) text(id uint32) []byte {
	if n := uint32(v.ix.dict.len()); id >= n {
		return v.added[id-n].word.Text
	}
	return v.ix.dict.token(id)
}

// MatchNames appends to dst the entries whose names t resembles and that are in force on the given day, best first,
// at most 16: of more, the best of each action and then those whose action is gravest. It allocates nothing once s has served such queries and dst has room.
func (ix *Index) MatchNames(dst []travel.Match, t *travel.Traveller, on travel.Date, s *Scratch) []travel.Match {
	v := ix.view()
	return v.match(dst, t, on, s)
}

func (v *view) match(dst []travel.Match, t *travel.Traveller, on travel.Date, s *Scratch) []travel.Match {
	if v.groups <= 0 {
		return dst
	}
	s.ready(v)
	s.begin(t)
	s.eachSpelling(v, t, func() { v.run(s, on) })
	return s.report(dst)
}

// eachSpelling prepares the query for each form of transliteration of a name; one in A–Z has only one.
func (s *Scratch) eachSpelling(v *view, t *travel.Traveller, run func()) {
	if s.tokens.Len() > 0 {
		s.eachForm(v, run)
	}
	if name.ASCII(string(t.Surname)) && name.ASCII(string(t.Given)) && name.ASCII(string(t.Middle)) {
		return
	}
	s.tokens.ParseIn(string(t.Surname), string(t.Given), string(t.Middle), name.Plain)
	if s.tokens.Len() > 0 {
		s.eachForm(v, run)
	}
}

// begin reads what a traveller is compared by.
func (s *Scratch) begin(t *travel.Traveller) {
	s.hits = s.hits[:0]
	s.tokens.Parse(string(t.Surname), string(t.Given), string(t.Middle))
	s.query.born, s.query.nationality = newBirth(t.Birth), t.Nationality
}

// eachForm prepares the query for each way to read the name, and calls run: as it is, with the given names joined,
// and with the surname joined too. Joined forms that resemble nothing in the list are left out.
func (s *Scratch) eachForm(v *view, run func()) {
	s.query.joined, s.query.optional = false, false
	for i := range s.tokens.Len() {
		s.query.optional = s.query.optional || name.Optional(s.tokens.Text(i))
	}
	s.prepare(v)
	run()
	s.query.joined = true
	for _, join := range [...]func(*name.Tokens) (int, bool){(*name.Tokens).JoinGiven, (*name.Tokens).JoinSurname} {
		at, ok := join(&s.tokens)
		if !ok {
			continue
		}
		if s.query.arena = s.near(s.query.arena[:0], v, at); len(s.query.arena) > 0 {
			s.prepare(v)
			run()
		}
	}
}

// run scores every name that may reach the floor for the prepared query.
func (v *view) run(s *Scratch, on travel.Date) {
	q := &s.query
	born := q.born
	if q.plan() {
		v.gather(s)
		for _, id := range s.touched {
			m := s.mark[id] | q.open
			s.mark[id] = 0
			if q.enough[m] && (q.n == 1 || m&(m-1) != 0 || v.ix.single(id)) {
				v.scan(s, id, on)
			}
		}
		s.touched = s.touched[:0]
	}
	from, to := v.ix.bornOn(born)
	for id := from; id < to; id++ { // few people share a birth date: all of them are scored, however garbled the name
		v.scan(s, id, on)
	}
	for _, c := range v.changes {
		for k := range c.names {
			if n := &c.names[k]; born == 0 || n.birth == 0 || apart(n.birth, born) <= yearsApart {
				v.consider(s, n, &c.entry, on)
			}
		}
	}
}

func apart(a, b birth) int {
	d := a.year() - b.year()
	if d < 0 {
		return -d
	}
	return d
}

// scan scores name id of the index.
func (v *view) scan(s *Scratch, id uint32, on travel.Date) {
	n := &v.ix.names[id]
	if v.dead != nil && v.dead[n.entry>>6]&(1<<(n.entry&63)) != 0 {
		return
	}
	v.consider(s, n, &v.ix.entries[n.entry], on)
}

// expired reports whether an entry in force until the given day no longer is; an unknown day expires nothing.
func expired(until, on travel.Date) bool { return until != "" && on != "" && until < on }

func (s *Scratch) report(dst []travel.Match) []travel.Match {
	s.limit()
	for i := range s.hits {
		h := &s.hits[i]
		e := h.entry
		dst = append(dst, travel.Match{
			Entry: e.ID, List: e.List, Category: e.Category, Action: e.Action, By: byName,
			Strength: bands[h.band], Similarity: round(h.similarity, 3), Chance: round(h.chance, 2),
			Birth: h.born.String(), Reasons: s.explain(h.why), Caveat: e.Caveat,
		})
	}
	return dst
}

func round(f float32, digits int) float64 {
	p := math.Pow10(digits)
	return math.Round(float64(f)*p) / p
}
