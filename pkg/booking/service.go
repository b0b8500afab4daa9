package booking

import (
	"slices"
	"strings"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// Service reads a special service by its code, whose text stands at: of the person in hand, or of the booking. Seats are
// none of these: each syntax says them its own way.
func (b *Builder) Service(code, text string, at travel.Place) {
	switch {
	case sensitive.Service(code):
		b.Remove()
	case b.structured(code, text, at):
	default:
		b.other(code, text, at)
	}
}

// structured reads a service that is more than its code: documents, contacts, tickets. False when it is none of these.
func (b *Builder) structured(code, text string, at travel.Place) bool {
	switch {
	case code == "DOCS" || code == "DOCO" || code == "DOCA":
		if text != "" {
			b.papersOf(code, text, at)
		}
	case code == "OTHS":
		b.Remark(text)
	case strings.HasPrefix(code, "CTC") && len(code) == 4:
		if v, ok := contactIn(code + " " + text); ok {
			b.contact(v)
		}
	case code == "TKNE" || code == "TKNA" || code == "TKNM":
		b.electronic(text)
	case code == "FQTV":
		if t := b.Person(); t != nil && t.Frequent == "" {
			t.Frequent = travel.Number(strings.TrimSpace(text))
		}
	default:
		return false
	}
	return true
}

func (b *Builder) papersOf(code, text string, at travel.Place) {
	switch code {
	case "DOCS":
		b.docs(text, at)
	case "DOCO":
		b.doco(text, at)
	case "DOCA":
		b.doca(text, at)
	}
}

// other keeps the code of a service, once, and of its text only an infant.
func (b *Builder) other(code, text string, at travel.Place) {
	switch {
	case code == "INFT":
		b.inft(text, at)
	case sensitive.Text(text):
		b.Remove()
	}
	if len(code) == 4 && len(b.Booking.Services) < maxRemarks && !slices.Contains(b.Booking.Services, code) {
		b.Booking.Services = append(b.Booking.Services, code)
	}
}

// electronic reads the number of an electronic ticket: "1392178947000C2", an infant's begins with INF.
func (b *Builder) electronic(text string) {
	text = strings.TrimLeft(text, ". ")
	if strings.HasPrefix(text, "INF") {
		return // its own name has it
	}
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	if t := b.Person(); t != nil && t.Ticket == "" && n >= 10 {
		t.Ticket = travel.Number(text[:n])
	}
}
