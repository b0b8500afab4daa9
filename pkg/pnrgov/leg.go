package pnrgov

import (
	"slices"
	"strings"

	"fairway/pkg/travel"
)

// tvl reads a flight: the one reported on before the first booking, then the itinerary of each.
func (d *decoder) tvl() {
	switch {
	case d.b == nil:
		if leg, ok := d.leg(); ok {
			d.reports(leg, d.seg.Pos(0, 0))
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
	d.at, d.reported, d.nears = inLeg, false, d.nears[:0]
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
	if other := strings.TrimSpace(s.Get(4, 2)); other != "" && other != leg.Carrier {
		if !d.reported {
			d.matchReported(other, leg.Number)
		}
		if l := &d.b.Legs[len(d.b.Legs)-1]; other != l.Carrier { // it is flown under the reported number, not this one
			d.alsoAs(other, leg.Number)
		}
	}
}

// reports adds a flight that the message reports on; the first is the one that crosses the border.
func (d *decoder) reports(leg travel.Leg, at travel.Place) {
	leg.Border = len(d.m.Legs) == 0
	d.m.Legs = append(d.m.Legs, leg)
	d.m.LegPlaces = append(d.m.LegPlaces, at)
}

// leg reads the flight in TVL; ok is false, and a fault says so, when it names no departure that can be.
func (d *decoder) leg() (travel.Leg, bool) {
	s := d.seg
	leg := travel.Leg{Mode: travel.Air, Carrier: strings.TrimSpace(s.Get(4, 1)), Number: travel.FlightNumber(s.Get(5, 1))}
	from, to := s.Get(2, 1), s.Get(3, 1)
	leg.Origin, leg.Destination = d.port(from, s.Pos(2, 1)), d.port(to, s.Pos(3, 1))
	date := d.tidy(1, 1)
	at, ok := d.readBefore(date, d.tidy(1, 2))
	if !ok {
		d.find("bad_date", travel.Fault, s.Pos(1, 1), "not the date and time of a departure; send DDMMYY:hhmm, local to the port")
		return leg, false
	}
	leg.Departure = at
	leg.Arrival = d.arrival(date)
	if leg.Origin == "" {
		if strings.TrimSpace(from) == "" {
			d.find("bad_leg", travel.Fault, s.Pos(2, 1), "a flight without its port of departure was left out; send the port's IATA code")
		}
		return leg, false
	}
	severity, text := travel.Fault, "the flight reported on has no carrier; send its two- or three-letter designator"
	if d.b != nil { // where somebody flew may be told without it
		severity, text = travel.Warning, "a flight of the booking without its carrier; send the two- or three-letter designator"
	}
	switch {
	case leg.Carrier == "":
		d.find("bad_leg", severity, s.Pos(4, 1), text)
	case leg.Number == "":
		d.find("bad_leg", severity, s.Pos(5, 1), "a flight without its number; send it after the carrier")
	default:
		return leg, true
	}
	return leg, d.b != nil
}

// arrival reads when the flight in TVL arrives, local to where it does; without a date it is on the day of departure.
func (d *decoder) arrival(departs string) travel.LocalTime {
	date, clock := d.tidy(1, 3), d.tidy(1, 4)
	if len(date) == 4 && clock == "" { // the date left out together with its separator
		date, clock = "", date
	}
	switch {
	case date == "" && clock == "", clock == "" && date == departs: // nothing that is not known
		return ""
	case date == "":
		date = departs // the same day (standards.md D.3)
	}
	at, ok := d.readBefore(date, clock)
	if !ok {
		d.find("bad_date", travel.Fault, d.seg.Pos(1, 3), "not the date and time of an arrival; send DDMMYY:hhmm, local to the port")
	}
	return at
}

// port reads an IATA code of three letters or a UN/LOCODE. What can be neither is no port: a leg under it would never
// be found again.
func (d *decoder) port(code string, at travel.Place) travel.Port {
	p := travel.Port(strings.ToUpper(strings.TrimSpace(code)))
	if p.Valid() {
		return p
	}
	if p != "" {
		d.find("bad_port", travel.Fault, at, "not a port; send its IATA code of three letters, or its UN/LOCODE")
	}
	return ""
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
	if report.Arrival == "" {
		l.Arrival = was.Arrival
	}
	if report.Destination == "" {
		l.Destination = was.Destination
	}
	d.notItself(l, was.Number)
	if was.Carrier != report.Carrier || was.Number != report.Number {
		d.alsoAs(was.Carrier, was.Number)
	}
}

// notItself takes off the code-shares of a flight what is the flight itself under its own designator, and its carrier
// under the number it was sold by.
func (d *decoder) notItself(l *travel.BookedLeg, soldAs string) {
	l.Codeshare = slices.DeleteFunc(l.Codeshare, func(name string) bool {
		carrier, number, _ := strings.Cut(name, "-")
		return carrier == l.Carrier && (number == l.Number || number == soldAs)
	})
	if len(l.Codeshare) == 0 {
		l.Codeshare = nil
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
	carrier, flight = strings.TrimSpace(carrier), travel.FlightNumber(flight)
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
	if l := &d.b.Legs[n-1]; flight != l.Number { // the number was not known when the partner was named beside the carrier
		l.Codeshare = slices.DeleteFunc(l.Codeshare, func(name string) bool { return name == carrier+"-"+l.Number })
	}
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
