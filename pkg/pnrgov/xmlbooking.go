package pnrgov

import (
	"strings"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// booking reads one PNR: its locator and names first, since the rest refers to them.
func (d *xmlDecoder) booking(n *xmlNode) {
	d.open()
	b := d.b
	d.saysParty(travel.Whole(n.get("numberofpassengers")), travel.Place{Tag: n.tag, Offset: n.offset})
	b.Created, b.Changed = d.moment(n, "pnrcreationdate"), d.moment(n, "pnrtransdate")
	switch strings.ToUpper(n.get("status")) {
	case "XX", "XL", "CANCELLED", "CANCELED":
		b.Cancel = true
	}
	n.each(func(k *xmlNode) {
		switch {
		case k.key == "bookingrefid":
			d.bookingRef(k)
		case k.key == "passenger" && len(d.m.Travellers) >= maxXMLTravellers:
			d.full(k)
		case k.key == "passenger":
			d.passenger(k)
		}
	})
	n.each(func(k *xmlNode) {
		if k.key == "flight" { // before what is said of seats
			d.flight(k)
		}
	})
	n.each(func(k *xmlNode) {
		d.who = -1
		d.detail(k)
	})
	d.who = -1
	d.on(n)
	d.close()
}

// detail reads what may stand in a booking or with a person of it, who is then in hand.
func (d *xmlDecoder) detail(n *xmlNode) {
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

// bookingRef reads a locator: the first is the booking's own, the others are the same booking elsewhere.
func (d *xmlDecoder) bookingRef(n *xmlNode) {
	carrier, locator := under(n, "companyname", "code"), n.get("id")
	if locator == "" {
		locator = oneLine(n.text)
	}
	name := carrier + "/" + locator
	switch b := d.b; {
	case locator == "":
	case b.Locator == "":
		b.Carrier, b.Locator = carrier, locator
		d.direct = n.get("type") == "C" // known to the airport only, as in RCI
	case locator == b.Locator && (carrier == b.Carrier || carrier == ""), len(b.Locators) >= maxContacts:
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
func (d *xmlDecoder) agency(n *xmlNode) {
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
		d.b.Agency = &a
	}
}

// reach reads telephone, mail and address, of the person in hand or of the booking.
func (d *xmlDecoder) reach(n *xmlNode) {
	if v := n.get("phonenumber"); phone(v) {
		d.contact("phone:" + v)
	}
	if v := n.get("emailaddress"); v != "" {
		d.contact("email:" + v)
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
	place.each(func(k *xmlNode) {
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
	if len(parts) == 0 {
		return
	}
	text := strings.Join(parts, ", ")
	if t := d.person(); t == nil {
		d.contact("address:" + text)
	} else if t.Address == "" {
		t.Address = travel.Text(text)
	}
}

// ticketOf reads one ticket and what was paid for it.
func (d *xmlDecoder) ticketOf(n *xmlNode) {
	b := d.b
	if len(b.Tickets) >= maxChanges {
		return
	}
	t := travel.Ticket{Number: travel.Number(n.get("ticketdocumentnbr", "number")), Kind: n.get("type"), Issued: d.moment(n, "dateofissue"),
		Carrier: under(n, "companyname", "code")}
	if fare := n.kid("totalfare"); fare != nil {
		t.Total = strings.TrimSpace(fare.get("amount") + " " + fare.get("currencycode"))
	}
	b.Tickets = append(b.Tickets, t)
	if p := d.person(); p != nil && p.Ticket == "" && !strings.EqualFold(n.get("primarydocind"), "false") {
		p.Ticket = t.Number
	}
	n.each(func(k *xmlNode) {
		if k.key == "paymentinfo" {
			d.paidBy(k)
		}
	})
}

// paidBy reads one form of payment.
func (d *xmlDecoder) paidBy(n *xmlNode) {
	if len(d.b.Payments) >= maxRemarks {
		return
	}
	p := travel.Payment{Form: n.get("paymenttype", "type"), Amount: n.get("paymentamount", "amount"), Vendor: n.get("vendorcode"),
		Card: card(n.get("accountnbr")), Expiry: n.get("expirydate")}
	payer := n.get("cardholdername")
	if payer == "" {
		if s := n.kid("sponsor"); s != nil {
			if payer = oneLine(s.text); payer == "" && len(s.kids) > 0 {
				payer = oneLine(s.kids[0].text)
			}
		}
	}
	if sensitive.Text(payer) {
		d.removed()
		payer = ""
	}
	p.Payer = travel.Name(payer)
	d.b.Payments = append(d.b.Payments, p)
}

// split reads every locator a booking was divided from or into: attributes, elements and texts.
func (d *xmlDecoder) split(n *xmlNode) {
	for i := range n.attrs {
		if n.attrs[i].key == "id" {
			d.splitTo(oneLine(n.attrs[i].value))
		}
	}
	d.splitTo(oneLine(n.text))
	n.each(func(k *xmlNode) {
		if k.key == "bookingrefid" || k.key == "id" || k.key == "splitpnr" {
			d.split(k)
		}
	})
}

// historyText reads history as free text, line by line.
func (d *xmlDecoder) historyText(n *xmlNode) {
	all := n.text
	if all == "" {
		all = n.get("text", "remark")
	}
	before := d.m.Removed
	var kept []string
	for line := range strings.Lines(all) {
		switch line = oneLine(line); {
		case line == "":
		case sensitive.Text(line):
			d.removed()
		default:
			kept = append(kept, line)
		}
	}
	if d.m.Removed == before && sensitive.Text(oneLine(all)) { // told over the end of a line
		d.removed()
		return
	}
	for _, line := range kept {
		if strings.Contains(line, "NOSHOW") || strings.Contains(line, "NO SHOW") || strings.Contains(line, "NO-SHOW") {
			d.noShow = true
		}
		d.keep(line)
	}
}

// historyItems reads what was changed, when and by whom. What stood there before is not kept.
func (d *xmlDecoder) historyItems(n *xmlNode, c travel.Change) {
	n.each(func(k *xmlNode) {
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

func (d *xmlDecoder) changed(n *xmlNode, c travel.Change) {
	switch strings.ToUpper(n.get("action")) {
	case "A", "ADD", "ADDED":
		c.Action = "added"
	case "X", "CANCEL", "CANCELLED", "DELETE", "DELETED":
		c.Action = "cancelled"
	default:
		c.Action = "changed"
	}
	n.each(func(k *xmlNode) {
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
			d.removed()
		} else if len(d.b.Changes) < maxChanges {
			d.b.Changes = append(d.b.Changes, c)
		}
	})
}
