package paxlst

import (
	"strings"

	"fairway/pkg/travel"
)

// US-EDIFACT is what US Customs took before PAXLST D.02B: PAXLST:001 in UNH, no BGM, a person in one segment.
//
//	TDT++ZX410+40+ZX                                   flight, mode 40 (air), carrier; a C after the number: crew only
//	LOC+5+AEDXB:50   DTM+136+261005+1915+P4            departs; 136 is departure, 132 arrival, each date and time
//	LOC+PT+GBLHR:50  DTM+132+261005+2345               on the way; LOC+8 is the last
//	PDT+P/X9012345:310815:SE+LINDQVIST:ASTA:M:870312:F+PAX+AEDXB:GBLHR
//
// Ports are a State of two letters and the IATA code. What it does not say stays empty: nationality, references.

// takeUS takes a segment of a US-EDIFACT message.
func (d *decoder) takeUS() {
	s := d.seg
	switch s.Tag {
	case "TDT":
		carrier, number := travel.SplitFlight(s.Get(2, 1), s.Get(4, 1))
		d.crewOnly = strings.HasSuffix(number, "C")
		d.openTransport(travel.Leg{Mode: travel.Air, Carrier: carrier, Number: strings.TrimSuffix(number, "C")})
	case "LOC":
		d.locUS()
	case "DTM":
		code := s.Get(1, 1)
		if !d.transportOpen || code != "136" && code != "132" {
			d.find("unknown_code", travel.Note, s.Pos(1, 1), "a kind of date that is not known here; it was passed over")
			return
		}
		v := d.value(2, 1, 0)
		v.text += strings.TrimSpace(s.Get(3, 1))
		d.legTime(code == "136", v)
	case "PDT":
		d.closeTransport()
		d.pdt()
	case "CNT":
		d.cnt()
	case "CTA", "UNS", "BGM", "RFF", "COM":
		// nothing that is kept
	default:
		d.find("unknown_segment", travel.Note, s.Pos(0, 0), "a segment that PAXLST does not have; it was passed over")
	}
}

func (d *decoder) locUS() {
	s := d.seg
	switch strings.TrimLeft(s.Get(1, 1), "0") {
	case "5", "8", "PT":
		d.legLoc("92", airport(s.Get(2, 1)))
	default:
		d.find("unknown_code", travel.Note, s.Pos(1, 1), "a kind of place that is not known here; it was passed over")
		d.legLoc("", "")
	}
}

// airport is the IATA code of a port that has its State before it.
func airport(place string) string {
	if place = travel.Compact(place); len(place) == 5 {
		return place[2:]
	}
	return place
}

// pdt reads a person: document, names, status, ports.
func (d *decoder) pdt() {
	s := d.seg
	kind, ok := travel.Passenger, true
	switch s.Get(3, 1) {
	case "PAX", "":
		if d.crewOnly {
			kind = travel.Crew
		}
	case "CRW":
		kind = travel.Crew
	case "ITI":
		kind = travel.Transit
	default:
		ok = false
	}
	t := d.addPerson(kind)
	if !ok {
		d.find("unknown_code", travel.Note, s.Pos(3, 1), "a status that is not PAX, CRW or ITI; read as a passenger")
	}
	d.names(t, 2, 3)
	d.readSex(t, 2, 5)
	d.birth(t, d.value(2, 4, 0))
	t.Embark, _ = d.port(airport(s.Get(4, 1)), spot{4, 1}, travel.Warning, "embarkation")
	t.Debark, _ = d.port(airport(s.Get(4, 2)), spot{4, 2}, travel.Warning, "disembarkation")
	typ, number, _ := strings.Cut(s.Get(1, 1), "/")
	d.addDocument(typ, number, spot{1, 1})
	d.document.Expiry = d.day(d.value(1, 2, 0), 2000, 2099)
	d.document.Issuer = d.state(1, 3)
	d.closePerson()
}
