package watchlist

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// crowd makes people from the common names of many countries, each person's from one country, the front of each list
// favoured; one surname in six has a typing error, so that there are more distinct names than life has.
type crowd struct {
	people
	countries [][2][]string // surnames, given names
}

func newCrowd(t testing.TB, seed uint64) *crowd {
	t.Helper()
	byCountry := make(map[string]*[2][]string)
	var order []string
	read := func(file string, column, part int) {
		for _, r := range readShared(t, file)[1:] {
			c := byCountry[r[0]]
			if c == nil {
				c = new([2][]string)
				byCountry[r[0]] = c
				order = append(order, r[0])
			}
			if n := string(name.Normalise(nil, r[column], name.ICAO)); len(n) > 1 {
				c[part] = append(c[part], n)
			}
		}
	}
	read("sigpwned_surnames_by_country.csv", 5, 0)
	read("sigpwned_forenames_by_country.csv", 11, 1)
	c := &crowd{people: people{Rand: rand.New(rand.NewPCG(seed, 3))}}
	for _, k := range order {
		if n := byCountry[k]; len(n[0]) > 3 && len(n[1]) > 3 {
			c.countries = append(c.countries, *n)
		}
	}
	return c
}

func (c *crowd) person() (surname, given string) {
	n := c.countries[c.IntN(len(c.countries))]
	surname, given = c.pick(n[0]), c.pick(n[1])
	if c.IntN(6) == 0 {
		surname = c.typo(surname)
	}
	if c.IntN(2) == 0 {
		given += " " + c.pick(n[1])
	}
	if c.IntN(6) == 0 {
		surname += " " + c.pick(n[0])
	}
	return surname, given
}

func (c *crowd) list(n int) []travel.ListEntry {
	out := make([]travel.ListEntry, n)
	for i := range out {
		surname, given := c.person()
		out[i] = travel.ListEntry{
			ID: fmt.Sprintf("E%07d", i), List: "test", Action: travel.ActRefer,
			Surname: travel.Name(surname), Given: travel.Name(given), Birth: c.birth(),
		}
		if c.IntN(3) == 0 {
			s, g := c.person()
			out[i].OtherNames = []travel.Name{travel.Name(strings.Fields(surname)[0] + ", " + g), travel.Name(s + ", " + given)}[:1+c.IntN(5)/4]
		}
	}
	return out
}

func (c *crowd) travellers(n int, birth bool) []travel.Traveller {
	out := make([]travel.Traveller, n)
	for i := range out {
		surname, given := c.person()
		out[i] = travel.Traveller{Surname: travel.Name(surname), Given: travel.Name(given)}
		for birth && !out[i].Birth.Date().Full() {
			out[i].Birth = c.people.birth()
		}
	}
	return out
}

func BenchmarkBuild(b *testing.B) {
	list := newCrowd(b, 5).list(100_000)
	b.ReportAllocs()
	for b.Loop() {
		ix := Build(list)
		b.ReportMetric(float64(ix.hotBytes())/float64(ix.Len()), "B/entry")
		b.ReportMetric(float64(ix.dict.len()), "tokens")
		b.ReportMetric(float64(len(ix.names)), "names")
	}
}

// hotBytes is what queries read, without the entries themselves.
func (ix *Index) hotBytes() int {
	d := &ix.dict
	return 40*len(ix.names) + 4*len(ix.postings.ids) + 4*len(ix.postings.start) + 4*len(d.keys.ids) + 4*len(d.keys.start) +
		len(d.text) + len(d.folds) + 25*d.len()
}

// BenchmarkMatch measures queries for travellers who are not on the list, at 100,000 entries.
func BenchmarkMatch(b *testing.B) {
	ix := Build(newCrowd(b, 5).list(100_000))
	for _, bb := range []struct {
		name        string
		birth, warm bool
	}{{"birth/warm", true, true}, {"birth/cold", true, false}, {"nobirth/warm", false, true}, {"nobirth/cold", false, false}} {
		b.Run(bb.name, func(b *testing.B) {
			who := newCrowd(b, 77).travellers(1000, bb.birth)
			var s Scratch
			dst := make([]travel.Match, 0, maxMatches)
			for i := range who {
				dst = ix.MatchNames(dst[:0], &who[i], today, &s)
			}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if !bb.warm {
					s.cache.reset()
				}
				dst = ix.MatchNames(dst[:0], &who[i%len(who)], today, &s)
				i++
			}
		})
	}
}

// BenchmarkLiveApply measures one change on top of 100,000 entries, and BenchmarkLiveMatch queries with many changes.
func BenchmarkLiveApply(b *testing.B) {
	list := newCrowd(b, 5).list(100_000)
	live := NewLive(Build(list)).Apply(changesOf(newCrowd(b, 6).list(500)))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		_ = live.Apply([]Change{{Entry: list[i%len(list)], Revision: 9}})
		i++
	}
}

func BenchmarkLiveMatch(b *testing.B) {
	live := NewLive(Build(newCrowd(b, 5).list(100_000))).Apply(changesOf(newCrowd(b, 6).list(mergeAfter)))
	who := newCrowd(b, 77).travellers(5000, true)
	var s Scratch
	dst := make([]travel.Match, 0, maxMatches)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		dst = live.MatchNames(dst[:0], &who[i%len(who)], today, &s)
		i++
	}
}

func changesOf(list []travel.ListEntry) []Change {
	out := make([]Change, len(list))
	for i := range list {
		out[i] = Change{Entry: list[i], Revision: 1}
	}
	return out
}
