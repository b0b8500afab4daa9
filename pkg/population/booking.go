package population

import (
	"time"

	"fairway/pkg/travel"
)

// Booking invents the booking of the party of m: when it was made, by whom, there and back or one way, and how it was
// paid. The shares are guesses in round numbers; no source has them.
func (p *Population) Booking(m *travel.Message) travel.Booking {
	leg := m.Legs[0]
	departure, _ := leg.Departure.Time()
	made := departure.Add(-time.Duration(2+p.rng.IntN(120*24)) * time.Hour)
	local := travel.LocalTimeOf
	b := travel.Booking{Locator: m.Travellers[0].Locator, Carrier: leg.Carrier, Created: local(made), Changed: local(made.Add(time.Hour)),
		Party: len(m.Travellers), Contacts: []travel.Text{"phone:6565550101"}, Bags: &travel.Bags{Count: p.rng.IntN(3)},
		Legs:     []travel.BookedLeg{{Leg: leg, Class: "Y", Status: "HK"}},
		Agency:   &travel.Agency{Kind: "T", Country: "GBR", Place: string(leg.Origin)},
		Tickets:  []travel.Ticket{{Number: "9991234567890", Issued: local(made.Add(time.Hour))}},
		Payments: []travel.Payment{{Form: "CC", Vendor: "VI", Payer: m.Travellers[0].Surname}}}
	if p.rng.IntN(4) > 0 { // there and back
		back := leg
		back.Origin, back.Destination, back.Number = leg.Destination, leg.Origin, leg.Number+"1"
		home := departure.Add(time.Duration(2+p.rng.IntN(20)) * 24 * time.Hour)
		back.Departure, back.Arrival = local(home), local(home.Add(5*time.Hour))
		b.Legs = append(b.Legs, travel.BookedLeg{Leg: back, Class: "Y", Status: "HK"})
	}
	if p.rng.IntN(12) == 0 {
		b.Payments[0] = travel.Payment{Form: "CA"}
	}
	return b
}
