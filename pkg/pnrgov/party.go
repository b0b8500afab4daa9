package pnrgov

import (
	"fairway/pkg/travel"
)

// unnamed notes a seat that is booked without a name: what stands for one is fillers and titles. The person in hand
// stays as it is until the booking is complete: a document or a check-in may still name it.
func (d *decoder) unnamed(surname, given string) bool {
	filler := travel.Filler(surname)
	if !filler && surname != "" || !filler && !travel.Filler(given) {
		return false
	}
	if is, _ := title(given); given != "" && len(given) > 1 && !is && !travel.Filler(given) {
		return false
	}
	d.nameless = append(d.nameless, d.who)
	return true
}

// freeSeat is the first seat of the booking that has no name yet; -1 when there is none.
func (d *decoder) freeSeat() int {
	for _, i := range d.nameless {
		if d.m.Travellers[i].Surname == "" && len(d.m.Travellers[i].Documents) == 0 {
			return i
		}
	}
	return -1
}

// append adds a person of the booking in hand; it returns their index in m.Travellers.
func (d *decoder) append(surname, given, kind string, at travel.Place) int {
	d.m.Travellers = append(d.m.Travellers, travel.Traveller{Index: len(d.m.Travellers) + 1, Kind: travel.Passenger, FareType: kind,
		Surname: travel.Name(surname), Given: travel.Name(given), Locator: d.b.Locator})
	d.placed(at)
	return len(d.m.Travellers) - 1
}

// placed notes whose booking the last traveller is of, and where they stand.
func (d *decoder) placed(at travel.Place) {
	d.m.BookingOf = append(d.m.BookingOf, len(d.m.Bookings)-1)
	d.m.Places = append(d.m.Places, at.Start())
}

// close finishes the booking in hand: papers and infants find their persons, and seats without a person go.
func (d *decoder) close() {
	if d.b == nil {
		return
	}
	if d.pending {
		d.refersOnly()
	}
	d.who = -1
	if d.b.Locator == "" {
		p := d.seg.Pos(0, 0)
		d.find("no_locator", travel.Warning, p, "the booking before here has no locator; send RCI after SRC")
	}
	for i := range d.papers {
		d.assign(&d.papers[i])
	}
	for i := range d.infants {
		d.place(&d.infants[i])
	}
	for i := d.first; i < len(d.m.Travellers); i++ {
		t := &d.m.Travellers[i]
		t.Locator = d.b.Locator
		if t.FareType == "IN" {
			t.InfantOf = d.adultOf(i)
		}
		if d.noShow && t.CheckIn == "" {
			t.CheckIn = "no_show"
		}
	}
	seats := d.vacate()
	d.b.Party = d.partySize(seats)
	d.b, d.who, d.at = nil, -1, inHeader
}

// partySize is how many the booking is for: those named, the seats without a name, or as many as it says where that is
// more. Then somebody is missing, unless the booking was cancelled, is a group without names or only tells what changed.
func (d *decoder) partySize(seats int) int {
	n := len(d.m.Travellers) - d.first + seats
	if d.party > n && n > 0 && d.b.Group == "" && !d.b.Cancel && d.m.Function == travel.Query {
		d.find("count_differs", travel.Warning, d.partyAt, "the booking names fewer persons than it says it is for; send all of them, or correct RPI (NumberOfPassengers in XML)")
	}
	return max(d.party, n)
}

// vacate takes out the seats that nobody was named for, and returns how many. They are no travellers: nothing can be
// said of a person without a name, a document and a birth date.
func (d *decoder) vacate() int {
	if len(d.nameless) == 0 {
		return 0
	}
	seats, keep := 0, d.first
	moved := make([]int, len(d.m.Travellers)-d.first) // the index each gets; 0 for none
	for i, next := d.first, 0; i < len(d.m.Travellers); i++ {
		if next < len(d.nameless) && d.nameless[next] == i {
			next++
			if d.vacant(i) {
				seats++
				continue
			}
		}
		moved[i-d.first] = keep + 1
		d.m.Travellers[keep], d.m.Places[keep], d.m.BookingOf[keep] = d.m.Travellers[i], d.m.Places[i], d.m.BookingOf[i]
		keep++
	}
	d.m.Travellers, d.m.Places, d.m.BookingOf = d.m.Travellers[:keep], d.m.Places[:keep], d.m.BookingOf[:keep]
	d.renumber(moved)
	return seats
}

// vacant reports whether nobody is known in the i-th seat, and says so; who came to it all the same lacks a name.
func (d *decoder) vacant(i int) bool {
	t, at := &d.m.Travellers[i], d.m.Places[i]
	if t.Surname != "" || t.Given != "" {
		return false
	}
	if here(t) || len(t.Documents) > 0 || t.Birth != "" {
		d.who = i
		d.find("no_name", travel.Fault, at, "the person has only a filler for a name; send the name as it is on the document")
		d.who = -1
		return false
	}
	d.m.Removed += t.Removed
	d.find("unnamed", travel.Warning, at, "a seat is booked without a name; it is counted to the party only, send the name when it is known")
	return true
}

// renumber gives the travellers of the booking, and what refers to them, their indices after some were taken out.
func (d *decoder) renumber(moved []int) {
	to := func(index int) int {
		if index <= d.first {
			return index
		}
		return moved[index-d.first-1]
	}
	for i := d.first; i < len(d.m.Travellers); i++ {
		t := &d.m.Travellers[i]
		t.Index, t.InfantOf = i+1, to(t.InfantOf)
	}
	for i := d.said; i < len(d.m.Findings); i++ {
		d.m.Findings[i].Traveller = to(d.m.Findings[i].Traveller)
	}
}

// adultOf is the index of the adult that an infant travels with: the one said to carry one, nearest before it; else the
// only adult.
func (d *decoder) adultOf(infant int) int {
	if of := d.m.Travellers[infant].InfantOf; of > 0 {
		return of
	}
	found, adults, only := 0, 0, 0
	for _, r := range d.refs {
		t := &d.m.Travellers[r.who]
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
