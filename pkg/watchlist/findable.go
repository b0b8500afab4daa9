package watchlist

import (
	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// HasKey reports whether a document, authorisation or clearance key finds e. An entry that has neither a key nor a word
// ([HasWord]) can never be found, and whoever reads a list should say so.
func HasKey(e *travel.ListEntry) bool {
	if e.Action == travel.ActClear {
		return len(ClearanceKeys(e)) > 0
	}
	return len(DocumentKeys(e)) > 0
}

// HasWord reports whether a name of e has a word of two letters or more in some form of A–Z: a name is not looked
// up by initials.
func HasWord(e *travel.ListEntry) bool {
	if name.Sure(string(e.Surname)) || name.Sure(string(e.Given)) {
		return true
	}
	var t name.Tokens
	word := func() bool {
		for i := range t.Len() {
			if len(t.Text(i)) > 1 {
				return true
			}
		}
		return false
	}
	for form := name.ICAO; form <= name.Plain; form++ {
		t.ParseParts(string(e.Surname), string(e.Given), form)
		if word() {
			return true
		}
		for _, other := range e.OtherNames {
			if t.ParseWhole(string(other), form); word() {
				return true
			}
		}
	}
	return false
}
