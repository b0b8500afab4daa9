// Package bookingtest is what the tests of PNRGOV's syntaxes hold alike: how they name persons and findings, and what every
// decoded message must be. It promises that what one syntax is held to the other is held to as well. It reads no body, and
// nothing but tests uses it.
package bookingtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// line is a person as a test names them.
func line(t *travel.Traveller, of int) string {
	s := fmt.Sprintf("%d: %s/%s/%s %s %s %s", of, string(t.Surname), string(t.Given), string(t.Middle), string(t.Birth), t.Sex, t.Nationality)
	for _, d := range t.Documents {
		s += fmt.Sprintf(" %s %s %s", d.Type, string(d.Number), d.Expiry)
	}
	for _, extra := range []string{t.FareType, t.CheckIn, t.Seat, string(t.Ticket), string(t.Frequent)} {
		if extra != "" {
			s += " " + extra
		}
	}
	if t.InfantOf > 0 {
		s += fmt.Sprintf(" of %d", t.InfantOf)
	}
	return s
}

// Lines are the persons of a message.
func Lines(m *travel.Message) []string {
	var all []string
	for i := range m.Travellers {
		all = append(all, line(&m.Travellers[i], m.BookingOf[i]))
	}
	return all
}

// Codes lists the codes of findings, each once, in order of the alphabet.
func Codes(findings []travel.Finding) string {
	seen := map[string]bool{}
	var all []string
	for _, f := range findings {
		if !seen[f.Code] {
			seen[f.Code] = true
			all = append(all, f.Code)
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// Holds fails t where a message decoded of so many bytes is not what every syntax promises: each person has a booking, each
// place lies inside the body, and nothing that must not be kept got through.
func Holds(t testing.TB, m *travel.Message, size int) {
	if len(m.BookingOf) != len(m.Travellers) {
		t.Fatalf("%d travellers, %d bookings of them", len(m.Travellers), len(m.BookingOf))
	}
	for i, b := range m.BookingOf {
		if b < 0 || b >= len(m.Bookings) || m.Travellers[i].Index != i+1 {
			t.Fatalf("traveller %d is of booking %d of %d", m.Travellers[i].Index, b, len(m.Bookings))
		}
		if of := m.Travellers[i].InfantOf; of < 0 || of > len(m.Travellers) || of == i+1 {
			t.Fatalf("traveller %d is an infant of %d", i+1, of)
		}
	}
	for _, f := range m.Findings {
		if f.Offset < 0 || f.Offset > size || f.Traveller > len(m.Travellers) {
			t.Fatalf("%s outside the body", f)
		}
	}
	for i := range m.Bookings {
		for _, s := range m.Bookings[i].Services {
			if sensitive.Service(s) {
				t.Fatal("a banned service got through")
			}
		}
		for _, r := range m.Bookings[i].Remarks {
			if sensitive.Text(string(r)) && len(r) < mostText {
				t.Fatal("a banned remark got through")
			}
		}
	}
}

// mostText is how much of a remark is kept.
const mostText = 500
