package sensitive

import (
	"slices"
	"strings"

	"fairway/pkg/travel"
)

// Scrub takes services, remarks and payers that must not be kept out of a message that came as Fairway's own JSON, and
// counts them in Removed.
func Scrub(m *travel.Message) {
	for i := range m.Bookings {
		b := &m.Bookings[i]
		before := len(b.Services) + len(b.Remarks)
		b.Services = slices.DeleteFunc(b.Services, Service)
		b.Remarks = slices.DeleteFunc(b.Remarks, func(r travel.Text) bool { return Text(string(r)) })
		m.Removed += before - len(b.Services) - len(b.Remarks)
		for k := range b.Payments {
			if Pay(&b.Payments[k]) {
				m.Removed++
			}
		}
	}
}

// Pay keeps of a payment's card no more than identifies it, and no payer that tells what must not be kept; it reports
// whether there was one.
func Pay(p *travel.Payment) (removed bool) {
	p.Card = card(string(p.Card))
	if removed = Text(string(p.Payer)); removed {
		p.Payer = ""
	}
	return removed
}

// card keeps of a card number what identifies it to its issuer and no more: the first six and the last four digits.
func card(n string) travel.Number {
	n = strings.TrimSpace(n)
	if len(n) < 12 || strings.ContainsAny(n, "X*") {
		return travel.Number(n)
	}
	return travel.Number(strings.ToValidUTF8(n[:6]+strings.Repeat("X", len(n)-10)+n[len(n)-4:], "X"))
}
