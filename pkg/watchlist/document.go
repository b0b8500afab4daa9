package watchlist

import (
	"crypto/sha256"
	"encoding/hex"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// TypeRedress is the document type of a redress number in a clearance.
const TypeRedress = "REDRESS"

// minNumber is the shortest document number that identifies anything.
const minNumber = 4

// DocumentKeys returns the keys that the documents of e are stored under: "DEU|C01X00T47", or "|C01X00T47" when the
// entry names no issuer. Numbers too short to identify, or of one character repeated, and redress numbers give none.
func DocumentKeys(e *travel.ListEntry) []string {
	var keys []string
	for i := range e.Documents {
		d := &e.Documents[i]
		if n := travel.CleanNumber(d.Number); identifies(n) && d.Type != TypeRedress {
			keys = addKey(keys, string(d.Issuer)+"|"+n)
		}
	}
	return keys
}

// TravellerDocumentKeys appends to dst the keys to look up for what t shows: each number with its issuer (the
// nationality stands in for one that is absent or no State) and without, and again without its last digit where that is a valid check
// digit of the rest (Doc 9303-3, 4.9), because some carriers send number and check digit as one.
func TravellerDocumentKeys(dst []string, t *travel.Traveller) []string {
	for i := range t.Documents {
		d := &t.Documents[i]
		n := travel.CleanNumber(d.Number)
		dst = addNumber(dst, d.Issuer, t.Nationality, n)
		if body, ok := withoutCheckDigit(n); ok {
			dst = addNumber(dst, d.Issuer, t.Nationality, body)
		}
	}
	return dst
}

// AuthorisationKey returns the key of an authorisation by its own number, "" when n is none. The entry that holds the
// number as a document without an issuer is stored under it by [DocumentKeys]; one that names the traveller's
// passport is found by [TravellerDocumentKeys]. Authorisations need a key space of their own.
func AuthorisationKey(n travel.Number) string {
	if c := travel.CleanNumber(n); identifies(c) {
		return "|" + c
	}
	return ""
}

// ClearanceKeys returns the keys that a clearance is stored under: "R|" and each redress number, "D|" and each document
// with its issuer; when it has neither, "N|" and a digest of names, full birth date and nationality, in each form of transliteration. A clearance needs
// a key space of its own.
func ClearanceKeys(e *travel.ListEntry) []string {
	var keys []string
	for i := range e.Documents {
		d := &e.Documents[i]
		n := travel.CleanNumber(d.Number)
		switch {
		case !identifies(n):
		case d.Type == TypeRedress:
			keys = addKey(keys, "R|"+n)
		case d.Issuer != "":
			keys = addKey(keys, "D|"+string(d.Issuer)+"|"+n)
		}
	}
	if len(keys) == 0 {
		keys = nameKeys(keys, string(e.Surname), string(e.Given), e.Birth, e.Nationality)
	}
	return keys
}

// TravellerClearanceKeys appends to dst the keys under which a clearance of t may be stored.
func TravellerClearanceKeys(dst []string, t *travel.Traveller) []string {
	if n := travel.CleanNumber(t.Redress); identifies(n) {
		dst = addKey(dst, "R|"+n)
	}
	for i := range t.Documents {
		d := &t.Documents[i]
		if n := travel.CleanNumber(d.Number); identifies(n) && d.Issuer != "" {
			dst = addKey(dst, "D|"+string(d.Issuer)+"|"+n)
			if body, ok := withoutCheckDigit(n); ok && identifies(body) {
				dst = addKey(dst, "D|"+string(d.Issuer)+"|"+body)
			}
		}
	}
	return nameKeys(dst, string(t.Surname), string(t.FullGiven()), t.Birth, t.Nationality)
}

// nameKeys appends the keys of a name in each form of transliteration.
func nameKeys(dst []string, surname, given string, b travel.BirthDate, n travel.State) []string {
	for form := name.ICAO; form <= name.Plain; form++ {
		if k := nameKey(surname, given, form, b, n); k != "" {
			dst = addKey(dst, k)
		}
		if name.ASCII(surname) && name.ASCII(given) {
			break
		}
	}
	return dst
}

// nameKey is a digest, so that a store's keys show no names.
func nameKey(surname, given string, form name.Form, b travel.BirthDate, n travel.State) string {
	if surname == "" || n == "" || !b.Date().Full() {
		return ""
	}
	var buf [2*name.MaxLen + 32]byte
	text := name.Normalise(buf[:0], surname, form)
	if len(text) == 0 { // letters that are not known here: everybody's would be the same
		return ""
	}
	text = append(text, '|')
	text = append(name.Normalise(text, given, form), '|')
	sum := sha256.Sum256(append(append(append(text, b...), '|'), n...))
	return "N|" + hex.EncodeToString(sum[:12])
}

func addNumber(dst []string, issuer, nationality travel.State, n string) []string {
	if !identifies(n) {
		return dst
	}
	code, known, _ := travel.ParseState(string(issuer))
	if code != "" { // one that is no State too: a list may have been given the same
		dst = addKey(dst, string(code)+"|"+n)
	}
	if !known && nationality != "" {
		dst = addKey(dst, string(nationality)+"|"+n)
	}
	return addKey(dst, "|"+n)
}

func addKey(keys []string, k string) []string {
	for _, have := range keys {
		if have == k {
			return keys
		}
	}
	return append(keys, k)
}

func identifies(n string) bool {
	if len(n) < minNumber {
		return false
	}
	for i := range len(n) {
		if n[i] != n[0] {
			return true
		}
	}
	return false
}

// withoutCheckDigit returns n without its last digit when that is the 7-3-1 check digit of the rest.
func withoutCheckDigit(n string) (string, bool) {
	last := len(n) - 1
	if last < minNumber || n[last] < '0' || n[last] > '9' {
		return "", false
	}
	sum := 0
	for i := range last {
		v := int(n[i] - '0')
		if n[i] >= 'A' {
			v = int(n[i]-'A') + 10
		}
		sum += v * [3]int{7, 3, 1}[i%3]
	}
	return n[:last], sum%10 == int(n[last]-'0')
}

// Posting is what is stored under each key of an entry: what a match reports, and what confirms it.
type Posting struct {
	Entry       string           `json:"entry"`
	List        string           `json:"list"`
	Category    string           `json:"category,omitempty"`
	Action      travel.Action    `json:"action"`
	ValidUntil  travel.Date      `json:"valid_until,omitempty"`
	Caveat      string           `json:"caveat,omitempty"`
	Surname     travel.Name      `json:"surname,omitempty"`
	Given       travel.Name      `json:"given,omitempty"`
	OtherNames  []travel.Name    `json:"other_names,omitempty"`
	Birth       travel.BirthDate `json:"birth,omitempty"`
	Nationality travel.State     `json:"nationality,omitempty"`

	// Documents are those with an issuer, type, number and issuer only: what an exact match is proved by.
	Documents []travel.Document `json:"documents,omitempty"`
}

// NewPosting returns the posting of e. It shares the slice of other names.
func NewPosting(e *travel.ListEntry) Posting {
	var docs []travel.Document
	for i := range e.Documents {
		if d := &e.Documents[i]; d.Issuer != "" && d.Type != TypeRedress && e.Action != travel.ActClear {
			docs = append(docs, travel.Document{Type: d.Type, Number: d.Number, Issuer: d.Issuer})
		}
	}
	return Posting{
		Entry: e.ID, List: e.List, Category: e.Category, Action: e.Action, ValidUntil: e.ValidUntil, Caveat: e.Caveat,
		Surname: e.Surname, Given: e.Given, OtherNames: e.OtherNames, Birth: e.Birth, Nationality: e.Nationality,
		Documents: docs,
	}
}
