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
// The reasons say what the match rests on, in this order: "document_match" (or "clearance_match"); how the document
// matched, "document_exact" (number and issuer, both written on both sides), "document_check_digit" (the number but for
// a check digit) or "document_number" (an issuer is missing on one side, or the traveller's is no State); what the names say, "no_name_on_entry",
// "name_supports", "name_unsupported" (a name cannot be compared: a side has none, or one in letters that are not
// known here) or "name_differs"; and what the birth dates say.
//
// The match is strong when the document is exact or the name supports it, the entry's name, if it has one, supports
// it, and the birth dates do not contradict. Everything else is probable. Clearances come back with By "redress".
func ConfirmDocument(p *Posting, t *travel.Traveller, on travel.Date) (travel.Match, bool) {
	if expired(p.ValidUntil, on) {
		return travel.Match{}, false
	}
	m := travel.Match{
		Entry: p.Entry, List: p.List, Category: p.Category, Action: p.Action, By: byDocument,
		Strength: travel.Probable, Caveat: p.Caveat,
	}
	known := true
	if p.Action == travel.ActClear {
		m.By = byRedress
		m.Reasons = append(m.Reasons, "clearance_match")
	} else {
		how := documentMatch(p, t)
		known = how == documentExact
		m.Reasons = append(m.Reasons, "document_match", how)
	}
	named, similarity := nameReason(p, t)
	m.Similarity = round(similarity, 3)
	m.Reasons = append(m.Reasons, named)
	born, ok := birthReason(&m, p, t)
	if born != "" {
		m.Reasons = append(m.Reasons, born)
	}
	if ok && (named == nameSupports || named == noName && known) {
		m.Strength = travel.Strong
	}
	return m, true
}

// What a document match rests on: reasons of a match.
const (
	documentExact      = "document_exact"
	documentCheckDigit = "document_check_digit"
	documentNumber     = "document_number"
	noName             = "no_name_on_entry"
	nameSupports       = "name_supports"
	nameUnsupported    = "name_unsupported"
	nameDiffers        = "name_differs"
)

// documentMatch says how well the best of t's documents matches one of the posting's. A posting that was stored
// without documents is held to be found by number: nothing says that the issuer is the same.
func documentMatch(p *Posting, t *travel.Traveller) string {
	best := documentNumber
	for i := range p.Documents {
		listed := &p.Documents[i]
		if listed.Issuer == "" {
			continue
		}
		number := travel.CleanNumber(listed.Number)
		for k := range t.Documents {
			shown := &t.Documents[k]
			if issuer, _, _ := travel.ParseState(string(shown.Issuer)); issuer != listed.Issuer {
				continue // also where it is no State: the nationality that found the entry proves no issuer
			}
			n := travel.CleanNumber(shown.Number)
			if n == number && identifies(n) {
				return documentExact
			}
			if body, ok := withoutCheckDigit(n); ok && body == number {
				best = documentCheckDigit
			}
		}
	}
	return best
}

// nameReason says what the names say, and how alike they are.
func nameReason(p *Posting, t *travel.Traveller) (reason string, similarity float32) {
	if Nameless(p.Surname, p.Given, p.OtherNames) {
		return noName, 0
	}
	similarity, known := nameOf(p, t)
	switch {
	case !known:
		return nameUnsupported, 0
	case similarity >= sameName:
		return nameSupports, similarity
	}
	return nameDiffers, similarity
}

// birthReason sets m.Birth and returns its reason; ok is false when the dates contradict.
func birthReason(m *travel.Match, p *Posting, t *travel.Traveller) (reason string, ok bool) {
	list, traveller := newBirth(p.Birth), newBirth(t.Birth)
	born, factor := compareBirth(list, traveller)
	m.Birth = born.String()
	switch {
	case factor == 0 || contradicts(list, traveller):
		m.Birth = "conflict"
		return "birth_differs", false
	case born == birthNone:
		return "", true
	}
	return "birth_" + m.Birth, true
}

// nameOf is how alike the names are, the best of the posting's; known is false when nothing could be compared: a side
// has no name, or none that A–Z can be made of.
func nameOf(p *Posting, t *travel.Traveller) (similarity float32, known bool) {
	var a, b name.Tokens
	try := func() {
		if b.Len() > 0 {
			known = true
			similarity = max(similarity, compareForms(a, b))
		}
	}
	for shown := name.ICAO; shown <= name.Plain; shown++ {
		a.ParseIn(string(t.Surname), string(t.Given), string(t.Middle), shown)
		for form := name.ICAO; form <= name.Plain && a.Len() > 0; form++ {
			b.ParseParts(string(p.Surname), string(p.Given), form)
			try()
			for _, other := range p.OtherNames {
				b.ParseWhole(string(other), form)
				try()
			}
		}
		if name.ASCII(string(t.Surname)) && name.ASCII(string(t.Given)) && name.ASCII(string(t.Middle)) {
			break
		}
	}
	return similarity, known
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
