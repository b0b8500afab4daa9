package rule

import (
	"fmt"
	"testing"

	"fairway/pkg/travel"
	"fairway/rules"
)

// traveller is an ordinary one with both views, no matches and a short history: what nearly all look like.
func traveller() *Input {
	return &Input{
		Message: Message{Kind: "api", Function: "query", Carrier: "ZX"}, At: 1791200000000,
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
		History: []Earlier{{Leg: "ZX-7-ARN-2025-12-20", Date: "2025-12-20"}, {Leg: "ZX-8-DXB-2026-01-04", Date: "2026-01-04"}},
		Links:   &Links{DocumentPeople: new(1), ContactPeople: new(2), CardPeople: new(2)},
	}
}

// repeated is n rules: those shipped, over and over.
func repeated(tb testing.TB, n int) *Set {
	s, err := Load(rules.FS())
	if err != nil {
		tb.Fatal(err)
	}
	inUse := s.rules
	s.rules = nil
	for i := range n {
		s.rules = append(s.rules, inUse[i%len(inUse)])
	}
	return s
}

func BenchmarkEvaluate(b *testing.B) {
	apiOnly := traveller()
	apiOnly.Booking, apiOnly.Links = nil, nil
	for _, n := range []int{50, 100, 1000} {
		e := repeated(b, n).NewEvaluator()
		for name, in := range map[string]*Input{"both": traveller(), "api": apiOnly} {
			f := Gather(in)
			b.Run(fmt.Sprintf("%d/%s", n, name), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					e.Evaluate(f)
				}
			})
		}
	}
}

func BenchmarkGather(b *testing.B) {
	in := traveller()
	b.ReportAllocs()
	for b.Loop() {
		Gather(in)
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(rules.FS()); err != nil {
			b.Fatal(err)
		}
	}
}
