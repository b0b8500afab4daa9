package wire

import (
	"strconv"
	"strings"
	"unicode"

	"fairway/pkg/travel"
)

// lettersOnly clears the parts of a name that have no letter, as "..." and "12345": no list has them. It reports
// whether nothing is left of the whole name. A character that was lost on its way stays; it was a letter.
func lettersOnly(t *travel.Traveller) (nameless bool) {
	cleared := false
	for _, n := range []*travel.Name{&t.Surname, &t.Given, &t.Middle} {
		if *n != "" && !lettered(*n) {
			*n, cleared = "", true
		}
	}
	if !cleared {
		return false
	}
	if t.Surname == "" { // a single name counts as one
		t.Surname, t.Given = t.Given, ""
	}
	if t.Surname == "" {
		t.Surname, t.Middle = t.Middle, ""
	}
	return t.Surname == ""
}

func lettered(n travel.Name) bool {
	if c := n[0] | 0x20; c >= 'a' && c <= 'z' { // as nearly every name
		return true
	}
	return strings.IndexFunc(string(n), func(r rune) bool { return unicode.IsLetter(r) || r == unicode.ReplacementChar }) >= 0
}

// unnamedBookings says once that there are bookings of persons who are not named: nobody of them was looked up.
func unnamedBookings(m *travel.Message) {
	if len(m.BookingOf) == 0 && len(m.Travellers) > 0 { // whose they are is not known
		return
	}
	named := make([]bool, len(m.Bookings))
	for _, b := range m.BookingOf {
		if b >= 0 && b < len(named) {
			named[b] = true
		}
	}
	n := 0
	for i := range m.Bookings {
		if b := &m.Bookings[i]; !named[i] && b.Party > 0 && !b.Cancel {
			n++
		}
	}
	many := strconv.Itoa(n) + " bookings name nobody and their"
	switch n {
	case 0:
		return
	case 1:
		many = "one booking names nobody and its"
	}
	m.Findings = append(m.Findings, travel.Finding{Code: "unnamed_booking", Severity: travel.Warning,
		Text: many + " travellers were not screened; send names when they are known"})
}
