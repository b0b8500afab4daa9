package pnrgov

import (
	"fairway/pkg/travel"
)

// finish checks what only the whole message shows.
func (d *decoder) finish() {
	d.close()
	m := &d.m
	if len(m.Legs) == 0 {
		d.find("no_leg", travel.Fault, d.src.Header.Pos(0, 0), "no flight with a port and a date of departure; send TVL before the first SRC")
	}
	if len(m.Travellers) == 0 { // room was made, or only seats stood there
		m.Travellers, m.BookingOf, m.Places = nil, nil, nil
	}
	d.counted(d.src.Header.Pos(0, 0))
	d.absent()
}

// counted compares the number of bookings declared with those there are. EQN counts the bookings of a whole push, so a
// part of a series may hold fewer (standards.md D.3); some senders count the persons instead, which is not held against
// them. No booking is nobody read: a fault, unless none is declared.
func (d *decoder) counted(at travel.Place) {
	n, saysSo, persons := len(d.m.Bookings), d.eqn != travel.Place{}, 0
	for i := range d.m.Bookings {
		persons += d.m.Bookings[i].Party
	}
	switch {
	case n == 0 && saysSo && d.m.Declared == 0:
		d.find("no_booking", travel.Note, at, "the message declares that it holds no booking, and holds none; send the bookings when there are any")
	case n == 0:
		d.find("no_booking", travel.Fault, at, "the message holds no booking, so nobody was read; send each from SRC on (an element PNR in XML), or 0 in EQN when there is none")
	case saysSo && d.m.Part.Number == 0 && d.m.Declared != n && d.m.Declared != len(d.m.Travellers) && d.m.Declared != persons:
		d.find("count_differs", travel.Warning, d.eqn, "the message holds another number of bookings than it declares; send all of them, or correct EQN (NumberOfPnrs in XML)")
	}
}

// absent marks who did not come: a push that its sender prepared at or after the departure, by the sender's own clock,
// shows who checked in; who did not is a no-show (standards.md D.5 category 10).
func (d *decoder) absent() {
	leg, ok := d.m.ReportLeg()
	if !ok || d.checkedIn == 0 || d.m.Function != travel.Query || d.sent == "" || d.sent < leg.Departure {
		return
	}
	for i := range d.m.Travellers {
		if t := &d.m.Travellers[i]; t.CheckIn == "" {
			t.CheckIn = "no_show"
		}
	}
}
