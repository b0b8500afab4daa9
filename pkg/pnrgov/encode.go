package pnrgov

import (
	"strconv"
	"strings"

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
	date, clock := edifact.Stamp(o.At)
	w.Interchange(edifact.Interchange{Syntax: "IATA:1", Sender: m.Sender, Recipient: m.Recipient, Date: date, Time: clock,
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
