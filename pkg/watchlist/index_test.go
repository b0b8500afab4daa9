package watchlist

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// people invents names, birth dates and list entries. Names recur with a long tail, as they do in life.
type people struct {
	*rand.Rand
	surnames, givens []string
}

func newPeople(seed uint64, surnames, givens int) *people {
	p := &people{Rand: rand.New(rand.NewPCG(seed, 1))}
	for range surnames {
		p.surnames = append(p.surnames, p.word(2+p.IntN(3)))
	}
	for range givens {
		p.givens = append(p.givens, p.word(1+p.IntN(3)))
	}
	return p
}

func (p *people) word(syllables int) string {
	on := []string{"B", "D", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S", "T", "V", "Z", "SH", "KH", "CH", "TR", "AL"}
	nucleus := []string{"A", "E", "I", "O", "U", "A", "I", "OU", "EE", "AI"}
	coda := []string{"", "", "N", "R", "L", "S", "M", "D", "TT"}
	w := ""
	for range syllables {
		w += on[p.IntN(len(on))] + nucleus[p.IntN(len(nucleus))] + coda[p.IntN(len(coda))]
	}
	return w
}

// pick favours the front of the list: about Zipf's law.
func (p *people) pick(of []string) string {
	f := p.Float64()
	return of[int(f*f*f*float64(len(of)))]
}

func (p *people) birth() travel.BirthDate {
	d, _ := travel.NewDate(1940+p.IntN(70), 1+p.IntN(12), 1+p.IntN(28))
	switch p.IntN(10) {
	case 0:
		return ""
	case 1:
		return travel.BirthDate(d[:4])
	case 2:
		return travel.BirthDate(d[:7])
	}
	return travel.BirthDate(d)
}

func (p *people) given() string {
	g := p.pick(p.givens)
	for p.IntN(3) == 0 {
		g += " " + p.pick(p.givens)
	}
	return g
}

func (p *people) entry(id int) travel.ListEntry {
	e := travel.ListEntry{
		ID: fmt.Sprintf("E%06d", id), List: "test", Action: travel.ActRefer,
		Surname: travel.Name(p.pick(p.surnames)), Given: travel.Name(p.given()), Birth: p.birth(),
	}
	switch p.IntN(12) {
	case 0:
		e.OtherNames = []travel.Name{travel.Name(p.pick(p.surnames) + "/" + p.given())}
	case 1:
		e.OtherNames = []travel.Name{travel.Name(p.given() + " " + p.pick(p.surnames))}
	case 2:
		e.Given = travel.Name(e.Given[:1] + " " + travel.Name(p.pick(p.givens)))
	case 3:
		e.Surname = "AL " + e.Surname
	case 4:
		e.Surname, e.Given = e.Given, ""
	case 5:
		e.ValidUntil = "2020-01-01"
	}
	return e
}

func (p *people) entries(n int) []travel.ListEntry {
	out := make([]travel.ListEntry, n)
	for i := range out {
		out[i] = p.entry(i)
	}
	return out
}

// traveller is either unrelated to the list or a listed person with small changes.
func (p *people) traveller(list []travel.ListEntry) travel.Traveller {
	t := travel.Traveller{Surname: travel.Name(p.pick(p.surnames)), Given: travel.Name(p.given()), Birth: p.birth()}
	if p.IntN(3) > 0 && len(list) > 0 {
		e := list[p.IntN(len(list))]
		t.Surname, t.Given, t.Birth = e.Surname, e.Given, e.Birth
		for p.IntN(2) == 0 {
			t.Surname = travel.Name(p.typo(string(t.Surname)))
			t.Given = travel.Name(p.typo(string(t.Given)))
		}
		switch p.IntN(8) {
		case 0:
			t.Surname, t.Given = t.Given, t.Surname
		case 1:
			t.Birth = p.birth()
		case 2:
			t.Given = t.Given[:len(t.Given)/2]
		case 3:
			t.Surname += travel.Name(" " + p.pick(p.surnames) + " " + p.pick(p.surnames) + p.pick(p.surnames))
		}
	}
	return t
}

func (p *people) typo(s string) string {
	if len(s) < 3 {
		return s
	}
	i := p.IntN(len(s) - 1)
	switch c := string(rune('A' + p.IntN(26))); p.IntN(4) {
	case 0:
		return s[:i] + c + s[i+1:]
	case 1:
		return s[:i] + s[i+1:]
	case 2:
		return s[:i] + c + s[i:]
	default:
		return s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:]
	}
}

const today = travel.Date("2026-10-05")

// scanner is what matching means without any index: every dictionary token compared with every token of the traveller,
// and every name scored.
type scanner struct {
	ix *Index
	s  Scratch
	// near is what a token resembles, by its text and whether it was cut. It is worked out once.
	near map[tokenText][]nearToken
}

type tokenText struct {
	text string
	cut  bool
}

func newScanner(ix *Index) *scanner { return &scanner{ix: ix, near: make(map[tokenText][]nearToken)} }

func (n *scanner) match(t *travel.Traveller) []travel.Match {
	v, s := n.ix.view(), &n.s
	s.ready(&v)
	s.begin(t)
	s.cache.reset()
	var other name.Tokens
	other.Parse(string(t.Surname), string(t.Given), string(t.Middle))
	n.fillCache(&other)
	other.JoinGiven()
	n.fillCache(&other)
	other.JoinSurname()
	n.fillCache(&other)
	if s.tokens.Len() == 0 {
		return nil
	}
	s.eachForm(&v, func() {
		for i := range v.ix.names {
			v.scan(s, uint32(i), today)
		}
	})
	return s.report(nil)
}

// fillCache puts into the cache of the scratch what the tokens resemble, found without keys.
func (n *scanner) fillCache(t *name.Tokens) {
	for i := range t.Len() {
		if _, ok := n.s.cache.get(t.Text(i), t.Token(i).Cut); !ok {
			n.s.cache.put(t.Text(i), t.Token(i).Cut, n.like(t.Text(i), t.Token(i).Cut))
		}
	}
}

// like compares a token with every token of the dictionary.
func (n *scanner) like(text []byte, cut bool) []nearToken {
	key := tokenText{string(text), cut}
	if near, ok := n.near[key]; ok {
		return near
	}
	var near []nearToken
	var p name.Probe
	p.Set(text, cut)
	for id := range n.ix.dict.len() {
		w := n.ix.dict.word(uint32(id))
		if sim := p.Similarity(&w); sim > 0 {
			near = append(near, nearToken{uint32(id), sim})
		}
	}
	sortNear(near)
	n.near[key] = near
	return near
}

func TestIndexFindsWhatAScanFinds(t *testing.T) {
	t.Parallel()
	p := newPeople(7, 1500, 400)
	list := p.entries(4000)
	ix := Build(list)
	var fast Scratch
	slow := newScanner(ix)
	hits := 0
	for i := range 2000 {
		who := p.traveller(list)
		got := ix.MatchNames(nil, &who, today, &fast)
		want := slow.match(&who)
		hits += len(want)
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("query %d, %q/%q %s (-scan +index):\n%s", i, string(who.Surname), string(who.Given), string(who.Birth), d)
		}
	}
	if hits < 1000 {
		t.Errorf("%d hits in all: the test shows little", hits)
	}
	t.Logf("%d hits", hits)
}

func TestLiveMatchesAFreshBuild(t *testing.T) {
	t.Parallel()
	p := newPeople(11, 600, 200)
	base := p.entries(1500)
	now := make(map[string]travel.ListEntry)
	for _, e := range base {
		now[e.ID] = e
	}
	live := NewLive(Build(base))
	var a, b Scratch
	for round := range 40 {
		var changes []Change
		for range 1 + p.IntN(30) {
			id := p.IntN(1600)
			c := Change{Entry: p.entry(id), Deleted: p.IntN(3) == 0, Revision: int64(round*100 + len(changes) + 1)}
			changes = append(changes, c)
			if c.Deleted {
				delete(now, c.Entry.ID)
			} else {
				now[c.Entry.ID] = c.Entry
			}
			if p.IntN(5) == 0 { // an older change that comes late changes nothing
				old := Change{Entry: p.entry(id), Revision: c.Revision - 1}
				changes = append(changes, old)
			}
		}
		before := live
		live = live.Apply(changes)
		if round%10 == 9 { // a merge, during which more changes come
			late := Change{Entry: p.entry(1700 + round), Revision: int64(round*100 + 90)}
			now[late.Entry.ID] = late.Entry
			live = before.Merge().Since(before, live.Apply([]Change{late}))
		}
		fresh := make([]travel.ListEntry, 0, len(now))
		for _, e := range now {
			fresh = append(fresh, e)
		}
		ix := Build(fresh)
		if live.Len() != ix.Len() || live.v.groups != ix.groups {
			t.Fatalf("round %d: %d entries and %d names, a fresh build has %d and %d", round, live.Len(), live.v.groups, ix.Len(), ix.groups)
		}
		for range 60 {
			who := p.traveller(fresh)
			got := live.MatchNames(nil, &who, today, &a)
			want := ix.MatchNames(nil, &who, today, &b)
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("round %d, %q/%q %s (-fresh +live):\n%s", round, string(who.Surname), string(who.Given), string(who.Birth), d)
			}
		}
	}
}

func TestRemovedEntryStaysRemovedAfterMerge(t *testing.T) {
	e := travel.ListEntry{ID: "A", List: "l", Action: travel.ActRefer, Surname: "QUILLFEATHER", Given: "OSWIN", Birth: "1980-02-03"}
	live := NewLive(Build(nil)).Apply([]Change{{Entry: e, Revision: 1}})
	who := travel.Traveller{Surname: "QUILLFEATHER", Given: "OSWIN", Birth: "1980-02-03"}
	var s Scratch
	if got := live.MatchNames(nil, &who, today, &s); len(got) != 1 || live.Len() != 1 {
		t.Fatalf("%d matches of %d entries, want 1 of 1", len(got), live.Len())
	}
	live = live.Apply([]Change{{Entry: travel.ListEntry{ID: "A", List: "l"}, Deleted: true, Revision: 3}}).Merge()
	live = live.Apply([]Change{{Entry: e, Revision: 2}})
	if got := live.MatchNames(nil, &who, today, &s); len(got) != 0 || live.Len() != 0 {
		t.Errorf("%d matches of %d entries, want none", len(got), live.Len())
	}
	live = live.Apply([]Change{{Entry: e, Revision: 4}})
	if got := live.MatchNames(nil, &who, today, &s); len(got) != 1 {
		t.Errorf("%d matches after it came back, want 1", len(got))
	}
}

func TestQueriesDoNotAllocate(t *testing.T) {
	p := newPeople(3, 500, 200)
	list := p.entries(2000)
	ix := Build(list)
	var s Scratch
	who := make([]travel.Traveller, 50)
	for i := range who {
		who[i] = p.traveller(list)
	}
	dst := make([]travel.Match, 0, maxMatches)
	run := func() {
		for i := range who {
			dst = ix.MatchNames(dst[:0], &who[i], today, &s)
		}
	}
	run()
	if n := testing.AllocsPerRun(10, run); n > 0 {
		t.Errorf("%v allocations in 50 warm queries, want none", n)
	}
}
