package paxlst

import (
	"strings"

	"fairway/pkg/travel"
)

// stop is one port of a transport, with the times that stand after it.
type stop struct {
	code           string // 3227: 125 last port before the border, 87 first after it, 92 any other; "" for a place that is no stop
	port           travel.Port
	at             place
	bad            bool // it names a port that is none
	border         bool // the border lies behind it (125)
	arrive, depart travel.LocalTime
}

// legPlace is where in the body a leg stands.
type legPlace struct {
	tdt, from place
	badPort   bool
}

// place is where a segment stands.
type place struct {
	segment, offset int32
	tag             [3]byte
}

func (p place) pos() travel.Place {
	return travel.Place{Segment: int(p.segment), Tag: string(p.tag[:]), Offset: int(p.offset)}
}

func (d *decoder) here() place {
	p := place{segment: int32(d.seg.Number), offset: int32(d.seg.Offset)}
	copy(p.tag[:], d.seg.Tag)
	return p
}

// tdt starts a transport (GR2): its ports and times follow.
func (d *decoder) tdt() {
	s := d.seg
	carrier, number := travel.SplitFlight(s.Get(2, 1), s.Get(5, 1))
	l := travel.Leg{Mode: travel.Air, Carrier: carrier, Number: number}
	if s.Get(3, 1) == "1" || s.Get(8, 2) == "146" || s.Get(8, 3) == "11" {
		l.Mode = travel.Sea
	}
	if l.Mode == travel.Sea && s.Elements() >= 8 {
		flag, _, _ := travel.ParseState(s.Get(8, 5))
		l.Vessel = &travel.Vessel{IMO: s.Get(8, 1), Name: s.Get(8, 4), Flag: flag}
	}
	d.openTransport(l)
}

func (d *decoder) openTransport(l travel.Leg) {
	d.closePerson()
	d.closeTransport()
	d.transport, d.transportAt, d.transportOpen = l, d.here(), true
	d.stops = append(d.stops[:0], stop{}) // for times that stand before any port
}

// legLoc reads a port of the transport in hand.
func (d *decoder) legLoc(code, place string) {
	if !d.transportOpen {
		if code != "" {
			d.find("stray_segment", travel.Note, d.seg.Pos(0, 0), "this port belongs to a leg, but no TDT came before it")
		}
		return
	}
	st := stop{code: code, at: d.here(), border: code == "125"}
	if code != "" {
		st.port, st.bad = d.port(place, spot{2, 1}, travel.Fault, "the leg")
	}
	d.stops = append(d.stops, st)
}

// port reads a port, or reports that it is none: an IATA code has three letters, a UN/LOCODE five characters.
func (d *decoder) port(place string, at spot, s travel.Severity, of string) (port travel.Port, bad bool) {
	if place == "" {
		return "", false
	}
	if p := travel.Port(travel.Compact(place)); p.Valid() {
		return p, false
	}
	d.find("bad_port", s, d.pos(at), "the port of "+of+" is no code of a port, and was left out; send the three letters of IATA or a UN/LOCODE")
	return "", true
}

// legTime reads a time of the stop in hand (2005: 189 scheduled departure, 232 scheduled arrival).
func (d *decoder) legTime(departure bool, v value) {
	t, ok := d.localTime(v)
	if !ok {
		return
	}
	st := &d.stops[len(d.stops)-1]
	if departure {
		st.depart = t
	} else {
		st.arrive = t
	}
}

// closeTransport makes legs of the stops of the transport in hand, each from one to the next: a leg departs when its
// first port says departure, and arrives when its second says arrival, whatever else they say.
func (d *decoder) closeTransport() {
	if !d.transportOpen {
		return
	}
	d.transportOpen = false
	before := d.stops[0]
	stops := merge(d.stops)
	if len(stops) == 0 {
		if before.depart != "" {
			d.addLeg(stop{depart: before.depart, at: d.transportAt}, stop{arrive: before.arrive})
		}
		return
	}
	d.settle(stops, before)
	switch {
	case len(stops) > 1:
		for i := 1; i < len(stops); i++ {
			if from, to := stops[i-1], stops[i]; !apart(from, to) {
				d.addLeg(from, to)
			}
		}
	case stops[0].code == "87":
		d.addLeg(stop{at: d.transportAt}, stops[0])
	default:
		d.addLeg(stops[0], stop{})
	}
}

// merge drops the places that are no stops, and makes one stop of a port that is named once to arrive and once to depart.
func merge(all []stop) []stop {
	stops := all[:0]
	for _, st := range all[1:] {
		if st.code == "" {
			continue
		}
		n := len(stops) - 1
		if n < 0 || stops[n].port != st.port || st.port == "" || stops[n].depart != "" || st.arrive != "" || stops[n].code == "125" && st.code == "87" {
			stops = append(stops, st)
			continue
		}
		if stops[n].depart = st.depart; st.code == "125" {
			stops[n].border = true
		}
	}
	return stops
}

// settle puts right what senders order otherwise: the destination first, and times that do not stand after their port.
func (d *decoder) settle(stops []stop, before stop) {
	last := len(stops) - 1
	if a, b := &stops[0], &stops[last]; len(stops) == 2 && (a.code == "87" && b.code == "125" ||
		a.code == b.code && a.depart == "" && a.arrive != "" && b.arrive == "" && b.depart != "") {
		*a, *b = *b, *a
	}
	if stops[0].depart == "" {
		stops[0].depart = before.depart
	}
	if last > 0 && stops[last].arrive == "" {
		stops[last].arrive = before.arrive
	}
	// Both ports, then both times: a departure that is later than the arrival beside it is of the port itself.
	if a, b := &stops[max(last-1, 0)], &stops[last]; last > 0 && a.depart == "" && b.depart != "" && b.depart <= b.arrive {
		d.findAt("time_at_other_port", travel.Note, b.at.pos(), "the departure stands after the port of arrival; it was read as that of the leg, send DTM+189 after the port it is of")
		a.depart, b.depart = b.depart, ""
	}
}

// apart reports whether two stops that follow each other are the end of one leg and the start of another.
func apart(from, to stop) bool {
	return from.depart == "" && to.arrive == "" && (from.arrive != "" && to.depart != "" || from.code == "87" && to.code == "125")
}

func (d *decoder) addLeg(from, to stop) {
	l := d.transport
	l.Origin, l.Destination, l.Departure, l.Arrival = from.port, to.port, from.depart, to.arrive
	l.Border = from.border || to.code == "87"
	d.m.Legs = append(d.m.Legs, l)
	at := legPlace{d.transportAt, from.at, from.bad}
	d.legPlaces = append(d.legPlaces, at)
	d.m.LegPlaces = append(d.m.LegPlaces, at.from.pos()) // the departure follows it
}

// checkLegs picks the leg that is reported on, and says what a leg lacks: without it nobody can be answered.
func (d *decoder) checkLegs() {
	m := &d.m
	for i := range m.Legs {
		if m.Legs[i].Border {
			m.Report = i
			break
		}
	}
	for i := range m.Legs {
		l, at, severity := &m.Legs[i], d.legPlaces[i], travel.Warning
		if i == m.Report {
			severity = travel.Fault
		}
		if l.Carrier == "" || l.Number == "" || l.Mode == travel.Air && !strings.ContainsAny(l.Number, "0123456789") {
			d.findAt("no_designator", severity, at.tdt.pos(), "the leg lacks its carrier or its number; send both in the second element of TDT, ZX410 for example")
		}
		if l.Origin == "" && !at.badPort {
			d.findAt("no_origin_port", severity, at.tdt.pos(), "the leg lacks the port it departs from; send LOC+125 after TDT, LOC+92 when it crosses no border")
		}
		if l.Departure == "" {
			d.findAt("no_departure_date", severity, at.from.pos(), "the leg lacks its date of departure; send DTM+189 after the LOC it departs from")
		}
		if l.Destination == "" {
			d.findAt("no_destination_port", travel.Warning, at.tdt.pos(), "the leg lacks the port it arrives at; send LOC+87 after TDT, LOC+92 when it crosses no border")
		}
	}
}
