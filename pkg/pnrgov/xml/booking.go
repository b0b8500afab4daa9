package xml

import (
	"slices"
	"strings"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// booking reads one PNR: its locator and names first, since the rest refers to them.
func (d *decoder) booking(n *node) {
	d.b.Open()
	b := d.b.Booking
	d.b.SaysParty(travel.Whole(n.get("numberofpassengers")), n.place())
	b.Created, b.Changed = d.moment(n, "pnrcreationdate"), d.moment(n, "pnrtransdate")
	switch strings.ToUpper(n.get("status")) {
	case "XX", "XL", "CANCELLED", "CANCELED":
		b.Cancel = true
	}
	n.each(func(k *node) {
		switch {
		case k.key == "bookingrefid":
			d.bookingRef(k)
		case k.key == "passenger" && len(d.b.Message.Travellers) >= travel.MostPeople:
			d.full(k)
		case k.key == "passenger":
			d.passenger(k)
		}
	})
	n.each(func(k *node) {
		if k.key == "flight" { // before what is said of seats
			d.flight(k)
		}
	})
	n.each(func(k *node) {
		d.b.Who = -1
		d.detail(k)
	})
	d.b.Close(n.place())
}

// detail reads what may stand in a booking or with a person of it, who is then in hand.
func (d *decoder) detail(n *node) {
	switch n.key {
	case "pos":
		d.agency(n)
	case "contactinfo":
		d.reach(n)
	case "ssr", "docssr", "osi", "remark":
		d.special(n)
	case "docs", "doca", "doco":
		d.identity(n)
	case "ticketdocument":
		d.ticketOf(n)
	case "paymentinfo":
		d.paidBy(n)
	case "seatnumber":
		d.seatOf(n)
	case "checkedbag":
		d.bag(n)
	case "splitpnr":
		d.split(n)
	case "historytext":
		d.historyText(n)
	case "history":
		d.historyItems(n, travel.Change{})
	}
}

// The bounds of what is kept of one booking.
const (
	maxLocators = 50
	maxTickets  = 200
)

// bookingRef reads a locator: the first is the booking's own, the others are the same booking elsewhere.
func (d *decoder) bookingRef(n *node) {
	carrier, locator := under(n, "companyname", "code"), n.get("id")
	if locator == "" {
		locator = oneLine(n.text)
	}
	name := carrier + "/" + locator
	switch b := d.b.Booking; {
	case locator == "":
	case b.Locator == "":
		b.Carrier, b.Locator = carrier, locator
		d.b.Direct = n.get("type") == "C" // known to the airport only, as in RCI
	case locator == b.Locator && (carrier == b.Carrier || carrier == ""), len(b.Locators) >= maxLocators:
	default:
		for _, have := range b.Locators {
			if have == name {
				return
			}
		}
		b.Locators = append(b.Locators, name)
	}
}

// agency reads who made the booking.
func (d *decoder) agency(n *node) {
	s := n.kid("source")
	if s == nil {
		s = n
	}
	a := travel.Agency{System: s.get("airlinevendorid"), Office: s.get("pseudocitycode"), Place: s.get("airportcode"), Country: s.get("isocountry"),
		Currency: s.get("isocurrency"), Agent: s.get("agentsine")}
	if id := s.kid("requestorid"); id != nil {
		a.IATA = id.get("id")
		if kind := id.get("type"); kind == "A" || kind == "T" {
			a.Kind = kind
		}
		if a.System == "" {
			a.System = under(id, "companyname", "code")
		}
	}
	if a != (travel.Agency{}) {
		d.b.Booking.Agency = &a
	}
}

// reach reads telephone, mail and address, of the person in hand or of the booking.
func (d *decoder) reach(n *node) {
	d.b.Phone(n.get("phonenumber"))
	if v := n.get("emailaddress"); v != "" {
		d.b.Email(v)
	}
	parts := make([]string, 0, 6)
	add := func(v string) {
		if v = oneLine(v); v != "" && len(parts) < cap(parts) {
			parts = append(parts, v)
		}
	}
	place := n
	if a := n.kid("address"); a != nil {
		add(a.text)
		place = a
	}
	place.each(func(k *node) {
		if k.key == "addressline" {
			add(k.text)
		}
	})
	for _, key := range [...]string{"cityname", "stateprov", "postalcode", "countryname"} {
		v := place.get(key)
		if v == "" {
			v = under(place, key, "code")
		}
		add(v)
	}
	d.b.Address(parts)
}

// ticketOf reads one ticket and what was paid for it.
func (d *decoder) ticketOf(n *node) {
	b := d.b.Booking
	if len(b.Tickets) >= maxTickets {
		return
	}
	t := travel.Ticket{Number: travel.Number(n.get("ticketdocumentnbr", "number")), Kind: n.get("type"), Issued: d.moment(n, "dateofissue"),
		Carrier: under(n, "companyname", "code")}
	if fare := n.kid("totalfare"); fare != nil {
		t.Total = strings.TrimSpace(fare.get("amount") + " " + fare.get("currencycode"))
	}
	b.Tickets = append(b.Tickets, t)
	if p := d.b.Person(); p != nil && p.Ticket == "" && !strings.EqualFold(n.get("primarydocind"), "false") {
		p.Ticket = t.Number
	}
	n.each(func(k *node) {
		if k.key == "paymentinfo" {
			d.paidBy(k)
		}
	})
}

// paidBy reads one form of payment.
func (d *decoder) paidBy(n *node) {
	p := travel.Payment{Form: n.get("paymenttype", "type"), Amount: n.get("paymentamount", "amount"), Vendor: n.get("vendorcode"),
		Card: travel.Number(n.get("accountnbr")), Expiry: n.get("expirydate"), Payer: travel.Name(n.get("cardholdername"))}
	if p.Payer == "" {
		if s := n.kid("sponsor"); s != nil {
			payer := oneLine(s.text)
			if payer == "" && len(s.kids) > 0 {
				payer = oneLine(s.kids[0].text)
			}
			p.Payer = travel.Name(payer)
		}
	}
	d.b.Pay(p)
}

// split reads every locator a booking was divided from or into: attributes, elements and texts.
func (d *decoder) split(n *node) {
	for i := range n.attrs {
		if n.attrs[i].key == "id" {
			d.b.SplitTo(oneLine(n.attrs[i].value))
		}
	}
	d.b.SplitTo(oneLine(n.text))
	n.each(func(k *node) {
		if k.key == "bookingrefid" || k.key == "id" || k.key == "splitpnr" {
			d.split(k)
		}
	})
}

// historyText reads history as free text, line by line.
func (d *decoder) historyText(n *node) {
	all := n.text
	if all == "" {
		all = n.get("text", "remark")
	}
	tells := func(line string) bool { return sensitive.Text(oneLine(line)) }
	if tells(all) && !slices.ContainsFunc(slices.Collect(strings.Lines(all)), tells) { // told over the end of a line
		d.b.Remove()
		return
	}
	for line := range strings.Lines(all) {
		d.b.History(oneLine(line))
	}
}

// historyItems reads what was changed, when and by whom. What stood there before is not kept.
func (d *decoder) historyItems(n *node, c travel.Change) {
	n.each(func(k *node) {
		switch k.key {
		case "history":
			d.historyItems(k, c)
		case "historycredit":
			c.At, c.Office = d.moment(k, "time"), k.get("id")
			if c.At == "" {
				c.At = d.moment(k, "date")
			}
			if s := k.kid("originator"); c.Office == "" && s != nil {
				c.Office = s.get("id", "airlinecode", "code")
			}
			d.historyItems(k, c)
		case "historyitem":
			d.changed(k, c)
		}
	})
}

func (d *decoder) changed(n *node, c travel.Change) {
	switch strings.ToUpper(n.get("action")) {
	case "A", "ADD", "ADDED":
		c.Action = "added"
	case "X", "CANCEL", "CANCELLED", "DELETE", "DELETED":
		c.Action = "cancelled"
	default:
		c.Action = "changed"
	}
	n.each(func(k *node) {
		switch k.key {
		case "passenger":
			c.What = "TIF"
		case "flight":
			c.What = "TVL"
		case "ssr", "docssr":
			c.What = "SSR"
		case "osi", "remark":
			c.What = "IFT"
		case "ticketdocument":
			c.What = "TKT"
		case "seatnumber":
			c.What = "SSD"
		case "checkedbag":
			c.What = "TBD"
		default:
			return
		}
		if sensitive.Service(k.get("ssrcode", "code")) || sensitive.Text(textOf(k)) {
			d.b.Remove()
		} else {
			d.b.Change(c)
		}
	})
}
