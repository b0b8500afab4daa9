package pnrgov

import (
	"slices"
	"strings"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// ssr reads a special service (standards.md D.3): of the booking, a name or a flight, or of whom it refers to.
func (d *decoder) ssr() {
	s := d.seg
	code := sensitive.TrimCode(s.Get(1, 1))
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
	case sensitive.Service(code):
		d.removed()
		return
	case d.structured(code, text, c):
		return
	case code == "SEAT":
		d.seats()
		return
	}
	d.other(code, text, c)
}

// other keeps the code of a service, once, and of its text only an infant.
func (d *decoder) other(code, text string, c int) {
	switch {
	case code == "INFT":
		d.inft(text, c)
	case sensitive.Text(text):
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
