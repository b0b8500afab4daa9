package pnrgov

import (
	"strings"

	"fairway/pkg/travel"
)

// paper is one DOCS service, until the booking is complete and it is known whose it is.
type paper struct {
	who                    int // in m.Travellers, where the service says or stands; -1 when it is of the booking
	doc                    travel.Document
	nationality            travel.State
	birth                  travel.Date
	sex                    string
	surname, given, second string
	pos                    travel.Place
}

// docs reads /type/issuer/number/nationality/birth/sex/expiry/surname/given/second/H. Senders put a slash too many or
// too few before it: the birth date, or else the expiry, tells where the rest stands.
func (d *decoder) docs(text string, c int) {
	var buf [16]string
	f := split(buf[:0], strings.TrimPrefix(strings.TrimSpace(text), "/"))
	at := 4 // of the birth date
	shifted := false
	for i, p := range f {
		if len(f) > at+1 && f[at+1] != "" && sexCode(f[at+1]) {
			break // the gender is where it belongs
		}
		if p = plain(p); !dateLike(p) && !unknownDate(p) {
			continue
		}
		if i >= 2 && f[i-2] == "" && sexCode(f[i-1]) && (f[i-1] != "" || i == at+2) { // no birth date: this is the expiry
			i -= 2
		}
		shifted = i != at
		at = i
		break
	}
	if shifted {
		d.find("docs_shifted", travel.Note, d.seg.Pos(1, c), "DOCS was read by the shape of its dates; send as many slashes as it has fields, one of them first")
	}
	field := func(i int) string {
		if i += at; i < 0 || i >= len(f) {
			return ""
		}
		return strings.TrimSpace(f[i])
	}
	p := paper{who: d.who, sex: field(1), surname: field(3), given: field(4), second: field(5), pos: d.seg.Pos(1, c)}
	names := 3
	if !sexCode(p.sex) { // left out together with its slash
		p.sex, names = "", 2
		p.surname, p.given, p.second = field(2), field(3), field(4)
		d.find("missing_sex", travel.Note, d.seg.Pos(1, c), "DOCS has no gender where it belongs; send M, F, MI, FI or U after the birth date")
	}
	if p.second == "H" || suffix(p.second) { // primary holder, not a name
		p.second = ""
	}
	p.second, _ = untailed(p.second)
	if at < len(f) && strings.TrimSpace(f[at]) != "" {
		p.birth = d.born(d.tidied(f[at], d.seg.Pos(1, c)), c)
	}
	if e := field(names - 1); e != "" {
		p.doc.Expiry = d.expiry(f[at+names-1], c)
	}
	p.doc.Number = travel.Number(field(-2))
	if p.doc.Number != "" {
		p.doc.Issuer, p.doc.Type = d.state(field(-3), c), field(-4)
		if p.doc.Type == "" {
			p.doc.Type = "P"
			d.find("no_document_type", travel.Note, d.seg.Pos(1, c), "a document without its type was taken as a passport; send the type, P for one")
		}
	}
	p.nationality = d.state(field(-1), c)
	d.keepPaper(&p)
}

// maxPapers bounds the papers of one booking, which may be repeated for each of its flights.
const maxPapers = 5000

// keepPaper keeps a paper until it is known whose it is.
func (d *decoder) keepPaper(p *paper) {
	if len(d.papers) >= maxPapers {
		d.note("too_many_documents", travel.Fault, p, "the booking has more documents than are read; send it in parts")
		return
	}
	d.papers = append(d.papers, *p)
}

// expiry reads when a document expires.
func (d *decoder) expiry(s string, c int) travel.Date {
	s = d.tidied(s, d.seg.Pos(1, c))
	if unknownDate(s) {
		d.unknown(d.seg.Pos(1, c))
		return ""
	}
	date, ok := paperDate(s, 2099)
	if !ok {
		d.find("bad_date", travel.Fault, d.seg.Pos(1, c), "not a date of expiry; send DDMMMYY")
	}
	return date
}

func split(into []string, s string) []string {
	for len(into) < cap(into)-1 {
		at := strings.IndexByte(s, '/')
		if at < 0 {
			break
		}
		into, s = append(into, s[:at]), s[at+1:]
	}
	return append(into, s)
}

func sexCode(s string) bool {
	switch s {
	case "", "M", "F", "MI", "FI", "U", "UI", "X", "XI":
		return true
	}
	return false
}

// state reads a State code and says what it had to do to it.
func (d *decoder) state(raw string, c int) travel.State {
	if raw == "" {
		return ""
	}
	code, known, mapped := travel.ParseState(raw)
	switch {
	case !known:
		d.find("unknown_state", travel.Warning, d.seg.Pos(1, c), "not a State code; send the three letters of ISO 3166 or ICAO 9303")
	case mapped:
		d.find("state_mapped", travel.Note, d.seg.Pos(1, c), "a State code of fewer than three letters was read as its three letters; send those")
	}
	return code
}

// doco reads /birthplace/kind/number/place/issued/country: a visa (V), a known-traveller (K) or redress number (R).
func (d *decoder) doco(text string, c int) {
	t := d.paperHolder()
	if t == nil {
		return
	}
	var buf [12]string
	f := split(buf[:0], strings.TrimPrefix(strings.TrimSpace(text), "/"))
	at := -1
	for i, p := range f {
		if p = strings.TrimSpace(p); p == "V" || p == "K" || p == "R" {
			at = i
			break
		}
	}
	field := func(i int) string {
		if i += at; i < 0 || i >= len(f) {
			return ""
		}
		return strings.TrimSpace(f[i])
	}
	if at < 0 {
		d.find("bad_service", travel.Note, d.seg.Pos(1, c), "DOCO does not say what it is; send V for a visa, R for a redress or K for a known-traveller number")
		return
	}
	number := travel.Number(field(1))
	switch f[at] = strings.TrimSpace(f[at]); f[at] {
	case "K":
		t.Known = number
		return
	case "R":
		t.Redress = number
		return
	}
	if place := field(-1); place != "" && t.BirthPlace == "" {
		t.BirthPlace = travel.Text(place)
	}
	visa := travel.Document{Type: "V", Number: number, Place: travel.Text(field(2)), For: d.state(field(4), c)}
	if issued := field(3); issued != "" {
		year, _, _ := d.today().Parts()
		date, ok := paperDate(issued, max(year, 2000))
		if !ok {
			d.find("bad_date", travel.Fault, d.seg.Pos(1, c), "not a date of issue; send DDMMMYY")
		}
		visa.Issued = date
	}
	if number != "" && len(t.Documents) < maxContacts {
		t.Documents = append(t.Documents, visa)
	}
}

// doca reads /R or D/country/street/city/region/post: where the person lives, or will stay.
func (d *decoder) doca(text string) {
	t := d.paperHolder()
	if t == nil {
		return
	}
	var buf [10]string
	f := split(buf[:0], strings.TrimPrefix(strings.TrimSpace(text), "/"))
	if len(f) > 1 && f[0] == "" { // one slash too many
		f = f[1:]
	}
	parts := make([]string, 0, 6)
	rest := f[1:]
	if f[0] == "R" && len(f) > 1 {
		t.Residence = d.state(strings.TrimSpace(f[1]), 9)
		rest = f[2:]
	}
	for _, p := range rest {
		if p = strings.TrimSpace(p); p != "" {
			parts = append(parts, p)
		}
	}
	if len(parts) > 0 && (t.Address == "" || f[0] == "R") {
		t.Address = travel.Text(strings.Join(parts, ", "))
	}
}

// paperHolder is the person in hand, or the only one of the booking.
func (d *decoder) paperHolder() *travel.Traveller {
	if t := d.person(); t != nil {
		return t
	}
	if len(d.m.Travellers) == d.first+1 {
		return &d.m.Travellers[d.first]
	}
	return nil
}
