package pnrgov

import (
	"slices"
	"strings"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// ssr reads a special service (standards.md D.3): of the booking, a name or a flight, or of whom it refers to.
func (d *decoder) ssr() {
	s := d.seg
	code := strings.Trim(s.Get(1, 1), controls)
	was := d.who
	if i := d.byRef(s.Get(2, 3)); i >= 0 {
		d.who = i
	}
	d.service(code)
	d.who = was
}

func (d *decoder) service(code string) {
	text, c := d.serviceText()
	switch {
	case sensitiveService(code):
		d.removed()
		return
	case d.structured(code, text, c):
		return
	case code == "SEAT":
		d.seats()
		return
	}
	d.other(code, text)
}

// other keeps the code of a service, once, and of its text only an infant.
func (d *decoder) other(code, text string) {
	switch {
	case code == "INFT":
		d.inft(text)
	case sensitiveText(text):
		d.removed()
	}
	if len(code) == 4 && len(d.b.Services) < maxRemarks && !slices.Contains(d.b.Services, code) {
		d.b.Services = append(d.b.Services, code)
	}
}

// structured reads a service that is more than its code: documents, contacts, tickets. False when it is none of these.
func (d *decoder) structured(code, text string, c int) bool {
	switch {
	case code == "DOCS" || code == "DOCO" || code == "DOCA":
		if text != "" {
			d.papersOf(code, text, c)
		}
	case code == "OTHS":
		d.remark(text)
	case strings.HasPrefix(code, "CTC") && len(code) == 4:
		if v, ok := contactIn(code + " " + text); ok {
			d.contact(v)
		}
	case code == "TKNE" || code == "TKNA" || code == "TKNM":
		d.electronic(text)
	case code == "FQTV":
		if t := d.person(); t != nil && t.Frequent == "" {
			t.Frequent = travel.Number(strings.TrimSpace(text))
		}
	default:
		return false
	}
	return true
}

func (d *decoder) papersOf(code, text string, c int) {
	switch code {
	case "DOCS":
		d.docs(text, c)
	case "DOCO":
		d.doco(text, c)
	case "DOCA":
		d.doca(text)
	}
}

// serviceText is the free text of SSR and its component: the ninth, or the last where senders leave some out.
func (d *decoder) serviceText() (string, int) {
	s := d.seg
	n := s.Components(1)
	if n >= 9 {
		return s.Get(1, 9), 9
	}
	if n > 4 && strings.IndexByte(s.Get(1, n), '/') >= 0 {
		return s.Get(1, n), n
	}
	return "", 9
}

// electronic reads the number of an electronic ticket: "1392178947000C2", an infant's begins with INF.
func (d *decoder) electronic(text string) {
	text = strings.TrimLeft(text, ". ")
	if strings.HasPrefix(text, "INF") {
		return // its own name has it
	}
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	if t := d.person(); t != nil && t.Ticket == "" && n >= 10 {
		t.Ticket = travel.Number(text[:n])
	}
}

// seats reads seats asked for on the reported flight: "15A::1+15B::2". What check-in gives comes later and counts.
func (d *decoder) seats() {
	s := d.seg
	if report, ok := d.m.ReportLeg(); !ok || s.Get(1, 7) != "" && s.Get(1, 7) != string(report.Origin) || d.at == inLeg && !d.reported {
		return
	}
	for e := 2; e <= s.Elements(); e++ {
		if i, at := d.byRef(s.Get(e, 3)), seat(s.Get(e, 1)); i >= 0 && at != "" {
			d.m.Travellers[i].Seat = at
		}
	}
}

// inft notes an infant without a seat: "SURNAME/GIVEN/10AUG11" on the adult.
func (d *decoder) inft(text string) {
	part := strings.Split(strings.TrimPrefix(strings.TrimSpace(text), "/"), "/")
	if len(part) < 2 || part[0] == "" || len(d.infants) >= maxContacts {
		return
	}
	in := infant{pos: d.seg.Pos(0, 0), surname: strings.TrimSpace(part[0]), given: d.untitled(part[1])}
	for _, p := range part[2:] {
		if word, _, _ := strings.Cut(strings.TrimSpace(p), " "); dateLike(word) {
			in.birth = d.born(word, 9)
		}
	}
	if t := d.person(); t != nil {
		in.of = t.Index
	}
	d.infants = append(d.infants, in)
}

// place gives an infant named only in a service its place among the travellers, or adds to who is there already.
func (d *decoder) place(in *infant) {
	i := d.named(in.surname, in.given, true)
	if i < 0 {
		i = d.named(in.surname, in.given, false)
	}
	if i < 0 {
		i = d.addInfant(in.surname, in.given, in.pos)
	}
	t := &d.m.Travellers[i]
	if t.FareType == "" || t.Index != in.of {
		t.FareType = "IN"
	}
	if t.Birth == "" {
		t.Birth = travel.BirthDate(in.birth)
	}
	if t.InfantOf == 0 && in.of != t.Index {
		t.InfantOf = in.of
	}
}

// named finds a person of this booking by name.
func (d *decoder) named(surname, given string, infant bool) int {
	for i := d.first; i < len(d.m.Travellers); i++ {
		t := &d.m.Travellers[i]
		if (t.FareType == "IN") == infant && sameName(string(t.Surname), surname) && sameName(string(t.Given), given) {
			return i
		}
	}
	return -1
}

func (d *decoder) addInfant(surname, given string, at edifact.Position) int {
	d.m.Travellers = append(d.m.Travellers, travel.Traveller{Index: len(d.m.Travellers) + 1, Kind: travel.Passenger, FareType: "IN",
		Surname: travel.Name(surname), Given: travel.Name(given)})
	d.placed(at)
	return len(d.m.Travellers) - 1
}

// placed notes whose booking the last traveller is of, and where they stand.
func (d *decoder) placed(at edifact.Position) {
	d.m.BookingOf = append(d.m.BookingOf, len(d.m.Bookings)-1)
	d.m.Places = append(d.m.Places, travel.Place{Segment: at.Segment, Tag: at.Tag, Offset: at.Offset})
}
