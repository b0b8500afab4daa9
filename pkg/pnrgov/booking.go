package pnrgov

import (
	"strings"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// rci reads locators: the first is the booking's own, others are the same booking elsewhere.
func (d *decoder) rci() {
	s := d.seg
	switch d.at {
	case inSplit:
		d.splits()
		return
	case inLeg, inCheckIn, inOther, inHeader:
		if d.b.Booking.Locator != "" {
			return // repeated for a flight
		}
		d.b.Find("late_locator", travel.Note, s.Pos(1, 2), "the booking's locator came only with its flights; send RCI after SRC")
	}
	for e := 1; e <= s.Elements(); e++ {
		for r := range s.Repetitions(e) {
			d.locator(e, r)
		}
	}
}

// splits reads every locator that the booking was divided from or into, each once.
func (d *decoder) splits() {
	for e := 1; e <= d.seg.Elements(); e++ {
		for r := range d.seg.Repetitions(e) {
			d.b.SplitTo(strings.TrimSpace(d.seg.At(e, r, 2)))
		}
	}
}

func (d *decoder) locator(e, r int) {
	s, b := d.seg, d.b.Booking
	carrier, locator, kind := strings.TrimSpace(s.At(e, r, 1)), strings.TrimSpace(s.At(e, r, 2)), s.At(e, r, 3)
	if locator == "" {
		return
	}
	date, clock := s.At(e, r, 4), s.At(e, r, 5)
	if len(kind) == 6 && travel.Whole(kind) >= 0 { // some senders leave the type out altogether
		date, clock, kind = kind, s.At(e, r, 4), ""
	}
	if b.Locator != "" {
		b.Locators = append(b.Locators, carrier+"/"+locator)
		return
	}
	b.Carrier, b.Locator = carrier, locator
	d.b.Direct = kind == "C"
	if date != "" {
		b.Created = d.when(date, clock, e, 4)
	}
}

// dat reads dates by their qualifier; bare in a flight it opens the check-in group.
func (d *decoder) dat() {
	s := d.seg
	if d.at == inLeg || d.at == inCheckIn {
		d.at, d.b.Who = inCheckIn, -1
		return
	}
	for e := 1; e <= s.Elements(); e++ {
		switch s.Get(e, 1) {
		case "700":
			d.b.Booking.Changed = d.when(s.Get(e, 2), s.Get(e, 3), e, 2)
		case "710":
			if n := len(d.b.Booking.Tickets); n > 0 {
				d.b.Booking.Tickets[n-1].Issued = d.when(s.Get(e, 2), s.Get(e, 3), e, 2)
			}
		}
	}
}

// org reads the office that booked; before the first booking it is the sender, in a check-in group the agent there.
func (d *decoder) org() {
	if d.at != inBooking {
		return
	}
	s := d.seg
	if s.Elements() == 0 { // how a cancelled booking is sent in a change push
		if d.b.Message.Function == travel.Update {
			d.b.Booking.Cancel = true
		}
		return
	}
	d.b.Booking.Agency = &travel.Agency{System: s.Get(1, 1), Place: s.Get(3, 1), IATA: s.Get(2, 1), Office: s.Get(2, 2), Kind: s.Get(5, 1),
		Country: s.Get(6, 1), Currency: s.Get(6, 2), Agent: s.Get(7, 1)}
	if d.b.Booking.Agency.Place == "" {
		d.b.Booking.Agency.Place = s.Get(1, 2)
	}
}

// add reads an address: of the person in hand, else of the booking. The postal code and the free text after it often
// hold a telephone number instead.
func (d *decoder) add() {
	s := d.seg
	for r := range max(s.Repetitions(2), 1) {
		parts := make([]string, 0, 8)
		for c := 2; c <= 8; c++ {
			switch p := strings.TrimSpace(s.At(2, r, c)); {
			case p == "":
			case c >= 7 && d.b.Phone(p):
			case c < 8:
				parts = append(parts, p)
			}
		}
		d.b.Address(parts)
	}
}

// ift reads free text by what it is about (4451).
func (d *decoder) ift() {
	s := d.seg
	switch s.Get(1, 2) {
	case "15", "63", "733": // fare calculation, carrier, fare text
		return
	case "43":
		d.payer()
		return
	}
	for e := 2; e <= s.Elements(); e++ {
		d.b.Remark(s.Get(e, 1))
	}
}

// rpi reads the status of the flight in hand and the number of persons booked.
func (d *decoder) rpi() {
	if d.at != inLeg && d.at != inCheckIn {
		return
	}
	d.b.SaysParty(travel.Whole(d.seg.Get(1, 1)), d.seg.Pos(1, 1))
	if n := len(d.b.Booking.Legs); n > 0 && d.b.Booking.Legs[n-1].Status == "" {
		d.b.Booking.Legs[n-1].Status = strings.TrimSpace(d.seg.Get(2, 1))
	}
}

// ticket reads what was paid: TKT, MON, PTK, FOP. They belong to the person in hand.
func (d *decoder) ticket() {
	s, b := d.seg, d.b.Booking
	if b == nil {
		return
	}
	switch s.Tag {
	case "TKT":
		n := strings.TrimSpace(s.Get(1, 1))
		b.Tickets = append(b.Tickets, travel.Ticket{Number: travel.Number(n), Kind: s.Get(1, 2)})
		if t := d.b.Person(); t != nil && t.Ticket == "" {
			t.Ticket = travel.Number(n)
		}
	case "FOP":
		for e := 1; e <= s.Elements(); e++ {
			for r := range s.Repetitions(e) {
				if form := s.At(e, r, 1); form != "" {
					d.b.Pay(travel.Payment{Form: form, Amount: s.At(e, r, 3), Vendor: s.At(e, r, 4),
						Card: travel.Number(s.At(e, r, 5)), Expiry: s.At(e, r, 6)})
				}
			}
		}
	case "MON":
		for e := 1; e <= s.Elements() && len(b.Tickets) > 0; e++ {
			if s.Get(e, 1) == "T" {
				b.Tickets[len(b.Tickets)-1].Total = strings.TrimSpace(s.Get(e, 2) + " " + s.Get(e, 3))
			}
		}
	case "PTK":
		if n := len(b.Tickets); n > 0 {
			b.Tickets[n-1].Carrier = s.Get(4, 1)
		}
	}
}

// payer reads the card holder or sponsor of the last form of payment.
func (d *decoder) payer() {
	name := strings.TrimSpace(d.seg.Get(2, 1))
	if sensitive.Text(name) {
		d.b.Remove()
		return
	}
	if n := len(d.b.Booking.Payments); n > 0 && d.b.Booking.Payments[n-1].Payer == "" {
		d.b.Booking.Payments[n-1].Payer = travel.Name(name)
	}
	for e := 3; e <= d.seg.Elements(); e++ {
		if v := strings.TrimSpace(d.seg.Get(e, 1)); len(v) <= 20 {
			d.b.Phone(v)
		}
	}
}
