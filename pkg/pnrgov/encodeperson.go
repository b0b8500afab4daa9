package pnrgov

import (
	"strconv"
	"strings"

	"fairway/pkg/booking"
	"fairway/pkg/travel"
)

// contacts writes e-mail addresses and telephone numbers as services, addresses as ADD.
func (w *writer) contacts(list []travel.Text) {
	for _, c := range list {
		kind, value, _ := strings.Cut(string(c), ":")
		switch kind {
		case "email":
			value = strings.ReplaceAll(strings.ReplaceAll(value, "@", "//"), "_", "..")
			w.service("CTCE", value)
		case "address":
			w.Segment("ADD").Element("").Composite("700", value).End()
		default:
			w.service("CTCM", value)
		}
	}
}

// names writes the persons of the booking, each with their tickets, then the tickets of nobody and the payments.
func (w *writer) names() {
	b := w.b
	written := make([]bool, len(b.Tickets))
	if b.Group != "" {
		w.Segment("TIF").Composite("GROUP", "G").End()
	}
	for i, t := range w.people {
		w.name(i, t)
		had := false
		for k := range b.Tickets {
			if !written[k] && b.Tickets[k].Number == t.Ticket && t.Ticket != "" {
				w.ticket(&b.Tickets[k])
				written[k], had = true, true
			}
		}
		if !had && t.Ticket != "" {
			w.service("TKNE", string(t.Ticket)+"C1")
		}
	}
	for k := range b.Tickets {
		if !written[k] {
			w.ticket(&b.Tickets[k])
		}
	}
	for i := range b.Payments {
		p := &b.Payments[i]
		w.Segment("FOP").Composite(p.Form, "", p.Amount, p.Vendor, string(p.Card), p.Expiry).End()
		if p.Payer != "" {
			w.Segment("IFT").Composite("4", "43").Element(string(p.Payer)).End()
		}
	}
}

func (w *writer) ticket(t *travel.Ticket) {
	w.Segment("TKT").Composite(string(t.Number), t.Kind, "1").End()
	if amount, currency, _ := strings.Cut(t.Total, " "); amount != "" {
		w.Segment("MON").Composite("T", amount, currency).End()
	}
	if t.Carrier != "" {
		w.Segment("PTK").Element("").Element("").Element("").Element(t.Carrier).End()
	}
	if t.Issued != "" {
		w.Segment("DAT").Composite("710", ddmmyy(t.Issued), clock(t.Issued)).End()
	}
}

// name writes one person of the booking, the i-th.
func (w *writer) name(i int, t *travel.Traveller) {
	n, with := strconv.Itoa(i+1), ""
	for _, other := range w.people {
		if other.InfantOf == t.Index && t.Index > 0 {
			with = "1"
		}
	}
	w.Segment("TIF").Element(string(t.Surname)).Composite(string(t.Given), t.FareType, n, with).End()
	if f := string(t.Frequent); len(f) > 2 {
		w.Segment("FTI").Composite(f[:2], f[2:]).End()
	}
	if t.Ref != "" {
		w.Segment("REF").Composite("", t.Ref).End()
	}
	w.contacts(t.Contacts)
	w.papers(t)
	if t.Address != "" && t.Residence == "" {
		w.Segment("ADD").Element("").Composite("700", string(t.Address)).End()
	}
}

func (w *writer) service(code, text string) {
	w.Segment("SSR").Composite(code, "HK", "1", w.b.Carrier, "", "", "", "", text).End()
}

func (w *writer) papers(t *travel.Traveller) {
	sex := string(t.Sex)
	if t.FareType == "IN" && sex != "" {
		sex += "I"
	}
	docs := func(d *travel.Document) {
		w.service("DOCS", strings.Join([]string{"", d.Type, string(d.Issuer), string(d.Number), string(t.Nationality),
			booking.FormatDate(t.Birth.Date()), sex, booking.FormatDate(d.Expiry), string(t.Surname), string(t.Given), string(t.Middle)}, "/"))
	}
	plain := true
	for i := range t.Documents {
		d := &t.Documents[i]
		if d.Type == "V" {
			w.service("DOCO", strings.Join([]string{"", string(t.BirthPlace), "V", string(d.Number), string(d.Place), booking.FormatDate(d.Issued), string(d.For)}, "/"))
			continue
		}
		plain = false
		docs(d)
	}
	if plain && (t.Nationality != "" || t.Birth != "" || t.Sex != "" || t.Middle != "") {
		docs(&travel.Document{})
	}
	if t.Known != "" {
		w.service("DOCO", "//K/"+string(t.Known))
	}
	if t.Redress != "" {
		w.service("DOCO", "//R/"+string(t.Redress))
	}
	if t.Residence != "" {
		w.service("DOCA", "/R/"+string(t.Residence)+"/"+string(t.Address))
	}
}

func (w *writer) seats(l *travel.BookedLeg) {
	for i, t := range w.people {
		if t.Seat != "" && !booking.Here(t) {
			w.Segment("SSR").Composite("SEAT", "HK", "1", w.b.Carrier, "", "", string(l.Origin), string(l.Destination)).
				Composite(t.Seat, "", strconv.Itoa(i+1)).End()
		}
	}
}

func (w *writer) checkIn() {
	opened := false
	for i, t := range w.people {
		if !booking.Here(t) {
			continue
		}
		if !opened {
			w.Segment("DAT").Composite("2").End()
			opened = true
		}
		n := strconv.Itoa(i + 1)
		w.Segment("TRI").Element("").Composite(n, "", "", n).End()
		w.Segment("TIF").Element(string(t.Surname)).Composite(string(t.Given), t.FareType, n).End()
		if t.Seat != "" {
			w.Segment("SSD").Element(t.Seat).End()
		}
		if b := t.Bags; b != nil {
			pool, weight, unit := "", "", ""
			if b.Pool {
				pool = "MP"
			}
			if b.Weight > 0 {
				weight, unit = strconv.Itoa(b.Weight), "700"
			}
			s := w.Segment("TBD").Element("").Composite(strconv.Itoa(b.Count), weight, unit).Element("").Element(pool)
			for _, tag := range b.Tags {
				s.Composite(w.b.Carrier, tag, "1")
			}
			s.End()
		}
	}
}
