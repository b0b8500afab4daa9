package watchlist

import "fairway/pkg/watchlist/name"

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
	return alike(got, of, unpaired(a, &usedA), unpaired(b, &usedB))
}

// unpaired is what the words of t that are not used count.
func unpaired(t *name.Tokens, used *[name.MaxTokens]bool) (w words) {
	solid := 0
	for i := range t.Len() {
		if !t.Token(i).Weak && !name.Optional(t.Text(i)) {
			solid++
		}
	}
	for i := range t.Len() {
		if !used[i] {
			w.add(tokenWeight(t, i), solid >= enoughSolid && name.Optional(t.Text(i)))
		}
	}
	return w
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
