package watchlist

import (
	"cmp"
	"slices"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

const codeUnfindable = "unfindable"

// finish leaves out the entries that no search can find, warns of those that only their document finds, and puts the
// problems in the order of lines. It waits for the last row because each row of an entry may bring a document.
func (c *csvReader) finish() {
	kept := c.entries[:0]
	for i := range c.entries {
		e := &c.entries[i]
		switch {
		case e.Action == travel.ActClear && !hasKey(e):
			c.note(c.first[i], -1, false, codeUnfindable, "a clearance that nobody can be found by",
				"give a redress number, a document with its issuer, or a name in A–Z with full birth date and nationality")
			continue
		case e.Category == CategoryAuthorisation && !hasKey(e):
			c.note(c.first[i], -1, false, codeUnfindable, "an authorisation without a number that identifies", "give its own number, or the document it is for")
			continue
		case hasWord(e):
		case !hasKey(e):
			c.note(c.first[i], -1, false, codeUnfindable, "no name that can be compared and no document number that identifies",
				"add the name in A–Z to other_names, or a document")
			continue
		case !nameless(e.Surname, e.Given, e.OtherNames):
			c.note(c.first[i], -1, true, "name_not_comparable", "the name cannot be compared, so only the document finds the entry and it is never strong",
				"add the name in A–Z to other_names")
		}
		kept = append(kept, *e)
	}
	clear(c.entries[len(kept):])
	if c.entries = kept; len(kept) == 0 {
		c.entries = nil
	}
	c.unlisted()
	slices.SortStableFunc(c.problems, func(a, b RowProblem) int { return cmp.Compare(a.Line, b.Line) })
}

// hasKey reports whether a document, authorisation or clearance key finds e.
func hasKey(e *travel.ListEntry) bool {
	if e.Action == travel.ActClear {
		return len(ClearanceKeys(e)) > 0
	}
	return len(DocumentKeys(e)) > 0
}

// hasWord reports whether a name of e has a word of two letters or more in some form of A–Z: a name is not looked
// up by initials.
func hasWord(e *travel.ListEntry) bool {
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
