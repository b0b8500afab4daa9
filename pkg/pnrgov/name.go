package pnrgov

import (
	"strings"

	"fairway/pkg/travel"
)

// tif reads names: one, or several under one surname, as PADIS allows. What else stands there is a segment whose
// terminator was lost before it, and maybe a person with it.
func (d *decoder) tif() {
	s := d.seg
	n := s.Elements()
	for e := 3; e <= n; e++ {
		if kind := s.Get(e, 2); s.Get(e, 1) == "" || kind != "A" && kind != "C" && kind != "IN" {
			d.find("swallowed_segment", travel.Fault, s.Pos(e, 1), "TIF goes on with what is no name, so a segment after it was not read; end every segment with the terminator")
			n = 2
		}
	}
	for e := 2; e <= max(n, 2); e++ {
		d.tifName(e)
	}
}

// tifName reads the person in element e of TIF: booked, or checked in when it follows TRI.
func (d *decoder) tifName(e int) {
	s := d.seg
	surname, given := strings.TrimSpace(s.Get(1, 1)), strings.TrimSpace(s.Get(e, 1))
	kind, own := strings.TrimSpace(s.Get(e, 2)), strings.TrimSpace(s.Get(e, 3))
	if (d.at == inLeg || d.at == inCheckIn) && kind != "G" && d.checkIn(surname, given, own) {
		return
	}
	late := d.at != inBooking && d.at != inName
	if kind == "G" || s.Get(1, 2) == "G" {
		d.b.Group, d.who = "yes", -1
		return
	}
	d.who = d.append("", "", kind, s.Pos(0, 0))
	t := d.person()
	if given = d.untitled(given); !d.unnamed(surname, given) {
		t.Surname, t.Given = d.name(surname, 1), d.name(given, e)
		if t.Surname == "" { // a single name counts as the surname
			t.Surname, t.Given = t.Given, ""
		}
		if t.Surname == "" {
			d.find("no_name", travel.Fault, s.Pos(0, 0), "the person has no name; send TIF with surname and given names")
		}
	}
	d.refer(own, s.Get(e, 4) == "1")
	switch {
	case d.at == inCheckIn: // checked in, but not booked by that name
		d.find("late_name", travel.Note, s.Pos(0, 0), "a person who checked in is not among the names of the booking; send their TIF before the flights")
		d.present(t)
	case late:
		d.find("late_name", travel.Note, s.Pos(0, 0), "a name after the flights; send TIF before them")
		d.at = inName
	default:
		d.at = inName
	}
}

// name reads one part of a name. Fillers for an unknown name are no name.
func (d *decoder) name(n string, e int) travel.Name {
	if travel.Filler(n) {
		d.find("placeholder_name", travel.Note, d.seg.Pos(e, 1), "a filler for an unknown name was taken as none; send the name as it is on the document")
		return ""
	}
	return travel.Name(n)
}

// fti reads a frequent-flyer number.
func (d *decoder) fti() {
	if t := d.person(); t != nil && t.Frequent == "" && d.seg.Get(1, 2) != "" {
		t.Frequent = travel.Number(strings.TrimSpace(d.seg.Get(1, 1)) + strings.TrimSpace(d.seg.Get(1, 2)))
	}
}

// ref reads the carrier's unique reference of a person, the one PAXLST has in RFF+ABO; in a check-in it may be all that
// says whose it is.
func (d *decoder) ref() {
	t, own := d.person(), strings.TrimSpace(d.seg.Get(1, 2))
	if t != nil && d.at == inName && t.Ref == "" {
		t.Ref = own
	}
	if t != nil || d.at != inCheckIn || own == "" {
		return
	}
	for k, party := 0, d.partyOf(); k < len(party); k++ { // a check-in by that reference alone
		if party[k].Ref == own {
			d.who, d.pending = d.first+k, false
			d.present(&party[k])
			return
		}
	}
}
