package wire

import (
	"strconv"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// check fills in what may be left out of a message in JSON, and finds what is wrong with its values. A value that is no
// such thing is a fault at its JSON pointer and is taken as not sent; it is never read as something else.
func check(m *travel.Message, at string) {
	c := checker{m: m, at: at}
	m.Findings = nil // findings are ours to make
	m.Report, m.Removed = 0, 0
	oneOf(&c, "/kind", &m.Kind, travel.API, travel.API, travel.PNR)
	oneOf(&c, "/function", &m.Function, travel.Query, travel.Query, travel.Update, travel.Cancel, travel.Reduction, travel.CloseOut,
		travel.LegCancel, travel.LegChange, travel.CrewList, travel.GatePass)
	for i := range m.Legs {
		m.LegPlaces = append(m.LegPlaces, travel.Place{Tag: at + "/legs/" + strconv.Itoa(i)})
		c.leg(&m.Legs[i], at+"/legs/"+strconv.Itoa(i))
		if m.Legs[i].Border && !m.Legs[m.Report].Border {
			m.Report = i
		}
	}
	for i := range m.Travellers {
		c.index = i + 1
		m.Places = append(m.Places, travel.Place{Tag: at + "/travellers/" + strconv.Itoa(i)})
		c.traveller(&m.Travellers[i], at+"/travellers/"+strconv.Itoa(i))
	}
	c.index = 0
	if m.Kind == travel.API && m.Declared > 0 && m.Declared != len(m.Travellers) {
		c.say(at+"/declared", "count_persons", travel.Warning, "the message declares another number of travellers than it holds; send those that are missing")
	}
	c.bookings()
	sensitive.Scrub(m)
}

// checker looks at one message.
type checker struct {
	m     *travel.Message
	at    string
	index int // traveller in hand
}

func (c *checker) fault(at, code, text string) { c.say(at, code, travel.Fault, text) }

func (c *checker) say(at, code string, s travel.Severity, text string) {
	c.m.Findings = append(c.m.Findings, travel.Finding{Code: code, Severity: s, Tag: at, Traveller: c.index, Text: text})
}

// oneOf holds a value against those it may have; what is not among them becomes fallback, and a fault says so.
func oneOf[T ~string](c *checker, at string, v *T, fallback T, may ...T) {
	if *v == "" {
		*v = fallback
		return
	}
	for _, m := range may {
		if *v == m {
			return
		}
	}
	*v = fallback
	c.fault(c.at+at, "bad_value", "not a value of this field; see its enum in /v1/schema")
}

func (c *checker) leg(l *travel.Leg, at string) {
	l.Number = travel.FlightNumber(l.Number)
	if l.Mode == "" {
		l.Mode = travel.Air
	} else if l.Mode != travel.Air && l.Mode != travel.Sea {
		l.Mode = travel.Air
		c.fault(at+"/mode", "bad_value", "the mode is air or sea")
	}
	if _, ok := l.Departure.Time(); !ok || l.Carrier == "" || l.Number == "" || l.Origin == "" {
		c.fault(at, "bad_leg", "give carrier, number, origin and departure as 2026-10-05T19:15")
	}
	if _, ok := l.Arrival.Time(); !ok && l.Arrival != "" {
		l.Arrival = ""
		c.fault(at+"/arrival", "bad_date", "give the arrival as 2026-10-05T23:45, local to the port")
	}
}

func (c *checker) traveller(t *travel.Traveller, at string) {
	t.Index, t.Removed = c.index, 0
	if t.Kind == "" {
		t.Kind = travel.Passenger
	}
	switch t.Kind {
	case travel.Passenger, travel.Crew, travel.Transit, travel.TransitCrew, travel.Reference:
	default:
		t.Kind = travel.Passenger
		c.fault(at+"/kind", "bad_value", "the kind is passenger, crew, transit, transit_crew or reference")
	}
	switch t.Sex {
	case "", "M", "F", "X", "U":
	default:
		t.Sex = ""
		c.fault(at+"/sex", "bad_value", "the sex is M, F, X or U")
	}
	switch t.CheckIn {
	case "", "checked_in", "no_show", "go_show":
	default:
		t.CheckIn = ""
		c.fault(at+"/check_in", "bad_value", "check_in is checked_in, no_show or go_show")
	}
	if t.Birth != "" && !t.Birth.Date().Valid() {
		t.Birth = ""
		c.fault(at+"/birth", "bad_date", "give the birth date as 1987-03-12, 1987-03 or 1987")
	}
	if leg, _ := c.m.ReportLeg(); t.Birth != "" && t.Birth.Date().After(leg.Departure.Date()) {
		t.Birth = ""
		c.fault(at+"/birth", "birth_in_future", "the birth date is after departure; send it as the document has it")
	}
	if t.InfantOf < 0 || t.InfantOf > len(c.m.Travellers) || t.InfantOf == t.Index {
		t.InfantOf = 0
		c.fault(at+"/infant_of", "bad_value", "infant_of is the index of another traveller of the message, from 1")
	}
	for i, n := 0, len(t.Documents); i < n; i++ { // a zone may add a document
		c.zone(t, i, at+"/documents/"+strconv.Itoa(i)+"/mrz")
	}
	c.state(&t.Nationality, at+"/nationality")
	c.state(&t.Residence, at+"/residence")
	c.state(&t.BirthState, at+"/birth_state")
	for i := range t.Documents {
		c.document(&t.Documents[i], at+"/documents/"+strconv.Itoa(i))
	}
}

func (c *checker) document(d *travel.Document, at string) {
	if d.Type == "" {
		d.Type = "P"
		c.say(at+"/type", "no_document_type", travel.Note, "the document has no type; taken as a passport")
	}
	for _, date := range []struct {
		v    *travel.Date
		name string
	}{{&d.Expiry, "/expiry"}, {&d.Issued, "/issued"}} {
		if *date.v != "" && !date.v.Valid() {
			*date.v = ""
			c.fault(at+date.name, "bad_date", "give the date as 2031-08-15")
		}
	}
	c.state(&d.Issuer, at+"/issuer")
	c.state(&d.For, at+"/for")
}

// state reads a State code and says what it had to do to it.
func (c *checker) state(s *travel.State, at string) {
	if *s == "" {
		return
	}
	code, known, mapped := travel.ParseState(string(*s))
	*s = code
	switch {
	case !known:
		c.say(at, "unknown_state", travel.Warning, "not a State code; send the three letters of ISO 3166 or ICAO 9303")
	case mapped:
		c.say(at, "state_mapped", travel.Note, "a State code of fewer than three letters; it was read as its three letters")
	}
}

// bookings holds that booking_of names a booking for every traveller, or is left out.
func (c *checker) bookings() {
	m := c.m
	if len(m.BookingOf) == 0 {
		return
	}
	bad := len(m.BookingOf) != len(m.Travellers)
	for _, b := range m.BookingOf {
		bad = bad || b < 0 || b >= len(m.Bookings)
	}
	if bad {
		m.BookingOf = nil
		c.fault(c.at+"/booking_of", "bad_value", "booking_of has one index into bookings, from 0, for each traveller")
		return
	}
	for i := range m.Travellers {
		if t := &m.Travellers[i]; t.Locator == "" {
			t.Locator = m.Bookings[m.BookingOf[i]].Locator
		}
	}
}
