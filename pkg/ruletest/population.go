package ruletest

import (
	"time"

	"fairway/pkg/population"
	"fairway/pkg/rule/fact"
	"fairway/pkg/travel"
)

// Population is a thousand ordinary travellers as rules see them: nobody is on a list, everybody has what they need,
// half of them have a booking as well. The same every time.
func Population() []*fact.Set {
	const people = 1000
	start := time.Date(2026, 10, 5, 6, 0, 0, 0, time.UTC)
	p := population.New(1, start)
	all := make([]*fact.Set, 0, people)
	for len(all) < people {
		m := p.Party()
		var b *travel.Booking
		if len(all)%2 == 0 {
			made := p.Booking(&m)
			b = &made
		}
		for i := range m.Travellers {
			in := fact.Input{Message: fact.Message{Kind: string(m.Kind), Function: string(m.Function), Carrier: m.Legs[0].Carrier}, At: start.UnixMilli(),
				Leg: m.Legs[0], Traveller: &m.Travellers[i], Booking: b, Listed: true, Authorised: true, HasHistory: true}
			if i%3 == 0 {
				in.Authorisation = &fact.Permission{Status: "valid", Until: "2028-01-01"}
			}
			all = append(all, fact.Gather(&in))
		}
	}
	return all[:people]
}
