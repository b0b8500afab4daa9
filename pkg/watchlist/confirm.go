package watchlist

import (
	"slices"
	"strings"

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
		Entry: p.Entry, List: p.List, Category: p.Category, Action: p.Action, By: ByDocument,
		Strength: travel.Probable, Caveat: p.Caveat,
	}
	known := true
	if p.Action == travel.ActClear {
		m.By = ByRedress
		m.Reasons = append(m.Reasons, "clearance_match")
	} else {
		how := documentMatch(p, t)
		known = how == documentExact
		m.Reasons = append(m.Reasons, "document_match", how)
	}
	named, similarity := nameEvidence(p, t)
	m.Similarity = round(similarity, 3)
	m.Reasons = append(m.Reasons, named)
	born, ok := birthEvidence(&m, p, t)
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

// nameEvidence says what the names say, and how alike they are.
func nameEvidence(p *Posting, t *travel.Traveller) (reason string, similarity float32) {
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

// Nameless reports whether there is no name at all, or only what stands for one.
func Nameless(surname, given travel.Name, others []travel.Name) bool {
	return blank(surname) && blank(given) && !slices.ContainsFunc(others, func(n travel.Name) bool { return !blank(n) })
}

// blank reports whether a part of a name says nothing: empty, or what stands for a name that is not known.
func blank(n travel.Name) bool { return strings.TrimSpace(string(n)) == "" || travel.Filler(string(n)) }

// birthEvidence sets m.Birth and returns its reason; ok is false when the dates contradict.
func birthEvidence(m *travel.Match, p *Posting, t *travel.Traveller) (reason string, ok bool) {
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
