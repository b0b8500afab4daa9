package booking

import (
	"slices"
	"strings"

	"fairway/pkg/travel"
)

// Paper is one document with what it says of its holder, until the booking is complete and it is known whose it is.
type Paper struct {
	Who                    int // in Message.Travellers, where it is said or stands; -1 when it is of the booking
	Document               travel.Document
	Nationality            travel.State
	Birth                  travel.Date
	Sex                    string // as DOCS has it, "MI" for a boy without a seat
	Surname, Given, Second string
	At                     travel.Place
}

// docs reads /type/issuer/number/nationality/birth/sex/expiry/surname/given/second/H.
func (b *Builder) docs(text string, at travel.Place) {
	var buf [16]string
	f := split(buf[:0], text)
	born, shifted := birthField(f)
	if shifted {
		b.Find("docs_shifted", travel.Note, at, "DOCS was read by the shape of its dates; send as many slashes as it has fields, one of them first")
	}
	p := Paper{Who: b.Who, Sex: field(f, born+1), Surname: field(f, born+3), Given: field(f, born+4), Second: field(f, born+5), At: at}
	expires := born + 2
	if !SexCode(p.Sex) { // left out together with its slash
		expires--
		p.Sex, p.Surname, p.Given, p.Second = "", field(f, born+2), field(f, born+3), field(f, born+4)
		b.Find("missing_sex", travel.Note, at, "DOCS has no gender where it belongs; send M, F, MI, FI or U after the birth date")
	}
	if p.Second == "H" || suffix(p.Second) { // primary holder, not a name
		p.Second = ""
	}
	p.Second, _ = untailed(p.Second)
	if field(f, born) != "" {
		p.Birth = b.Born(b.Tidied(f[born], at), at)
	}
	if field(f, expires) != "" {
		p.Document.Expiry = b.expiry(f[expires], at)
	}
	if p.Document.Number = travel.Number(field(f, born-2)); p.Document.Number != "" {
		p.Document.Issuer, p.Document.Type = b.State(field(f, born-3), at), field(f, born-4)
		b.Typed(&p)
	}
	p.Nationality = b.State(field(f, born-1), at)
	b.KeepPaper(&p)
}

// birthField is where in the fields of DOCS the birth date is. Senders put a slash too many or too few before it: it, or
// else the expiry, tells by its shape where the rest stands. shifted says that it is not where it belongs.
func birthField(f []string) (at int, shifted bool) {
	const due = 4
	for i, p := range f {
		if len(f) > due+1 && f[due+1] != "" && SexCode(f[due+1]) {
			break // the gender is where it belongs
		}
		if p = plain(p); !DateLike(p) && !UnknownDate(p) {
			continue
		}
		if i >= 2 && f[i-2] == "" && SexCode(f[i-1]) && (f[i-1] != "" || i == due+2) { // no birth date: this is the expiry
			i -= 2
		}
		return i, i != due
	}
	return due, false
}

// Typed takes a document without a type for a passport.
func (b *Builder) Typed(p *Paper) {
	if p.Document.Type == "" {
		p.Document.Type = "P"
		b.Find("no_document_type", travel.Note, p.At, "a document without its type was taken as a passport; send the type, P for one")
	}
}

// KeepPaper keeps a paper until it is known whose it is.
func (b *Builder) KeepPaper(p *Paper) {
	if len(b.papers) >= maxPapers {
		b.Find("too_many_documents", travel.Fault, p.At, "the booking has more documents than are read; send it in parts")
		return
	}
	b.papers = append(b.papers, *p)
}

// expiry reads when a document expires.
func (b *Builder) expiry(s string, at travel.Place) travel.Date {
	s = b.Tidied(s, at)
	if UnknownDate(s) {
		b.Unknown(at)
		return ""
	}
	date, ok := PaperDate(s, 2099)
	if !ok {
		b.Find("bad_date", travel.Fault, at, "not a date of expiry; send DDMMMYY")
	}
	return date
}

// split takes the text of a service apart at its slashes, into as many fields as there is room for; the first slash is
// no separator.
func split(into []string, s string) []string {
	s = strings.TrimPrefix(strings.TrimSpace(s), "/")
	for len(into) < cap(into)-1 {
		at := strings.IndexByte(s, '/')
		if at < 0 {
			break
		}
		into, s = append(into, s[:at]), s[at+1:]
	}
	return append(into, s)
}

func field(f []string, i int) string {
	if i < 0 || i >= len(f) {
		return ""
	}
	return strings.TrimSpace(f[i])
}

// SexCode reports whether s can stand where DOCS has the gender.
func SexCode(s string) bool {
	switch s {
	case "", "M", "F", "MI", "FI", "U", "UI", "X", "XI":
		return true
	}
	return false
}

// State reads a State code and says what it had to do to it.
func (b *Builder) State(raw string, at travel.Place) travel.State {
	if raw == "" {
		return ""
	}
	code, known, mapped := travel.ParseState(raw)
	switch {
	case !known:
		b.Find("unknown_state", travel.Warning, at, "not a State code; send the three letters of ISO 3166 or ICAO 9303")
	case mapped:
		b.Find("state_mapped", travel.Note, at, "a State code of fewer than three letters was read as its three letters; send those")
	}
	return code
}

// doco reads /birthplace/kind/number/place/issued/country: a visa (V), a known-traveller (K) or redress number (R).
func (b *Builder) doco(text string, at travel.Place) {
	t := b.PersonOrOnly()
	if t == nil {
		return
	}
	var buf [12]string
	f := split(buf[:0], text)
	kind := slices.IndexFunc(f, func(p string) bool { p = strings.TrimSpace(p); return p == "V" || p == "K" || p == "R" })
	if kind < 0 {
		b.Find("bad_service", travel.Note, at, "DOCO does not say what it is; send V for a visa, R for a redress or K for a known-traveller number")
		return
	}
	d := travel.Document{Type: field(f, kind), Number: travel.Number(field(f, kind+1)), Place: travel.Text(field(f, kind+2))}
	if d.Type == "V" {
		d.For = b.State(field(f, kind+4), at)
		d.Issued = b.issued(field(f, kind+3), at)
	}
	Hold(t, d, field(f, kind-1))
}

// issued reads when a document was issued.
func (b *Builder) issued(s string, at travel.Place) travel.Date {
	if s == "" {
		return ""
	}
	date, ok := PaperDate(s, b.LatestIssue())
	if !ok {
		b.Find("bad_date", travel.Fault, at, "not a date of issue; send DDMMMYY")
	}
	return date
}

// LatestIssue is the last year in which a document can have been issued.
func (b *Builder) LatestIssue() int {
	year, _, _ := b.Today().Parts()
	return max(year, 2000)
}

// Hold gives t what is known to be theirs, and was no passport: a visa or the like, or by its type a known-traveller (K)
// or redress number (R). birthPlace is where they were born, if that was said with it.
func Hold(t *travel.Traveller, d travel.Document, birthPlace string) {
	switch d.Type {
	case "K":
		t.Known = d.Number
		return
	case "R":
		t.Redress = d.Number
		return
	}
	if birthPlace != "" && t.BirthPlace == "" {
		t.BirthPlace = travel.Text(birthPlace)
	}
	if d.Number != "" && len(t.Documents) < maxContacts {
		t.Documents = append(t.Documents, d)
	}
}

// doca reads /R or D/country/street/city/region/post.
func (b *Builder) doca(text string, at travel.Place) {
	t := b.PersonOrOnly()
	if t == nil {
		return
	}
	var buf [10]string
	f := split(buf[:0], text)
	if len(f) > 1 && f[0] == "" { // one slash too many
		f = f[1:]
	}
	lives, rest := f[0] == "R", f[1:]
	if lives && len(f) > 1 {
		t.Residence = b.State(strings.TrimSpace(f[1]), at)
		rest = f[2:]
	}
	parts := make([]string, 0, 6)
	for _, p := range rest {
		if p = strings.TrimSpace(p); p != "" {
			parts = append(parts, p)
		}
	}
	Abide(t, parts, lives)
}

// Abide gives t the parts of an address that came with their documents: where they live, or else will stay.
func Abide(t *travel.Traveller, parts []string, lives bool) {
	if len(parts) > 0 && (t.Address == "" || lives) {
		t.Address = travel.Text(strings.Join(parts, ", "))
	}
}
