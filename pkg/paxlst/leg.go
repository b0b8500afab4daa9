package paxlst

import (
	"fairway/pkg/travel"
)

// tdt starts a leg (GR2).
func (d *decoder) tdt() {
	d.person, d.document = nil, nil
	d.closeLeg()
	s := d.seg
	carrier, number := splitFlight(s.Get(2, 1), s.Get(5, 1))
	l := travel.Leg{Mode: travel.Air, Carrier: carrier, Number: number}
	if s.Get(3, 1) == "1" || s.Get(8, 2) == "146" || s.Get(8, 3) == "11" {
		l.Mode = travel.Sea
	}
	if l.Mode == travel.Sea && s.Elements() >= 8 {
		flag, _, _ := travel.ParseState(s.Get(8, 5))
		l.Vessel = &travel.Vessel{IMO: s.Get(8, 1), Name: s.Get(8, 4), Flag: flag}
	}
	d.transport = l
	d.openLeg()
}

// openLeg starts another leg of the same transport.
func (d *decoder) openLeg() {
	d.m.Legs = append(d.m.Legs, d.transport)
	d.legOpen = true
}

// closeLeg drops a leg that turned out to hold nothing to place it by.
func (d *decoder) closeLeg() {
	if !d.legOpen {
		return
	}
	d.legOpen = false
	if l := d.leg(); l.Origin == "" && l.Destination == "" && l.Departure == "" {
		d.m.Legs = d.m.Legs[:len(d.m.Legs)-1]
	}
}

func (d *decoder) leg() *travel.Leg { return &d.m.Legs[len(d.m.Legs)-1] }

// legLoc reads a port of the leg in hand (3227: 125 last port before the border, 87 first after it, 92 any other).
func (d *decoder) legLoc(code string, port travel.Port) {
	if !d.legOpen {
		d.find("stray_segment", travel.Note, d.seg.Pos(0, 0), "this port belongs to a leg, but no TDT came before it")
		return
	}
	l := d.leg()
	switch code {
	case "125":
		if l.Origin != "" {
			d.openLeg()
			l = d.leg()
		}
		l.Origin, l.Border = port, true
	case "87":
		if l.Destination != "" {
			d.openLeg()
			l = d.leg()
		}
		l.Destination, l.Border = port, true
	case "92":
		switch {
		case l.Origin == "":
			l.Origin = port
		case l.Destination == "":
			l.Destination = port
		default: // progressive: the next leg starts where this one ended
			from := l.Destination
			d.openLeg()
			l = d.leg()
			if l.Origin = port; port != from {
				l.Origin, l.Destination = from, port
			}
		}
	}
}

// legTime reads a time of the leg in hand (2005: 189 scheduled departure, 232 scheduled arrival).
func (d *decoder) legTime(code string) {
	t, ok := d.localTime()
	if !ok {
		return
	}
	if code == "189" {
		d.leg().Departure = t
		return
	}
	d.leg().Arrival = t
}

// splitFlight separates carrier and number of TDT 8028. carrier is C040's code, which may be absent.
func splitFlight(s, carrier string) (string, string) {
	s = compact(s)
	if carrier = compact(carrier); carrier != "" && len(s) > len(carrier) && s[:len(carrier)] == carrier {
		return carrier, travel.FlightNumber(s[len(carrier):])
	}
	letters := 0
	for letters < len(s) && isLetter(s[letters]) {
		letters++
	}
	prefix := letters
	switch {
	case letters >= 3 && letters < len(s): // ICAO designator, or a sea operator's code
	case letters >= 1 && letters < 2 && len(s) > 2, letters == 0 && len(s) > 2 && isLetter(s[1]):
		prefix = 2 // A9 2707, 9W 123: a designator has two characters, one of them a letter
	}
	if prefix >= len(s) {
		return carrier, travel.FlightNumber(s)
	}
	if carrier == "" {
		carrier = s[:prefix]
	}
	return carrier, travel.FlightNumber(s[prefix:])
}

func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }

// compact drops spaces and hyphens, which some senders write into flight numbers.
func compact(s string) string {
	clean := true
	for i := range len(s) {
		if s[i] == ' ' || s[i] == '-' || s[i] >= 'a' && s[i] <= 'z' {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ' || c == '-':
		case c >= 'a' && c <= 'z':
			b = append(b, c-'a'+'A')
		default:
			b = append(b, c)
		}
	}
	return string(b)
}
