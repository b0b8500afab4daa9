package booking

import (
	"slices"
	"strings"

	"fairway/pkg/travel"
)

// Reports adds a flight that the message reports on; the first is the one that crosses the border.
func (b *Builder) Reports(leg travel.Leg, at travel.Place) {
	leg.Border = len(b.Message.Legs) == 0
	b.Message.Legs = append(b.Message.Legs, leg)
	b.Message.LegPlaces = append(b.Message.LegPlaces, at)
}

// Port reads an IATA code of three letters or a UN/LOCODE. What can be neither is no port: a leg under it would never
// be found again.
func (b *Builder) Port(code string, at travel.Place) travel.Port {
	p := travel.Port(strings.ToUpper(strings.TrimSpace(code)))
	if p.Valid() {
		return p
	}
	if p != "" {
		b.Find("bad_port", travel.Fault, at, "not a port; send its IATA code of three letters, or its UN/LOCODE")
	}
	return ""
}

// Fly starts the next flight of the booking; AddLeg says which it is.
func (b *Builder) Fly() { b.Who, b.Reported, b.nears = -1, false, b.nears[:0] }

// AddLeg adds a flight to the booking's; false when it has no room for more.
func (b *Builder) AddLeg(l travel.BookedLeg) bool {
	if len(b.Booking.Legs) >= maxLegs {
		return false
	}
	if b.Booking.Legs == nil {
		b.Booking.Legs = make([]travel.BookedLeg, 0, 2)
	}
	b.Booking.Legs = append(b.Booking.Legs, l)
	return true
}

// MatchReported sees whether the flight in hand, under this designator, is the one the message reports on. If so it
// takes that one's designator, so that all bookings name one flight alike.
func (b *Builder) MatchReported(carrier, number string) {
	report, ok := b.Message.ReportLeg()
	n := len(b.Booking.Legs)
	if !ok || n == 0 || b.Reported {
		return
	}
	l := &b.Booking.Legs[n-1]
	if l.Origin != report.Origin || l.Departure.Date() != report.Departure.Date() {
		return
	}
	same := carrier == report.Carrier && number == report.Number
	if !same && (l.Destination != report.Destination || l.Departure != report.Departure) {
		return // another flight that day; the same minute and route is the same aircraft under a partner's number
	}
	b.Reported = true
	was := l.Leg
	l.Leg = report
	if report.Arrival == "" {
		l.Arrival = was.Arrival
	}
	if report.Destination == "" {
		l.Destination = was.Destination
	}
	b.notItself(l, was.Number)
	if was.Carrier != report.Carrier || was.Number != report.Number {
		b.AlsoAs(was.Carrier, was.Number)
	}
}

// notItself takes off the code-shares of a flight what is the flight itself under its own designator, and its carrier
// under the number it was sold by.
func (b *Builder) notItself(l *travel.BookedLeg, soldAs string) {
	l.Codeshare = slices.DeleteFunc(l.Codeshare, func(name string) bool {
		carrier, number, _ := strings.Cut(name, "-")
		return carrier == l.Carrier && (number == l.Number || number == soldAs)
	})
	if len(l.Codeshare) == 0 {
		l.Codeshare = nil
	}
}

// Codeshare notes another designator of the flight in hand. A bare number is of the partner that was named before.
func (b *Builder) Codeshare(carrier, flight string) {
	n := len(b.Booking.Legs)
	if n == 0 {
		return
	}
	carrier, flight = strings.TrimSpace(carrier), travel.FlightNumber(flight)
	if flight == "" {
		return
	}
	if carrier == "" {
		if l := &b.Booking.Legs[n-1]; len(l.Codeshare) > 0 {
			last := len(l.Codeshare) - 1
			partner, _, _ := strings.Cut(l.Codeshare[last], "-")
			b.MatchReported(partner, flight)
			l.Codeshare[last] = partner + "-" + flight
			return
		}
		carrier = b.Booking.Legs[n-1].Carrier
	}
	b.MatchReported(carrier, flight)
	if l := &b.Booking.Legs[n-1]; flight != l.Number { // the number was not known when the partner was named beside the carrier
		l.Codeshare = slices.DeleteFunc(l.Codeshare, func(name string) bool { return name == carrier+"-"+l.Number })
	}
	b.AlsoAs(carrier, flight)
}

// AlsoAs adds a designator, "QZ-8411", to the flight in hand.
func (b *Builder) AlsoAs(carrier, number string) {
	l := &b.Booking.Legs[len(b.Booking.Legs)-1]
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

// Seat reads "039G" as "39G"; XXX is none.
func Seat(s string) string {
	s = strings.TrimLeft(strings.TrimSpace(s), "0")
	if len(s) < 2 || len(s) > 4 || s[0] < '0' || s[0] > '9' {
		return ""
	}
	return s
}
