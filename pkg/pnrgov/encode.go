package pnrgov

import (
	"strconv"
	"strings"

	"fairway/pkg/booking"
	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// EncodeOptions are what a message does not say itself. The zero value is usable.
type EncodeOptions struct {
	At travel.LocalTime // of preparation, in UNB; empty writes the departure
}

// Encode appends m as one interchange with one PNRGOV message, counts and references right. It writes what this package
// reads: Decode of it gives m again, but for the findings, for the order of tickets, and for bags of persons who have
// not checked in.
func Encode(dst []byte, m *travel.Message, o EncodeOptions) []byte {
	leg, _ := m.ReportLeg()
	if o.At == "" {
		o.At = leg.Departure
	}
	w := writer{Writer: edifact.NewWriter(dst, edifact.PNR()), m: m, report: leg}
	w.Interchange(edifact.Interchange{Syntax: "IATA:1", Sender: m.Sender, Recipient: m.Recipient, Date: yymmdd(o.At), Time: clock(o.At),
		Control: m.Control, Test: m.Test})
	version, release, agency := versions(m.Profile)
	mark := ""
	switch {
	case m.Part.Last:
		mark = "F"
	case m.Part.First:
		mark = "C"
	}
	w.Message("1", Type, version, release, agency, "", m.Reference, m.Part.Number, mark)
	code := m.Code
	if code == "" {
		code = "22"
		if m.Function == travel.Update {
			code = "141"
		}
	}
	w.Segment("MSG").Composite("", code).End()
	w.Segment("ORG").Composite(m.Sender).End()
	for i := range m.Legs {
		w.flight(&m.Legs[i], "")
	}
	w.Segment("EQN").Element(strconv.Itoa(len(m.Bookings))).End()
	for i := range m.Bookings {
		w.booking(i)
	}
	return w.Close()
}

// writer writes one message.
type writer struct {
	*edifact.Writer
	m      *travel.Message
	report travel.Leg
	b      *travel.Booking
	people []*travel.Traveller
}

func (w *writer) booking(i int) {
	b := &w.m.Bookings[i]
	w.b, w.people = b, w.people[:0]
	direct := ""
	for k := range w.m.Travellers {
		if k < len(w.m.BookingOf) && w.m.BookingOf[k] == i {
			w.people = append(w.people, &w.m.Travellers[k])
			if w.m.Travellers[k].CheckIn == "go_show" {
				direct = "C"
			}
		}
	}
	w.Segment("SRC").End()
	s := w.Segment("RCI").Composite(b.Carrier, b.Locator, direct, ddmmyy(b.Created), clock(b.Created))
	for _, l := range b.Locators {
		carrier, locator, _ := strings.Cut(l, "/")
		s.Composite(carrier, locator)
	}
	s.End()
	w.contacts(b.Contacts)
	for _, code := range b.Services {
		w.Segment("SSR").Composite(code, "HK", "1", b.Carrier).End()
	}
	if b.Changed != "" {
		w.Segment("DAT").Composite("700", ddmmyy(b.Changed), clock(b.Changed)).End()
	}
	w.office()
	w.names()
	w.itinerary()
	for _, l := range b.Split {
		w.Segment("EQN").Element("1").End()
		w.Segment("RCI").Composite(b.Carrier, l).End()
	}
	w.history()
}

func (w *writer) office() {
	switch a := w.b.Agency; {
	case w.b.Cancel:
		w.Segment("ORG").End()
	case a != nil:
		w.Segment("ORG").Composite(a.System, a.Place).Composite(a.IATA, a.Office).Element(a.Place).Element("").Element(a.Kind).
			Composite(a.Country, a.Currency).Element(a.Agent).End()
	}
	for _, r := range w.b.Remarks {
		if !strings.Contains(string(r), "NOSHOW") { // those are history
			w.Segment("IFT").Composite("4", "28").Element(string(r)).End()
		}
	}
}

// contacts writes e-mail addresses and telephone numbers as services, addresses as ADD.
func (w *writer) contacts(list []travel.Text) {
	for _, c := range list {
		kind, value, _ := strings.Cut(string(c), ":")
		switch kind {
		case "email":
			value = strings.ReplaceAll(strings.ReplaceAll(value, "@", "//"), "_", "..")
			w.Segment("SSR").Composite("CTCE", "HK", "1", w.b.Carrier, "", "", "", "", value).End()
		case "address":
			w.Segment("ADD").Element("").Composite("700", value).End()
		default:
			w.Segment("SSR").Composite("CTCM", "HK", "1", w.b.Carrier, "", "", "", "", value).End()
		}
	}
}

func (w *writer) names() {
	b := w.b
	written := make([]bool, len(b.Tickets))
	ticket := func(i int) {
		t := &b.Tickets[i]
		written[i] = true
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
	if b.Group != "" {
		w.Segment("TIF").Composite("GROUP", "G").End()
	}
	for i, t := range w.people {
		w.name(i, t)
		had := false
		for k := range b.Tickets {
			if !written[k] && b.Tickets[k].Number == t.Ticket && t.Ticket != "" {
				ticket(k)
				had = true
			}
		}
		if !had && t.Ticket != "" {
			w.Segment("SSR").Composite("TKNE", "HK", "1", b.Carrier, "", "", "", "", string(t.Ticket)+"C1").End()
		}
	}
	for k := range b.Tickets {
		if !written[k] {
			ticket(k)
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

func (w *writer) flight(l *travel.Leg, class string) {
	w.Segment("TVL").Composite(ddmmyy(l.Departure), clock(l.Departure), ddmmyy(l.Arrival), clock(l.Arrival)).Element(string(l.Origin)).
		Element(string(l.Destination)).Element(l.Carrier).Composite(l.Number, class).End()
}

func (w *writer) itinerary() {
	for i := range w.b.Legs {
		l := &w.b.Legs[i]
		w.flight(&l.Leg, l.Class)
		for _, name := range l.Codeshare {
			carrier, number, _ := strings.Cut(name, "-")
			w.Segment("TRA").Element(carrier).Element(number).End()
		}
		w.Segment("RPI").Element(strconv.Itoa(w.b.Party)).Element(l.Status).End()
		if l.Leg.ID() == w.report.ID() {
			w.seats(l)
			w.checkIn()
		}
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

func (w *writer) history() {
	for _, r := range w.b.Remarks {
		if strings.Contains(string(r), "NOSHOW") {
			w.Segment("LTS").Element(string(r)).End()
		}
	}
	for _, c := range w.b.Changes {
		w.Segment("ABI").Element("4").Element(c.Office).End()
		w.Segment("DAT").Composite("T", ddmmyy(c.At), clock(c.At)).End()
		action := map[string]string{"added": "A", "cancelled": "X"}[c.Action]
		w.Segment("SAC").Element("").Element("").Element(action).End()
		w.Segment(c.What).End()
	}
}
