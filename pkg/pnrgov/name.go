package pnrgov

import (
	"strings"

	"fairway/pkg/booking"
	"fairway/pkg/travel"
)

// tif reads names: one, or several under one surname, as PADIS allows. What else stands there is a segment whose
// terminator was lost before it, and maybe a person with it.
func (d *decoder) tif() {
	s := d.seg
	n := s.Elements()
	for e := 3; e <= n; e++ {
		if kind := s.Get(e, 2); s.Get(e, 1) == "" || kind != "A" && kind != "C" && kind != "IN" {
			d.b.Find("swallowed_segment", travel.Fault, s.Pos(e, 1), "TIF goes on with what is no name, so a segment after it was not read; end every segment with the terminator")
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
	if (d.at == inLeg || d.at == inCheckIn) && kind != "G" && d.checksIn(surname, given, own) {
		return
	}
	late := d.at != inBooking && d.at != inName
	if kind == "G" || s.Get(1, 2) == "G" {
		d.b.Booking.Group, d.b.Who = "yes", -1
		return
	}
	d.b.Who = d.b.Append("", "", kind, s.Pos(0, 0))
	given = d.b.Untitled(given)
	if !d.b.Unnamed(surname, given) && !d.b.Call(surname, given, s.Pos(1, 1), s.Pos(e, 1)) {
		d.b.Find("no_name", travel.Fault, s.Pos(0, 0), "the person has no name; send TIF with surname and given names")
	}
	d.b.Refer(own, s.Get(e, 4) == "1")
	switch {
	case d.at == inCheckIn: // checked in, but not booked by that name
		d.b.Find("late_name", travel.Note, s.Pos(0, 0), "a person who checked in is not among the names of the booking; send their TIF before the flights")
		d.b.Present(d.b.Person())
	case late:
		d.b.Find("late_name", travel.Note, s.Pos(0, 0), "a name after the flights; send TIF before them")
		d.at = inName
	default:
		d.at = inName
	}
}

// checksIn reports whether a name after the flights is of somebody of the booking who checks in.
func (d *decoder) checksIn(surname, given, own string) bool {
	c := booking.Caller{Surname: surname, Given: given, Ref: own, Count: d.tri, At: d.seg.Pos(0, 0)}
	if !d.b.CheckIn(c, d.at == inCheckIn) {
		return false
	}
	d.at = inCheckIn
	return true
}

// fti reads a frequent-flyer number.
func (d *decoder) fti() {
	if t := d.b.Person(); t != nil && t.Frequent == "" && d.seg.Get(1, 2) != "" {
		t.Frequent = travel.Number(strings.TrimSpace(d.seg.Get(1, 1)) + strings.TrimSpace(d.seg.Get(1, 2)))
	}
}

// ref reads the carrier's unique reference of a person, the one PAXLST has in RFF+ABO; in a check-in it may be all that
// says whose it is.
func (d *decoder) ref() {
	t, own := d.b.Person(), strings.TrimSpace(d.seg.Get(1, 2))
	if t != nil && d.at == inName && t.Ref == "" {
		t.Ref = own
	}
	if t != nil || d.at != inCheckIn || own == "" {
		return
	}
	if i := d.b.ByCarrierRef(own); i >= 0 { // a check-in by that reference alone
		d.b.Who, d.pending = i, false
		d.b.Present(d.b.Person())
	}
}
