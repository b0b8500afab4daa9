package pnrgov

import (
	"strings"

	"fairway/pkg/booking"
	"fairway/pkg/travel"
)

// tri starts a person's check-in. Whose it is their TIF says; where none follows, the reference alone.
func (d *decoder) triSegment() {
	d.at, d.b.Who, d.tri = inCheckIn, -1, d.seg.Get(2, 4)
	d.pending, d.triAt = true, d.seg.Pos(2, 4)
}

// refersOnly checks in whom the last TRI refers to, since no TIF follows it.
func (d *decoder) refersOnly() {
	d.pending = false
	i := d.b.ByRef(d.tri)
	if i < 0 {
		i = d.b.Only()
	}
	if i < 0 {
		if d.b.Message.Function != travel.Update { // a push of changes need not repeat the names
			d.b.Find("stray_check_in", travel.Fault, d.triAt, "a check-in that names nobody of the booking; send TIF after TRI, or in TRI the reference that TIF has")
		}
		return
	}
	d.b.Who = i
	d.b.Present(d.b.Person())
}

// ssd reads the seat that was given at check-in.
func (d *decoder) ssd() {
	if t := d.b.Person(); t != nil && d.at == inCheckIn && d.b.Reported {
		if s := booking.Seat(d.seg.Get(1, 1)); s != "" {
			t.Seat = s
		}
	}
}

// tbd reads the bags of the person in hand on the reported flight; those listed under another are of that one.
func (d *decoder) tbd() {
	t, s := d.b.Person(), d.seg
	if t == nil || d.at != inCheckIn || !d.b.Reported {
		return
	}
	e := 2
	if s.Get(2, 1) == "" && s.Get(1, 1) != "" { // an empty element left out
		e = 1
	}
	n := travel.Whole(s.Get(e, 1))
	if n < 0 {
		if s.Elements() > 0 {
			d.b.Find("bad_number", travel.Warning, s.Pos(e, 1), "TBD does not hold the number of bags; send it in its second element")
		}
		return
	}
	weight, unit := s.Get(e, 2), s.Get(e, 3)
	if weight == "" && e == 2 && n > 0 { // in an element of its own
		weight, unit = s.Get(3, 1), s.Get(3, 2)
	}
	bags := &travel.Bags{Count: n, Pool: s.Get(4, 1) != "", Weight: booking.Kilograms(weight, unit)}
	for e := 5; e <= s.Elements() && len(bags.Tags) < booking.MostTags; e++ {
		for r := range s.Repetitions(e) {
			tag, count := strings.TrimSpace(s.At(e, r, 2)), travel.Whole(s.At(e, r, 3))
			if s.Elements()-4 >= n { // a tag for every bag: the number after it counts something else
				count = 1
			}
			if tag != "" {
				bags.Tags = append(bags.Tags, travel.ConsecutiveTags(tag, min(max(count, 1), n, booking.MostTags))...)
			}
		}
	}
	t.Bags = bags
}
