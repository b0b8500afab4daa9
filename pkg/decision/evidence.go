package decision

import (
	"slices"

	"fairway/pkg/rule/fact"
	"fairway/pkg/travel"
)

// The kinds of evidence: what alone may refuse anybody (DESIGN.md, principle 4).
const (
	byDocument      = "document"      // a document listed for refusal, with the name where the entry has one
	byAuthorisation = "authorisation" // a register's answer: denied, or required and none
)

// evidenceOf is what among the facts may refuse this traveller, "" when nothing may. No rule has a say in it.
func evidenceOf(f *fact.Set) string {
	if f.List != nil && slices.ContainsFunc(f.List.Matches, proves) {
		return byDocument
	}
	if a := f.Authorisation; a != nil && a.Required && (a.Status == "none" || a.Status == "denied") {
		return byAuthorisation
	}
	return ""
}

// proves reports whether a match is an exact document of an entry that asks for no_board, and the entry names nobody
// or this person. A check digit written on to the number is still the number, where the name supports it. A name, however alike, proves nothing.
func proves(m fact.Match) bool {
	exact, digit := slices.Contains(m.Reasons, "document_exact"), slices.Contains(m.Reasons, "document_check_digit")
	return m.By == "document" && m.Strength == string(travel.Strong) && m.Action == string(travel.ActNoBoard) &&
		(exact && slices.Contains(m.Reasons, "no_name_on_entry") || (exact || digit) && slices.Contains(m.Reasons, "name_supports"))
}
