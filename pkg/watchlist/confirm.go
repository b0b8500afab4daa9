package watchlist

import (
	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// sameName is the similarity from which two names are taken for one person's.
const sameName = 0.70

// ConfirmDocument judges a posting that was found by one of t's document, authorisation or clearance keys. It is false
// when the entry is no longer in force on the given day.
//
// The match is strong when the names agree, when the birth dates are equal to the day (people change names), or when
// one side has nothing to compare. It is probable, with the reason "name_differs", when the names conflict: the sign of
// a borrowed or forged document. Clearances come back with By "redress" and action clear.
func ConfirmDocument(p *Posting, t *travel.Traveller, on travel.Date) (travel.Match, bool) {
	if expired(p.ValidUntil, on) {
		return travel.Match{}, false
	}
	m := travel.Match{
		Entry: p.Entry, List: p.List, Category: p.Category, Action: p.Action, By: ByDocument,
		Strength: travel.Strong, Caveat: p.Caveat, Reasons: []string{"document_match"},
	}
	if p.Action == travel.ActClear {
		m.By = ByRedress
		m.Reasons[0] = "clearance_match"
	}
	list, traveller := newBirth(p.Birth), newBirth(t.Birth)
	born, factor := compareBirth(list, traveller)
	m.Birth = born.String()
	if factor == 0 {
		m.Birth = "conflict"
	}
	switch similarity, known := nameOf(p, t); {
	case !known:
		m.Reasons = append(m.Reasons, "no_name")
	case similarity >= sameName:
		m.Similarity = round(similarity, 3)
		m.Reasons = append(m.Reasons, "name_supports")
	default:
		m.Similarity = round(similarity, 3)
		m.Reasons = append(m.Reasons, "name_differs")
		if born != birthExact {
			m.Strength = travel.Probable
		}
	}
	switch {
	case factor == 0:
		m.Reasons = append(m.Reasons, "birth_differs")
	case born != birthNone:
		m.Reasons = append(m.Reasons, "birth_"+m.Birth)
	}
	return m, true
}

// nameOf is how alike the names are, the best of the posting's; known is false when a side has none.
func nameOf(p *Posting, t *travel.Traveller) (similarity float32, known bool) {
	var a, b name.Tokens
	a.Parse(string(t.Surname), string(t.Given), string(t.Middle))
	if a.Len() == 0 {
		return 0, false
	}
	try := func() {
		if b.Len() == 0 {
			return
		}
		known = true
		similarity = max(similarity, compareForms(a, b))
	}
	for form := name.ICAO; form <= name.Plain; form++ {
		b.ParseParts(string(p.Surname), string(p.Given), form)
		try()
		for _, other := range p.OtherNames {
			b.ParseWhole(string(other), form)
			try()
		}
	}
	return similarity, known
}

// Compare says how alike two names are, from 0 to 1, when nothing is known of how rare their words are. Each is given
// as one string: "SURNAME/GIVEN", "SURNAME, GIVEN" or in any order.
func Compare(one, other string) float64 {
	var a, b name.Tokens
	best := float32(0)
	for form := name.ICAO; form <= name.Plain; form++ {
		a.ParseWhole(one, form)
		b.ParseWhole(other, form)
		best = max(best, compareForms(a, b), compareForms(b, a))
	}
	return round(best, 3)
}

// compareForms compares two names as they are and with their parts joined.
func compareForms(a, b name.Tokens) float32 {
	best := compare(&a, &b)
	whole, all := b, b
	if _, ok := b.JoinGiven(); ok {
		best = max(best, compare(&a, &b))
	}
	if _, ok := all.JoinAll(); ok && a.Len() == 1 {
		best = max(best, compare(&a, &all))
	}
	if _, ok := a.JoinGiven(); ok {
		best = max(best, compare(&a, &whole), compare(&a, &b))
	}
	return best
}

// compare aligns two names like score does, with one weight for all words but titles.
func compare(a, b *name.Tokens) float32 {
	var probe name.Probe
	var buf [name.MaxToken]byte
	var sims [name.MaxTokens][name.MaxTokens]uint8
	for i := range a.Len() {
		probe.Set(a.Text(i), a.Token(i).Cut)
		for k := range b.Len() {
			w := name.MakeWord(b.Text(k), buf[:0])
			sims[i][k] = probe.Similarity(&w)
			if t := a.Text(i); len(t) == 1 && t[0] == b.Text(k)[0] {
				sims[i][k] = max(sims[i][k], name.Initial)
			}
		}
	}
	got, of, whole := float32(0), float32(0), false
	var usedA, usedB [name.MaxTokens]bool
	for {
		i, k := mostAlike(&sims, &usedA, &usedB)
		if i < 0 {
			break
		}
		usedA[i], usedB[k] = true, true
		w := (tokenWeight(a, i) + tokenWeight(b, k)) / 2
		if sims[i][k] == name.Initial {
			got, of = got+0.45*w, of+0.5*w
			continue
		}
		whole = whole || len(a.Text(i)) > 1
		got, of = got+w*float32(sims[i][k])/name.Exact, of+w
	}
	if !whole {
		return 0
	}
	missing, lacking := float32(0), float32(0)
	for i := range a.Len() {
		if !usedA[i] {
			missing += tokenWeight(a, i)
		}
	}
	for k := range b.Len() {
		if !usedB[k] {
			lacking += tokenWeight(b, k)
		}
	}
	return alike(got, of, missing, lacking)
}

func tokenWeight(t *name.Tokens, i int) float32 {
	if t.Token(i).Weak {
		return weakFactor
	}
	return 1
}

// mostAlike returns the most alike pair that is still free, or -1.
func mostAlike(sims *[name.MaxTokens][name.MaxTokens]uint8, usedA, usedB *[name.MaxTokens]bool) (a, b int) {
	a, b = -1, -1
	best := uint8(0)
	for i := range sims {
		for k, s := range sims[i] {
			if s > best && !usedA[i] && !usedB[k] {
				a, b, best = i, k, s
			}
		}
	}
	return a, b
}
