package watchlist

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// heldOut takes one alias that resembles the name from each entry that has such a one, and returns what was taken.
// Pure pseudonyms stay: half of the words must be like one of the name.
func heldOut(list []travel.ListEntry) map[string]travel.Name {
	taken := make(map[string]travel.Name)
	var a, b name.Tokens
	var p name.Probe
	for i := range list {
		e := &list[i]
		a.ParseParts(string(e.Surname), string(e.Given), name.ICAO)
		for k, other := range e.OtherNames {
			b.ParseWhole(string(other), name.ICAO)
			like := 0
			for x := range b.Len() {
				p.Set(b.Text(x), false)
				for y := range a.Len() {
					w := name.MakeWord(a.Text(y), nil)
					if p.Similarity(&w) > 0 {
						like++
						break
					}
				}
			}
			if same := strings.EqualFold(string(e.Surname)+", "+string(e.Given), string(other)); b.Len() < 2 || 2*like < b.Len() || same {
				continue
			}
			taken[e.ID] = other
			rest := append([]travel.Name(nil), e.OtherNames[:k]...)
			e.OtherNames = append(rest, e.OtherNames[k+1:]...)
			break
		}
	}
	return taken
}

// mutations are what happens to names on the way; each returns false when it does not apply.
var mutations = []struct {
	name  string
	floor float64 // recall of the name, in per cent
	make  func(p *people, t *travel.Traveller) bool
}{
	{"exact", 99.5, func(*people, *travel.Traveller) bool { return true }},
	{"typo", 99, func(p *people, t *travel.Traveller) bool { return typoIn(p, t) }},
	{"two typos", 94, func(p *people, t *travel.Traveller) bool {
		first := typoIn(p, t)
		return typoIn(p, t) && first
	}},
	{"surname first", 99, func(_ *people, t *travel.Traveller) bool {
		t.Surname, t.Given = t.Given, t.Surname
		return t.Surname != ""
	}},
	{"middle dropped", 93, func(_ *people, t *travel.Traveller) bool {
		first, rest, ok := strings.Cut(string(t.Given), " ")
		t.Given = travel.Name(first)
		return ok && rest != ""
	}},
	{"given glued", 98, func(_ *people, t *travel.Traveller) bool {
		glued := strings.ReplaceAll(string(t.Given), " ", "")
		ok := glued != string(t.Given)
		t.Given = travel.Name(glued)
		return ok
	}},
	{"title glued", 98, func(_ *people, t *travel.Traveller) bool {
		t.Given += "MR"
		return len(t.Given) > 5
	}},
	{"truncated", 98, func(_ *people, t *travel.Traveller) bool {
		room := 30 - 2 - len(t.Surname)
		if room < 3 || room >= len(t.Given) {
			return false
		}
		t.Given = travel.Name(strings.TrimSpace(string(t.Given[:room])))
		return true
	}},
	{"day and month swapped", 99, func(_ *people, t *travel.Traveller) bool {
		y, m, d := t.Birth.Date().Parts()
		b, ok := travel.NewDate(y, d, m)
		t.Birth = travel.BirthDate(b)
		return ok && d != m
	}},
	{"birth a day off", 99, func(_ *people, t *travel.Traveller) bool {
		y, m, d := t.Birth.Date().Parts()
		b, ok := travel.NewDate(y, m, d+1)
		t.Birth = travel.BirthDate(b)
		return ok
	}},
	{"birth year only", 99, func(_ *people, t *travel.Traveller) bool { t.Birth = t.Birth[:4]; return true }},
	{"no birth date", 99, func(_ *people, t *travel.Traveller) bool { t.Birth = ""; return true }},
}

func typoIn(p *people, t *travel.Traveller) bool {
	field := &t.Surname
	if p.IntN(2) == 0 || len(t.Surname) < 4 {
		field = &t.Given
	}
	if len(*field) < 4 {
		return false
	}
	was := *field
	for *field == was {
		*field = travel.Name(p.typo(string(was)))
	}
	return true
}

// TestQualityOnPublicLists measures recall and false alerts on real names. The floors are loose: they fail when
// something breaks, not when a figure moves a little. The figures are in README.md.
func TestQualityOnPublicLists(t *testing.T) {
	t.Parallel()
	list := publicLists(t)
	taken := heldOut(list)
	ix := Build(list)
	p := &people{Rand: rand.New(rand.NewPCG(1, 2))}
	var s Scratch
	for _, m := range mutations {
		var r recall
		for i := 0; i < len(list); i += oneIn(4) {
			e := &list[i]
			who := travel.Traveller{Surname: mrz(string(e.Surname)), Given: mrz(string(e.Given)), Birth: e.Birth}
			if e.Birth.Date().Full() && strings.Contains(string(who.Surname+" "+who.Given), " ") && m.make(p, &who) {
				r.add(ix.MatchNames(nil, &who, "", &s), e.ID)
			}
		}
		t.Logf("%-21s %s", m.name, r)
		if got := 100 * float64(r.alike) / float64(r.of); got < m.floor {
			t.Errorf("%s: recall %.1f %%, the floor is %.1f", m.name, got, m.floor)
		}
	}
	var alias recall
	for i := 0; i < len(list); i += oneIn(4) {
		e := &list[i]
		other, ok := taken[e.ID]
		if !ok {
			continue
		}
		who := travel.Traveller{Birth: e.Birth}
		surname, given, parted := strings.Cut(string(other), ",")
		if !parted {
			f := strings.Fields(surname)
			surname, given = f[len(f)-1], strings.Join(f[:len(f)-1], " ")
		}
		who.Surname, who.Given = mrz(surname), mrz(given)
		alias.add(ix.MatchNames(nil, &who, "", &s), e.ID)
	}
	t.Logf("%-21s %s", "held-out alias", alias)
	if got := 100 * float64(alias.alike) / float64(alias.of); got < 84 {
		t.Errorf("held-out alias: recall %.1f %%, the floor is 84", got)
	}
}

type recall struct{ of, any, alike, alert int }

func (r *recall) add(got []travel.Match, id string) {
	r.of++
	for _, m := range got {
		if m.Entry != id {
			continue
		}
		r.any++
		if m.Similarity >= alertFloor {
			r.alike++
		}
		if m.Strength != travel.Possible {
			r.alert++
		}
		return
	}
}

func (r recall) String() string {
	pc := func(n int) float64 { return 100 * float64(n) / float64(max(1, r.of)) }
	return fmt.Sprintf("of %5d: similarity ≥ .74 %5.1f %%, strong or probable %5.1f %%, found at all %5.1f %%", r.of, pc(r.alike), pc(r.alert), pc(r.any))
}

// TestFalseAlerts counts invented innocents that are alerted, on the public lists alone and with many invented entries.
func TestFalseAlerts(t *testing.T) {
	t.Parallel()
	list, people := publicLists(t), innocents(t)
	public, crowded := Build(list), Build(append(newCrowd(t, 8).list(100_000/oneIn(4)), list...))
	for _, tt := range []struct {
		name  string
		ix    *Index
		birth bool
		limit float64 // per cent
	}{{"public lists", public, true, 0.06}, {"public lists, no birth date", public, false, 0.25}, {"with many more", crowded, true, 0.3}} {
		var s Scratch
		var strong, probable, alike, all int
		for i := 0; i < len(people); i += oneIn(4) {
			who := people[i]
			if !tt.birth {
				who.Birth = ""
			}
			all++
			got := tt.ix.MatchNames(nil, &who, "", &s)
			if len(got) == 0 {
				continue
			}
			switch got[0].Strength {
			case travel.Strong:
				strong++
			case travel.Probable:
				probable++
			}
			if slices.ContainsFunc(got, func(m travel.Match) bool { return m.Similarity >= alertFloor }) {
				alike++
			}
		}
		pc := func(n int) float64 { return 100 * float64(n) / float64(all) }
		t.Logf("%-28s %d entries, %d innocents: strong %.3f %%, probable %.3f %%, similarity ≥ .74 %.3f %%",
			tt.name, tt.ix.Len(), all, pc(strong), pc(probable), pc(alike))
		if pc(strong+probable) > tt.limit {
			t.Errorf("%s: %.3f %% of innocents alerted, the limit is %.2f", tt.name, pc(strong+probable), tt.limit)
		}
	}
}

func TestNomenklaturaCases(t *testing.T) {
	rows := readShared(t, "nomenklatura_name_cases_half.csv")[1:]
	best, bestAt := 0.0, 0.0
	for at := 0.50; at < 0.95; at += 0.05 {
		var tp, fp, fn, tn float64
		for _, r := range rows {
			if r[1] != "Person" {
				continue
			}
			switch hit, want := similar(r[2], r[3]) >= at, r[4] == "true"; {
			case hit && want:
				tp++
			case hit:
				fp++
			case want:
				fn++
			default:
				tn++
			}
		}
		f1 := 2 * tp / (2*tp + fp + fn)
		t.Logf("at %.2f: precision %.3f, recall %.3f, F1 %.3f, false positive rate %.3f", at, tp/(tp+fp), tp/(tp+fn), f1, fp/(fp+tn))
		if f1 > best {
			best, bestAt = f1, at
		}
	}
	if best < 0.80 {
		t.Errorf("best F1 is %.3f at %.2f, the floor is 0.80", best, bestAt)
	}
}
