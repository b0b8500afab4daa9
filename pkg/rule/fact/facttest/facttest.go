// Package facttest gives tests of facts and rules one ordinary traveller. It promises that the same one comes every
// time. It makes no second one: for many there is package population.
package facttest

import (
	"fairway/pkg/rule/fact"
	"fairway/pkg/travel"
)

// Traveller is an ordinary one with both views, no matches and a short history: what nearly all look like.
func Traveller() *fact.Input {
	return &fact.Input{
		Message: fact.Message{Kind: "api", Function: "query", Carrier: "ZX"}, At: 1791200000000,
		Leg: travel.Leg{Mode: travel.Air, Carrier: "ZX", Number: "410", Origin: "DXB", Destination: "SYD", Departure: "2026-10-05T19:15", Arrival: "2026-10-06T15:10", Border: true},
		Traveller: &travel.Traveller{
			Index: 1, Kind: travel.Passenger, Surname: "NILSSON", Given: "EVA", Sex: "F", Birth: "1987-03-12", Nationality: "SWE", Ref: "R1", Locator: "5RTY7U",
			Documents: []travel.Document{{Type: "P", Number: "AB1234567", Issuer: "SWE", Expiry: "2031-05-06", Issued: "2021-05-06"}},
			Verified:  "verified", Bags: &travel.Bags{Count: 1, Weight: 18}, Contacts: []travel.Text{"phone:+4612345678"}, Debark: "SYD",
		},
		Booking: &travel.Booking{
			Locator: "5RTY7U", Carrier: "ZX", Created: "2026-08-01T10:00", Changed: "2026-08-01T10:00", Party: 2,
			Legs: []travel.BookedLeg{
				{Leg: travel.Leg{Origin: "DXB", Destination: "SYD", Departure: "2026-10-05T19:15", Arrival: "2026-10-06T15:10"}, Status: "HK"},
				{Leg: travel.Leg{Origin: "SYD", Destination: "DXB", Departure: "2026-10-19T20:00", Arrival: "2026-10-20T05:00"}, Status: "HK"},
			},
			Agency:   &travel.Agency{Kind: "T", Place: "STO", Country: "SE"},
			Payments: []travel.Payment{{Form: "CC", Payer: "E NILSSON"}}, Tickets: []travel.Ticket{{Issued: "2026-08-01T10:05"}},
			Changes: []travel.Change{{At: "2026-08-01T10:05", Action: "added", What: "TKT"}},
		},
		Listed: true, Authorised: true, HasHistory: true,
		History: []fact.Earlier{{Leg: "ZX-7-ARN-2025-12-20", Date: "2025-12-20"}, {Leg: "ZX-8-DXB-2026-01-04", Date: "2026-01-04"}},
		Links:   &fact.Links{DocumentPeople: new(1), ContactPeople: new(2), CardPeople: new(2)},
	}
}
