package xml

import (
	"strings"

	"fairway/pkg/booking"
	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// passenger reads a name of the booking and what stands with it.
func (d *decoder) passenger(n *node) {
	name := n
	if k := n.kid(keyOpen); k != nil && (k.kid("surname") != nil || k.kid("givenname") != nil) {
		name = k
	}
	surname, given := joined(name, "surnameprefix"), joined(name, "givenname")
	surname = strings.TrimSpace(surname + " " + joined(name, "surname"))
	d.b.Who = d.b.Append("", "", "", n.place())
	who := d.b.Who
	d.fare(n)
	d.titles(name)
	given = d.b.Untail(given)
	if !d.b.Unnamed(surname, given) {
		d.called(n, surname, given, joined(name, "middlename"))
	}
	d.b.Refer(n.get("rph"), strings.EqualFold(n.get("accompaniedbyinfantind"), "true"))
	d.boarded(n)
	n.each(func(k *node) {
		d.b.Who = who
		if k.key == "custloyalty" {
			d.loyalty(k)
			return
		}
		d.detail(k)
	})
	d.b.Who = -1
}

// called takes over the name of the person in hand.
func (d *decoder) called(n *node, surname, given, middle string) {
	t := d.b.Person()
	t.Middle = travel.Name(middle)
	switch called := d.b.Call(surname, given, n.place(), n.place()); {
	case !called:
		d.b.Find("no_name", travel.Fault, n.place(), "the person has no name; send Surname and GivenName")
	case surname == "":
		d.b.Find("no_surname", travel.Note, n.place(), "the given name was taken for the missing surname; send a single name as Surname")
	}
}

// boarded reads whether the person in hand came.
func (d *decoder) boarded(n *node) {
	t := d.b.Person()
	switch strings.ToUpper(n.get("boardingstatus")) { // words only: what the numbers mean is not known here
	case "NOSHOW", "NO_SHOW", "NO SHOW":
		t.CheckIn = "no_show"
	case "GOSHOW", "GO_SHOW", "GO SHOW":
		d.b.Came(t, "go_show")
	case "CHECKEDIN", "CHECKED_IN", "CHECKED IN", "BOARDED":
		d.b.Came(t, "checked_in")
	}
}

// maxName bounds what is joined to one part of a name.
const maxName = 500

// joined is an attribute or the texts of all children of a name.
func joined(n *node, key string) string {
	all := ""
	for i := range n.kids {
		if k := &n.kids[i]; k.key == key && k.text != "" && len(all) < maxName {
			all = strings.TrimSpace(all + " " + oneLine(k.text))
		}
	}
	if all == "" {
		return n.get(key)
	}
	return all
}

// titles counts those that tell of clergy or rank as removed; none is kept (standards.md F.6).
func (d *decoder) titles(n *node) {
	for word := range strings.FieldsSeq(strings.ToUpper(joined(n, "nametitle"))) {
		if sensitive.Title(word) {
			d.b.Remove()
		}
	}
}

// fare reads the passenger type. Those of clergy and the forces are counted as removed (standards.md F.6).
func (d *decoder) fare(n *node) {
	code := n.get("ptccode")
	n.each(func(k *node) {
		if k.key == "fareinfo" && code == "" {
			code = k.get("ptccode")
		}
	})
	t := d.b.Person()
	switch code = strings.ToUpper(code); {
	case code == "":
	case code == "A", code == "ADT":
		t.FareType = "A"
	case code == "C", code == "CHD", code == "CNN", code == "UNN", len(code) == 3 && code[0] == 'C' && travel.Whole(code[1:]) >= 0:
		t.FareType = "C"
	case code == "IN", strings.HasPrefix(code, "INF"), code == "INS":
		t.FareType = "IN"
	case code == "G", strings.HasPrefix(code, "GRP"):
		d.b.Booking.Group = "yes"
		t.FareType = "G"
	case sensitive.FareType(code):
		d.b.Remove()
	}
}

// loyalty reads a frequent-flyer number.
func (d *decoder) loyalty(n *node) {
	t, member := d.b.Person(), n.get("membershipid")
	if t == nil || t.Frequent != "" || member == "" {
		return
	}
	program := n.get("vendorcode", "programid")
	if len(program) != 2 { // the name of a programme, not a carrier
		program = ""
	}
	t.Frequent = travel.Number(program + strings.TrimPrefix(member, program))
}

// textOf is the free text of a service or remark: an attribute, a child, or the element's own.
func textOf(n *node) string {
	if v := n.get("text", "remark"); v != "" {
		return v
	}
	return oneLine(n.text)
}

// special reads SSR, DOC_SSR, OSI and remarks: of whom they refer to, else of the person in hand or the booking.
func (d *decoder) special(n *node) {
	was := d.b.Who
	if i := d.b.ByRef(n.get("rph")); i >= 0 {
		d.b.Who = i
	}
	code := strings.ToUpper(n.get("ssrcode", "code"))
	switch text := textOf(n); {
	case sensitive.Service(code):
		d.b.Remove()
	case n.key == "osi" || n.key == "remark":
		d.b.Remark(text)
	default:
		n.each(func(k *node) { d.identity(k) })
		if code == "SEAT" {
			d.seatAsked(n, text)
		} else {
			d.b.Service(code, text, n.place())
		}
	}
	d.b.Who = was
}

// seatAsked reads a seat that was asked for on the reported flight. What check-in gives counts more.
func (d *decoder) seatAsked(n *node, text string) {
	report, ok := d.b.Message.ReportLeg()
	if from := n.get("boardpoint"); !ok || from != "" && from != string(report.Origin) || d.at == inFlight && !d.b.Reported {
		return
	}
	if k := n.get("seatnumber"); k != "" {
		text = k
	}
	if t, s := d.b.Person(), booking.Seat(text); t != nil && s != "" && t.Seat == "" {
		t.Seat = s
	}
}

// identity reads DOCS, DOCO and DOCA where their parts are attributes.
func (d *decoder) identity(n *node) {
	switch n.key {
	case "docs":
		d.passport(n)
	case "doco":
		d.visa(n)
	case "doca":
		d.abode(n)
	}
}

// passport reads DOCS; whose it is shows when the booking is complete.
func (d *decoder) passport(n *node) {
	p := booking.Paper{Who: d.b.Who, Sex: strings.ToUpper(n.get("gender")), Surname: n.get("surname"), Given: n.get("firstgivenname", "givenname"),
		Second: n.get("secondgivenname", "middlename"), At: n.place(), Birth: d.bornOn(n, n.get("dateofbirth")),
		Nationality: d.b.State(n.get("paxnationality"), n.place())}
	switch p.Sex {
	case "MALE", "FEMALE":
		p.Sex = p.Sex[:1]
	}
	if !booking.SexCode(p.Sex) {
		d.b.Find("bad_sex", travel.Warning, n.place(), "not a gender; send M, F, MI, FI or U")
		p.Sex = ""
	}
	switch t := d.b.Person(); { // what stands in a person's own element is theirs: the two agree on infants
	case t == nil:
	case len(p.Sex) == 2 && t.FareType == "":
		t.FareType = "IN"
	case len(p.Sex) == 1 && t.FareType == "IN":
		p.Sex += "I"
	}
	p.Document.Expiry = d.day(n, "expirydate")
	if p.Document.Number = travel.Number(n.get("traveldocnbr", "number")); p.Document.Number != "" {
		p.Document.Issuer, p.Document.Type = d.b.State(n.get("issuingloc", "countrystate"), n.place()), n.get("traveldoctype", "type")
		d.b.Typed(&p)
	}
	d.b.KeepPaper(&p)
}

// visa reads DOCO: a visa, a redress or a known-traveller number.
func (d *decoder) visa(n *node) {
	t := d.b.PersonOrOnly()
	if t == nil {
		return
	}
	doc := travel.Document{Type: strings.ToUpper(n.get("traveldoctype", "type")), Number: travel.Number(n.get("traveldocnbr", "number"))}
	if doc.Type == "" {
		doc.Type = "V"
	}
	if doc.Type != "K" && doc.Type != "R" {
		doc.Place, doc.Issued = travel.Text(n.get("placeofissue")), d.day(n, "dateofissue")
		doc.For = d.b.State(n.get("countrystate"), n.place())
	}
	if doc.Type != "V" {
		doc.Issuer, doc.For = doc.For, ""
	}
	booking.Hold(t, doc, n.get("birthlocation"))
}

// abode reads DOCA: where the person lives (R), or will stay (D).
func (d *decoder) abode(n *node) {
	t := d.b.PersonOrOnly()
	if t == nil {
		return
	}
	lives := n.get("addresstype", "type") == "R"
	if country := n.get("country"); lives && country != "" {
		t.Residence = d.b.State(country, n.place())
	}
	parts := make([]string, 0, 4)
	for _, key := range [...]string{"address", "cityname", "stateprovcounty", "postalcode"} {
		if v := n.get(key); v != "" {
			parts = append(parts, v)
		}
	}
	booking.Abide(t, parts, lives)
}

// day reads a date of a document: of ISO 8601, or DDMMMYY as the service has it. A finding says when it is none.
func (d *decoder) day(n *node, key string) travel.Date {
	s := n.get(key)
	if s == "" {
		return ""
	}
	if at, _, ok := isoTime(s); ok {
		return at.Date()
	}
	if booking.UnknownDate(s) {
		d.b.Unknown(n.place())
		return ""
	}
	latest := 2099
	if key == "dateofissue" {
		latest = d.b.LatestIssue()
	}
	date, ok := booking.PaperDate(s, latest)
	if !ok {
		d.b.Find("bad_date", travel.Fault, n.place(), key+" is not a date of a document; send CCYY-MM-DD")
		return ""
	}
	return date
}

// bornOn reads a birth date, in either form.
func (d *decoder) bornOn(n *node, s string) travel.Date {
	if s == "" {
		return ""
	}
	if booking.DateLike(s) || booking.UnknownDate(s) {
		return d.b.Born(s, n.place())
	}
	at, _, ok := isoTime(s)
	on := d.b.Today()
	switch year, _, _ := at.Date().Parts(); {
	case !ok || year < 1880:
		d.b.Find("bad_date", travel.Fault, n.place(), "not a birth date; send CCYY-MM-DD")
		return ""
	case on != "" && at.Date() > on:
		d.b.Find("birth_in_future", travel.Fault, n.place(), "the birth date is after departure; send CCYY-MM-DD")
		return ""
	}
	return at.Date()
}
