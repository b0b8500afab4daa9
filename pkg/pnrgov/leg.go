package pnrgov

import (
	"strings"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// tvl reads a flight: the one reported on before the first booking, then the itinerary of each.
func (d *decoder) tvl() {
	switch {
	case d.b == nil:
		if leg, ok := d.leg(); ok {
			leg.Border = len(d.m.Legs) == 0
			d.m.Legs = append(d.m.Legs, leg)
		}
		return
	case d.at == inOther:
		return
	}
	d.who = -1
	s := d.seg
	if s.Get(1, 1) == "" && s.Get(2, 1) == "" && s.Get(3, 1) == "" { // up to 13.1 a second TVL is the code-share
		if s.Get(5, 1) != "ARNK" && s.Get(5, 1) != "" {
			d.codeshare(s.Get(4, 1), s.Get(5, 1))
		}
		return
	}
	d.at, d.reported = inLeg, false
	if s.Get(1, 1) == "OPEN" || s.Get(5, 1) == "OPEN" || s.Get(5, 1) == "ARNK" {
		return // no flight yet, or none at all
	}
	leg, ok := d.leg()
	if !ok || len(d.b.Legs) >= maxChanges {
		return
	}
	booked := travel.BookedLeg{Leg: leg, Class: s.Get(5, 2)}
	if d.b.Legs == nil {
		d.b.Legs = make([]travel.BookedLeg, 0, 2)
	}
	d.b.Legs = append(d.b.Legs, booked)
	d.matchReported(leg.Carrier, leg.Number)
	if other := s.Get(4, 2); other != "" && other != leg.Carrier {
		if !d.reported {
			d.matchReported(other, leg.Number)
		}
		d.alsoAs(other, leg.Number)
	}
}

// leg reads the flight in TVL; ok is false, and a finding says so, when it names no departure.
func (d *decoder) leg() (travel.Leg, bool) {
	s := d.seg
	leg := travel.Leg{Mode: travel.Air, Carrier: strings.TrimSpace(s.Get(4, 1)), Number: travel.FlightNumber(s.Get(5, 1)),
		Origin: travel.Port(strings.TrimSpace(s.Get(2, 1))), Destination: travel.Port(strings.TrimSpace(s.Get(3, 1)))}
	date := s.Get(1, 1)
	at, ok := dateTime(date, s.Get(1, 2), "DDMMYY")
	if !ok {
		d.find("bad_date", travel.Fault, s.Pos(1, 1), "not the date and time of a departure; send DDMMYY:hhmm, local to the port")
		return leg, false
	}
	leg.Departure = at
	arrival, clock := s.Get(1, 3), s.Get(1, 4)
	if len(arrival) == 4 && clock == "" { // the date left out together with its separator
		arrival, clock = "", arrival
	}
	if arrival == "" {
		arrival = date // the same day (standards.md D.3)
	}
	if clock != "" {
		if leg.Arrival, ok = dateTime(arrival, clock, "DDMMYY"); !ok {
			d.find("bad_date", travel.Fault, s.Pos(1, 3), "not the date and time of an arrival; send DDMMYY:hhmm, local to the port")
		}
	}
	if leg.Origin == "" || leg.Carrier == "" || leg.Number == "" {
		d.find("bad_leg", travel.Warning, s.Pos(0, 0), "a flight without its port, carrier or number")
		return leg, leg.Origin != "" && d.b != nil
	}
	return leg, true
}

// matchReported sees whether the flight in hand, under this designator, is the one the message reports on. If so it
// takes that one's designator, so that all bookings name one flight alike.
func (d *decoder) matchReported(carrier, number string) {
	report, ok := d.m.ReportLeg()
	n := len(d.b.Legs)
	if !ok || n == 0 || d.reported {
		return
	}
	l := &d.b.Legs[n-1]
	if l.Origin != report.Origin || l.Departure.Date() != report.Departure.Date() {
		return
	}
	same := carrier == report.Carrier && number == report.Number
	if !same && (l.Destination != report.Destination || l.Departure != report.Departure) {
		return // another flight that day; the same minute and route is the same aircraft under a partner's number
	}
	d.reported = true
	was := l.Leg
	l.Leg = report
	if was.Carrier != report.Carrier || was.Number != report.Number {
		d.alsoAs(was.Carrier, was.Number)
	}
}

// codeshare notes another designator of the flight in hand: TRA from 14.1, a second TVL before.
func (d *decoder) codeshare(carrier, flight string) {
	n := 0
	if d.b != nil {
		n = len(d.b.Legs)
	}
	if n == 0 || d.at != inLeg && d.at != inCheckIn {
		return
	}
	flight = travel.FlightNumber(flight)
	if flight == "" {
		return
	}
	if carrier == "" { // a bare number is of the partner named beside the carrier
		if l := &d.b.Legs[n-1]; len(l.Codeshare) > 0 {
			last := len(l.Codeshare) - 1
			partner, _, _ := strings.Cut(l.Codeshare[last], "-")
			d.matchReported(partner, flight)
			l.Codeshare[last] = partner + "-" + flight
			return
		}
		carrier = d.b.Legs[n-1].Carrier
	}
	d.matchReported(carrier, flight)
	d.alsoAs(carrier, flight)
}

// alsoAs adds a designator, "QZ-8411", to the flight in hand.
func (d *decoder) alsoAs(carrier, number string) {
	l := &d.b.Legs[len(d.b.Legs)-1]
	name := carrier + "-" + number
	if carrier == l.Carrier && number == l.Number || len(l.Codeshare) >= 8 {
		return
	}
	for _, have := range l.Codeshare {
		if have == name {
			return
		}
	}
	l.Codeshare = append(l.Codeshare, name)
}

// ssd reads the seat that was given at check-in.
func (d *decoder) ssd() {
	if t := d.person(); t != nil && d.at == inCheckIn && d.reported {
		if s := seat(d.seg.Get(1, 1)); s != "" {
			t.Seat = s
		}
	}
}

// seat reads "039G" as "39G"; XXX is none.
func seat(s string) string {
	s = strings.TrimLeft(strings.TrimSpace(s), "0")
	if len(s) < 2 || len(s) > 4 || s[0] < '0' || s[0] > '9' {
		return ""
	}
	return s
}

// mostTags bounds the tags one TBD may stand for.
const mostTags = 50

// tbd reads the bags of the person in hand. Those of the reported flight count; those of another only until then.
func (d *decoder) tbd() {
	t, s := d.person(), d.seg
	if t == nil || d.at != inCheckIn || t.Bags != nil && !d.reported {
		return
	}
	n := edifact.Number(s.Get(2, 1))
	if n < 0 {
		if s.Elements() > 0 {
			d.find("bad_number", travel.Note, s.Pos(2, 1), "TBD does not hold the number of bags")
		}
		return
	}
	bags := &travel.Bags{Count: n, Pool: s.Get(4, 1) != ""}
	if w := edifact.Number(s.Get(2, 2)); w > 0 {
		if s.Get(2, 3) == "701" { // pounds
			w = w * 454 / 1000
		}
		bags.Weight = w
	}
	for e := 5; e <= s.Elements() && len(bags.Tags) < mostTags; e++ {
		for r := range s.Repetitions(e) {
			tag, count := strings.TrimSpace(s.At(e, r, 2)), edifact.Number(s.At(e, r, 3))
			if s.Elements()-4 >= n { // a tag for every bag: the number after it counts something else
				count = 1
			}
			if tag != "" {
				bags.Tags = append(bags.Tags, travel.ConsecutiveTags(tag, min(max(count, 1), n, mostTags))...)
			}
		}
	}
	t.Bags = bags
}
