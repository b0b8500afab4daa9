package booking

import (
	"fairway/pkg/travel"
)

// Close finishes the booking in hand, which ends before at: papers and infants find their persons, and seats without a
// person go.
func (b *Builder) Close(at travel.Place) {
	if b.Booking == nil {
		return
	}
	b.Who = -1
	if b.Booking.Locator == "" {
		b.Find("no_locator", travel.Warning, at, "the booking before here has no locator; send RCI after SRC")
	}
	for i := range b.papers {
		b.assign(&b.papers[i])
	}
	for i := range b.infants {
		b.place(&b.infants[i])
	}
	for i := b.first; i < len(b.Message.Travellers); i++ {
		t := &b.Message.Travellers[i]
		t.Locator = b.Booking.Locator
		if t.FareType == "IN" {
			t.InfantOf = b.adultOf(i)
		}
		if b.noShow && t.CheckIn == "" {
			t.CheckIn = "no_show"
		}
	}
	seats := b.vacate()
	b.Booking.Party = b.partySize(seats)
	b.Booking, b.Who = nil, -1
}

// partySize is how many the booking is for: those named, the seats without a name, or as many as it says where that is
// more. Then somebody is missing, unless the booking was cancelled, is a group without names or only tells what changed.
func (b *Builder) partySize(seats int) int {
	n := len(b.Message.Travellers) - b.first + seats
	if b.party > n && n > 0 && b.Booking.Group == "" && !b.Booking.Cancel && b.Message.Function == travel.Query {
		b.Find("count_differs", travel.Warning, b.partyAt, "the booking names fewer persons than it says it is for; send all of them, or correct RPI (NumberOfPassengers in XML)")
	}
	return max(b.party, n)
}

// vacate takes out the seats that nobody was named for, and returns how many. They are no travellers: nothing can be
// said of a person without a name, a document and a birth date.
func (b *Builder) vacate() int {
	if len(b.nameless) == 0 {
		return 0
	}
	seats, keep := 0, b.first
	moved := make([]int, len(b.Message.Travellers)-b.first) // the index each gets; 0 for none
	for i, next := b.first, 0; i < len(b.Message.Travellers); i++ {
		if next < len(b.nameless) && b.nameless[next] == i {
			next++
			if b.vacant(i) {
				seats++
				continue
			}
		}
		moved[i-b.first] = keep + 1
		b.Message.Travellers[keep], b.Message.Places[keep], b.Message.BookingOf[keep] = b.Message.Travellers[i], b.Message.Places[i], b.Message.BookingOf[i]
		keep++
	}
	b.Message.Travellers, b.Message.Places, b.Message.BookingOf = b.Message.Travellers[:keep], b.Message.Places[:keep], b.Message.BookingOf[:keep]
	b.renumber(moved)
	return seats
}

// vacant reports whether nobody is known in the i-th seat, and says so; who came to it all the same lacks a name.
func (b *Builder) vacant(i int) bool {
	t, at := &b.Message.Travellers[i], b.Message.Places[i]
	if t.Surname != "" || t.Given != "" {
		return false
	}
	if Here(t) || len(t.Documents) > 0 || t.Birth != "" {
		b.Who = i
		b.Find("no_name", travel.Fault, at, "the person has only a filler for a name; send the name as it is on the document")
		b.Who = -1
		return false
	}
	b.Message.Removed += t.Removed
	b.Find("unnamed", travel.Warning, at, "a seat is booked without a name; it is counted to the party only, send the name when it is known")
	return true
}

// renumber gives the travellers of the booking, and what refers to them, their indices after some were taken out.
func (b *Builder) renumber(moved []int) {
	to := func(index int) int {
		if index <= b.first {
			return index
		}
		return moved[index-b.first-1]
	}
	for i := b.first; i < len(b.Message.Travellers); i++ {
		t := &b.Message.Travellers[i]
		t.Index, t.InfantOf = i+1, to(t.InfantOf)
	}
	for i := b.said; i < len(b.Message.Findings); i++ {
		b.Message.Findings[i].Traveller = to(b.Message.Findings[i].Traveller)
	}
}

// adultOf is the index of the adult that an infant travels with: the one said to carry one, nearest before it; else the
// only adult.
func (b *Builder) adultOf(infant int) int {
	if of := b.Message.Travellers[infant].InfantOf; of > 0 {
		return of
	}
	found, adults, only := 0, 0, 0
	for _, r := range b.refs {
		t := &b.Message.Travellers[r.who]
		if t.FareType == "IN" || t.FareType == "C" || t.Surname == "" {
			continue
		}
		adults++
		only = t.Index
		if r.inf && (found == 0 || r.who < infant) {
			found = t.Index
		}
	}
	if found == 0 && adults == 1 {
		return only
	}
	return found
}

// Finish checks what only the whole message, which starts at, shows. noLeg says what to send where no flight was read.
func (b *Builder) Finish(at travel.Place, noLeg string) {
	m := &b.Message
	if len(m.Legs) == 0 {
		b.Find("no_leg", travel.Fault, at, noLeg)
	}
	if len(m.Travellers) == 0 { // room was made, or only seats stood there
		m.Travellers, m.BookingOf, m.Places = nil, nil, nil
	}
	b.counted(at)
	b.absent()
}

// counted compares the number of bookings declared with those there are. EQN counts the bookings of a whole push, so a
// part of a series may hold fewer (standards.md D.3); some senders count the persons instead, which is not held against
// them. No booking is nobody read: a fault, unless none is declared.
func (b *Builder) counted(at travel.Place) {
	n, saysSo, persons := len(b.Message.Bookings), b.declaredAt != travel.Place{}, 0
	for i := range b.Message.Bookings {
		persons += b.Message.Bookings[i].Party
	}
	switch {
	case n == 0 && saysSo && b.Message.Declared == 0:
		b.Find("no_booking", travel.Note, at, "the message declares that it holds no booking, and holds none; send the bookings when there are any")
	case n == 0:
		b.Find("no_booking", travel.Fault, at, "the message holds no booking, so nobody was read; send each from SRC on (an element PNR in XML), or 0 in EQN when there is none")
	case saysSo && b.Message.Part.Number == 0 && b.Message.Declared != n && b.Message.Declared != len(b.Message.Travellers) && b.Message.Declared != persons:
		b.Find("count_differs", travel.Warning, b.declaredAt, "the message holds another number of bookings than it declares; send all of them, or correct EQN (NumberOfPnrs in XML)")
	}
}

// absent marks who did not come: a push that its sender prepared at or after the departure, by the sender's own clock,
// shows who checked in; who did not is a no-show (standards.md D.5 category 10).
func (b *Builder) absent() {
	leg, ok := b.Message.ReportLeg()
	if !ok || b.checkedIn == 0 || b.Message.Function != travel.Query || b.Sent == "" || b.Sent < leg.Departure {
		return
	}
	for i := range b.Message.Travellers {
		if t := &b.Message.Travellers[i]; t.CheckIn == "" {
			t.CheckIn = "no_show"
		}
	}
}
