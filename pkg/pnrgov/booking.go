package pnrgov

import (
	"slices"
	"strings"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// The bounds of what one booking keeps.
const (
	maxRemarks  = 100
	maxText     = 500 // characters of one remark
	maxChanges  = 200
	maxContacts = 50
)

// rci reads locators: the first is the booking's own, others are the same booking elsewhere.
func (d *decoder) rci() {
	s := d.seg
	switch d.at {
	case inSplit:
		d.splits()
		return
	case inLeg, inCheckIn, inOther, inHeader:
		if d.b.Locator != "" {
			return // repeated for a flight
		}
		d.find("late_locator", travel.Note, s.Pos(1, 2), "the booking's locator came only with its flights; send RCI after SRC")
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
			d.splitTo(strings.TrimSpace(d.seg.At(e, r, 2)))
		}
	}
}

func (d *decoder) splitTo(locator string) {
	if locator != "" && len(d.b.Split) < maxContacts && !slices.Contains(d.b.Split, locator) {
		d.b.Split = append(d.b.Split, locator)
	}
}

func (d *decoder) locator(e, r int) {
	s, b := d.seg, d.b
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
	d.direct = kind == "C"
	if date != "" {
		b.Created = d.when(date, clock, e, 4)
	}
}

// dat reads dates by their qualifier; bare in a flight it opens the check-in group.
func (d *decoder) dat() {
	s := d.seg
	if d.at == inLeg || d.at == inCheckIn {
		d.at, d.who = inCheckIn, -1
		return
	}
	for e := 1; e <= s.Elements(); e++ {
		switch s.Get(e, 1) {
		case "700":
			d.b.Changed = d.when(s.Get(e, 2), s.Get(e, 3), e, 2)
		case "710":
			if n := len(d.b.Tickets); n > 0 {
				d.b.Tickets[n-1].Issued = d.when(s.Get(e, 2), s.Get(e, 3), e, 2)
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
		if d.m.Function == travel.Update {
			d.b.Cancel = true
		}
		return
	}
	d.b.Agency = &travel.Agency{System: s.Get(1, 1), Place: s.Get(3, 1), IATA: s.Get(2, 1), Office: s.Get(2, 2), Kind: s.Get(5, 1),
		Country: s.Get(6, 1), Currency: s.Get(6, 2), Agent: s.Get(7, 1)}
	if d.b.Agency.Place == "" {
		d.b.Agency.Place = s.Get(1, 2)
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
			case c >= 7 && phone(p):
				d.contact("phone:" + p)
			case c < 8:
				parts = append(parts, p)
			}
		}
		if len(parts) == 0 {
			continue
		}
		text := strings.Join(parts, ", ")
		if t := d.person(); t == nil {
			d.contact("address:" + text)
		} else if t.Address == "" {
			t.Address = travel.Text(text)
		}
	}
}

// phone reports whether s holds at least seven digits.
func phone(s string) bool {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n >= 7
}

// contact keeps a contact of the person in hand, else of the booking.
func (d *decoder) contact(c string) {
	list := &d.b.Contacts
	if t := d.person(); t != nil {
		list = &t.Contacts
	}
	if len(*list) >= maxContacts {
		return
	}
	for _, have := range *list {
		if string(have) == c {
			return
		}
	}
	*list = append(*list, travel.Text(c))
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
		d.remark(s.Get(e, 1))
	}
}

// remark keeps a line of free text that passes the filter; a contact in it is kept as one.
func (d *decoder) remark(text string) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return
	case sensitive.Text(text):
		d.removed()
		return
	}
	if c, ok := contactIn(text); ok {
		d.contact(c)
		return
	}
	d.keep(text)
}

// keep keeps free text that passed the filter, as much of it as has room.
func (d *decoder) keep(text string) {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	if len(d.b.Remarks) < maxRemarks {
		d.b.Remarks = append(d.b.Remarks, travel.Text(text))
	}
}

// contactIn finds a contact that OSI text holds: "CTCE NAME..X//MAIL.EXAMPLE", "AM CTCP MEX1800 002 5200".
func contactIn(text string) (string, bool) {
	at := strings.Index(text, "CTC")
	if at < 0 || at > 4 || at > 0 && text[at-1] != ' ' || len(text) < at+5 {
		return "", false
	}
	value := strings.TrimSpace(text[at+4:])
	switch text[at+3] {
	case 'E':
		return "email:" + mail(value), value != ""
	case 'M', 'B', 'H', 'T', 'P', 'F', 'R', 'A':
		return "phone:" + value, phone(value)
	}
	return "", false
}

// mail undoes what telex does to an address: // for @, .. for an underscore, ./ for a hyphen.
func mail(s string) string {
	s = strings.ReplaceAll(s, "//", "@")
	s = strings.ReplaceAll(s, "..", "_")
	return strings.ReplaceAll(s, "./", "-")
}

// rpi reads the status of the flight in hand and the number of persons booked.
func (d *decoder) rpi() {
	if d.at != inLeg && d.at != inCheckIn {
		return
	}
	d.saysParty(travel.Whole(d.seg.Get(1, 1)), d.seg.Pos(1, 1))
	if n := len(d.b.Legs); n > 0 && d.b.Legs[n-1].Status == "" {
		d.b.Legs[n-1].Status = strings.TrimSpace(d.seg.Get(2, 1))
	}
}

// saysParty notes for how many persons the booking says it is.
func (d *decoder) saysParty(n int, at travel.Place) {
	if n = min(n, 9999); n > d.party {
		d.party, d.partyAt = n, at
	}
}

// ticket reads what was paid: TKT, MON, PTK, FOP. They belong to the person in hand.
func (d *decoder) ticket() {
	s, b := d.seg, d.b
	if b == nil {
		return
	}
	switch s.Tag {
	case "TKT":
		n := strings.TrimSpace(s.Get(1, 1))
		b.Tickets = append(b.Tickets, travel.Ticket{Number: travel.Number(n), Kind: s.Get(1, 2)})
		if t := d.person(); t != nil && t.Ticket == "" {
			t.Ticket = travel.Number(n)
		}
	case "FOP":
		for e := 1; e <= s.Elements(); e++ {
			for r := range s.Repetitions(e) {
				if form := s.At(e, r, 1); form != "" && len(b.Payments) < maxRemarks {
					b.Payments = append(b.Payments, travel.Payment{Form: form, Amount: s.At(e, r, 3), Vendor: s.At(e, r, 4),
						Card: card(s.At(e, r, 5)), Expiry: s.At(e, r, 6)})
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

// card keeps of a card number what identifies it to its issuer and no more: the first six and the last four digits.
func card(n string) travel.Number {
	n = strings.TrimSpace(n)
	if len(n) < 12 || strings.ContainsAny(n, "X*") {
		return travel.Number(n)
	}
	return travel.Number(strings.ToValidUTF8(n[:6]+strings.Repeat("X", len(n)-10)+n[len(n)-4:], "X"))
}

// payer reads the card holder or sponsor of the last form of payment.
func (d *decoder) payer() {
	name := strings.TrimSpace(d.seg.Get(2, 1))
	if sensitive.Text(name) {
		d.removed()
		return
	}
	if n := len(d.b.Payments); n > 0 && d.b.Payments[n-1].Payer == "" {
		d.b.Payments[n-1].Payer = travel.Name(name)
	}
	for e := 3; e <= d.seg.Elements(); e++ {
		if v := strings.TrimSpace(d.seg.Get(e, 1)); phone(v) && len(v) <= 20 {
			d.contact("phone:" + v)
		}
	}
}
