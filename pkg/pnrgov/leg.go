package pnrgov

import (
	"strings"

	"fairway/pkg/travel"
)

// tvl reads a flight: the one reported on before the first booking, then the itinerary of each.
func (d *decoder) tvl() {
	switch {
	case d.b.Booking == nil:
		if leg, ok := d.leg(); ok {
			d.b.Reports(leg, d.seg.Pos(0, 0))
		}
		return
	case d.at == inOther:
		return
	}
	d.b.Who = -1
	s := d.seg
	if s.Get(1, 1) == "" && s.Get(2, 1) == "" && s.Get(3, 1) == "" { // up to 13.1 a second TVL is the code-share
		if s.Get(5, 1) != "ARNK" && s.Get(5, 1) != "" {
			d.codeshare(s.Get(4, 1), s.Get(5, 1))
		}
		return
	}
	d.at = inLeg
	d.b.Fly()
	if s.Get(1, 1) == "OPEN" || s.Get(5, 1) == "OPEN" || s.Get(5, 1) == "ARNK" {
		return // no flight yet, or none at all
	}
	leg, ok := d.leg()
	if !ok || !d.b.AddLeg(travel.BookedLeg{Leg: leg, Class: s.Get(5, 2)}) {
		return
	}
	d.b.MatchReported(leg.Carrier, leg.Number)
	if other := strings.TrimSpace(s.Get(4, 2)); other != "" && other != leg.Carrier {
		if !d.b.Reported {
			d.b.MatchReported(other, leg.Number)
		}
		if l := &d.b.Booking.Legs[len(d.b.Booking.Legs)-1]; other != l.Carrier { // it is flown under the reported number, not this one
			d.b.AlsoAs(other, leg.Number)
		}
	}
}

// leg reads the flight in TVL; ok is false, and a fault says so, when it names no departure that can be.
func (d *decoder) leg() (travel.Leg, bool) {
	s := d.seg
	leg := travel.Leg{Mode: travel.Air, Carrier: strings.TrimSpace(s.Get(4, 1)), Number: travel.FlightNumber(s.Get(5, 1))}
	from, to := s.Get(2, 1), s.Get(3, 1)
	leg.Origin, leg.Destination = d.b.Port(from, s.Pos(2, 1)), d.b.Port(to, s.Pos(3, 1))
	date := d.tidy(1, 1)
	at, ok := d.readBefore(date, d.tidy(1, 2))
	if !ok {
		d.b.Find("bad_date", travel.Fault, s.Pos(1, 1), "not the date and time of a departure; send DDMMYY:hhmm, local to the port")
		return leg, false
	}
	leg.Departure = at
	leg.Arrival = d.arrival(date)
	if leg.Origin == "" {
		if strings.TrimSpace(from) == "" {
			d.b.Find("bad_leg", travel.Fault, s.Pos(2, 1), "a flight without its port of departure was left out; send the port's IATA code")
		}
		return leg, false
	}
	severity, text := travel.Fault, "the flight reported on has no carrier; send its two- or three-letter designator"
	if d.b.Booking != nil { // where somebody flew may be told without it
		severity, text = travel.Warning, "a flight of the booking without its carrier; send the two- or three-letter designator"
	}
	switch {
	case leg.Carrier == "":
		d.b.Find("bad_leg", severity, s.Pos(4, 1), text)
	case leg.Number == "":
		d.b.Find("bad_leg", severity, s.Pos(5, 1), "a flight without its number; send it after the carrier")
	default:
		return leg, true
	}
	return leg, d.b.Booking != nil
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
		d.b.Find("bad_date", travel.Fault, d.seg.Pos(1, 3), "not the date and time of an arrival; send DDMMYY:hhmm, local to the port")
	}
	return at
}

// codeshare notes another designator of the flight in hand: TRA from 14.1, a second TVL before.
func (d *decoder) codeshare(carrier, flight string) {
	if d.at == inLeg || d.at == inCheckIn {
		d.b.Codeshare(carrier, flight)
	}
}
