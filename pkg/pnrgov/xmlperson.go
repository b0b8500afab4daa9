package pnrgov

import (
	"strings"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// passenger reads a name of the booking and what stands with it.
func (d *xmlDecoder) passenger(n *xmlNode) {
	d.on(n)
	name := n
	if k := n.kid(keyOpen); k != nil && (k.kid("surname") != nil || k.kid("givenname") != nil) {
		name = k
	}
	surname, given := joined(name, "surnameprefix"), joined(name, "givenname")
	surname = strings.TrimSpace(surname + " " + joined(name, "surname"))
	d.who, d.at = d.append("", "", "", d.seg.Pos(0, 0)), inName
	who := d.who
	d.fare(n)
	d.titles(name)
	given = d.untail(given)
	if !d.unnamed(surname, given) {
		d.called(n, surname, given, joined(name, "middlename"))
	}
	d.refer(n.get("rph"), strings.EqualFold(n.get("accompaniedbyinfantind"), "true"))
	d.boarded(n)
	n.each(func(k *xmlNode) {
		d.who = who
		if k.key == "custloyalty" {
			d.loyalty(k)
			return
		}
		d.detail(k)
	})
	d.who, d.at = -1, inBooking
}

// called takes over the name of the person in hand.
func (d *xmlDecoder) called(n *xmlNode, surname, given, middle string) {
	t := d.person()
	t.Surname, t.Given, t.Middle = d.name(surname, 0), d.name(given, 0), travel.Name(middle)
	if t.Surname == "" { // a single name counts as the surname
		t.Surname, t.Given = t.Given, ""
	}
	switch {
	case surname == "" && t.Surname != "":
		d.say("no_surname", travel.Note, n, "the given name was taken for the missing surname; send a single name as Surname")
	case t.Surname == "":
		d.say("no_name", travel.Fault, n, "the person has no name; send Surname and GivenName")
	}
}

// boarded reads whether the person in hand came.
func (d *xmlDecoder) boarded(n *xmlNode) {
	t := d.person()
	switch strings.ToUpper(n.get("boardingstatus")) { // words only: what the numbers mean is not known here
	case "NOSHOW", "NO_SHOW", "NO SHOW":
		t.CheckIn = "no_show"
	case "GOSHOW", "GO_SHOW", "GO SHOW":
		t.CheckIn = "go_show"
		d.checkedIn++
	case "CHECKEDIN", "CHECKED_IN", "CHECKED IN", "BOARDED":
		t.CheckIn = "checked_in"
		d.checkedIn++
	}
}

// joined is an attribute or the texts of all children of a name.
func joined(n *xmlNode, key string) string {
	all := ""
	for i := range n.kids {
		if k := &n.kids[i]; k.key == key && k.text != "" && len(all) < maxText {
			all = strings.TrimSpace(all + " " + oneLine(k.text))
		}
	}
	if all == "" {
		return n.get(key)
	}
	return all
}

// titles counts those that tell of clergy or rank as removed; none is kept (standards.md F.6).
func (d *xmlDecoder) titles(n *xmlNode) {
	for word := range strings.FieldsSeq(strings.ToUpper(joined(n, "nametitle"))) {
		if sensitive.Title(word) {
			d.removed()
		}
	}
}

// fare reads the passenger type. Those of clergy and the forces are counted as removed (standards.md F.6).
func (d *xmlDecoder) fare(n *xmlNode) {
	code := n.get("ptccode")
	n.each(func(k *xmlNode) {
		if k.key == "fareinfo" && code == "" {
			code = k.get("ptccode")
		}
	})
	t := d.person()
	switch code = strings.ToUpper(code); {
	case code == "":
	case code == "A", code == "ADT":
		t.FareType = "A"
	case code == "C", code == "CHD", code == "CNN", code == "UNN", len(code) == 3 && code[0] == 'C' && travel.Whole(code[1:]) >= 0:
		t.FareType = "C"
	case code == "IN", strings.HasPrefix(code, "INF"), code == "INS":
		t.FareType = "IN"
	case code == "G", strings.HasPrefix(code, "GRP"):
		d.b.Group = "yes"
		t.FareType = "G"
	case sensitive.FareType(code):
		d.removed()
	}
}

// loyalty reads a frequent-flyer number.
func (d *xmlDecoder) loyalty(n *xmlNode) {
	t, member := d.person(), n.get("membershipid")
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
func textOf(n *xmlNode) string {
	if v := n.get("text", "remark"); v != "" {
		return v
	}
	return oneLine(n.text)
}

// special reads SSR, DOC_SSR, OSI and remarks: of whom they refer to, else of the person in hand or the booking.
func (d *xmlDecoder) special(n *xmlNode) {
	d.on(n)
	was := d.who
	if i := d.byRef(n.get("rph")); i >= 0 {
		d.who = i
	}
	code := strings.ToUpper(n.get("ssrcode", "code"))
	switch text := textOf(n); {
	case sensitive.Service(code):
		d.removed()
	case n.key == "osi" || n.key == "remark":
		d.remark(text)
	default:
		n.each(func(k *xmlNode) { d.identity(k) })
		d.serviceOf(n, code, text)
	}
	d.who = was
}

// serviceOf reads a service that may be kept.
func (d *xmlDecoder) serviceOf(n *xmlNode, code, text string) {
	switch {
	case d.structured(code, text, 0):
		return
	case code == "SEAT":
		d.seatAsked(n, text)
		return
	}
	d.other(code, text, 0)
}

// seatAsked reads a seat that was asked for on the reported flight. What check-in gives counts more.
func (d *xmlDecoder) seatAsked(n *xmlNode, text string) {
	report, ok := d.m.ReportLeg()
	if from := n.get("boardpoint"); !ok || from != "" && from != string(report.Origin) || d.at == inLeg && !d.reported {
		return
	}
	if k := n.get("seatnumber"); k != "" {
		text = k
	}
	if t, s := d.person(), seat(text); t != nil && s != "" && t.Seat == "" {
		t.Seat = s
	}
}

// identity reads DOCS, DOCO and DOCA where their parts are attributes.
func (d *xmlDecoder) identity(n *xmlNode) {
	d.on(n)
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
func (d *xmlDecoder) passport(n *xmlNode) {
	p := paper{who: d.who, sex: strings.ToUpper(n.get("gender")), surname: n.get("surname"), given: n.get("firstgivenname", "givenname"),
		second: n.get("secondgivenname", "middlename"), pos: d.seg.Pos(0, 0), birth: d.bornOn(n, n.get("dateofbirth")),
		nationality: d.state(n.get("paxnationality"), 0)}
	switch p.sex {
	case "MALE", "FEMALE":
		p.sex = p.sex[:1]
	}
	if !sexCode(p.sex) {
		d.say("bad_sex", travel.Warning, n, "not a gender; send M, F, MI, FI or U")
		p.sex = ""
	}
	switch t := d.person(); { // what stands in a person's own element is theirs: the two agree on infants
	case t == nil:
	case len(p.sex) == 2 && t.FareType == "":
		t.FareType = "IN"
	case len(p.sex) == 1 && t.FareType == "IN":
		p.sex += "I"
	}
	p.doc.Expiry = d.day(n, "expirydate")
	if p.doc.Number = travel.Number(n.get("traveldocnbr", "number")); p.doc.Number != "" {
		p.doc.Issuer, p.doc.Type = d.state(n.get("issuingloc", "countrystate"), 0), n.get("traveldoctype", "type")
		if p.doc.Type == "" {
			p.doc.Type = "P"
			d.say("no_document_type", travel.Note, n, "a document without its type was taken as a passport; send the type, P for one")
		}
	}
	d.keepPaper(&p)
}

// visa reads DOCO: a visa, a redress or a known-traveller number.
func (d *xmlDecoder) visa(n *xmlNode) {
	t := d.paperHolder()
	if t == nil {
		return
	}
	number := travel.Number(n.get("traveldocnbr", "number"))
	kind := strings.ToUpper(n.get("traveldoctype", "type"))
	switch kind {
	case "K":
		t.Known = number
		return
	case "R":
		t.Redress = number
		return
	}
	if place := n.get("birthlocation"); place != "" && t.BirthPlace == "" {
		t.BirthPlace = travel.Text(place)
	}
	if kind == "" {
		kind = "V"
	}
	doc := travel.Document{Type: kind, Number: number, Place: travel.Text(n.get("placeofissue")), Issued: d.day(n, "dateofissue"),
		For: d.state(n.get("countrystate"), 0)}
	if kind != "V" {
		doc.Issuer, doc.For = doc.For, ""
	}
	if number != "" && len(t.Documents) < maxContacts {
		t.Documents = append(t.Documents, doc)
	}
}

// abode reads DOCA: where the person lives (R), or will stay (D).
func (d *xmlDecoder) abode(n *xmlNode) {
	t := d.paperHolder()
	if t == nil {
		return
	}
	lives := n.get("addresstype", "type") == "R"
	if country := n.get("country"); lives && country != "" {
		t.Residence = d.state(country, 0)
	}
	parts := make([]string, 0, 4)
	for _, key := range [...]string{"address", "cityname", "stateprovcounty", "postalcode"} {
		if v := n.get(key); v != "" {
			parts = append(parts, v)
		}
	}
	if len(parts) > 0 && (t.Address == "" || lives) {
		t.Address = travel.Text(strings.Join(parts, ", "))
	}
}

// day reads a date of a document: of ISO 8601, or DDMMMYY as the service has it. A finding says when it is none.
func (d *xmlDecoder) day(n *xmlNode, key string) travel.Date {
	s := n.get(key)
	if s == "" {
		return ""
	}
	if at, _, ok := isoTime(s); ok {
		return at.Date()
	}
	if unknownDate(s) {
		d.on(n)
		d.unknown(d.seg.Pos(0, 0))
		return ""
	}
	latest := 2099
	if key == "dateofissue" {
		year, _, _ := d.today().Parts()
		latest = max(year, 2000)
	}
	date, ok := paperDate(s, latest)
	if !ok {
		d.say("bad_date", travel.Fault, n, key+" is not a date of a document; send CCYY-MM-DD")
		return ""
	}
	return date
}

// bornOn reads a birth date, in either form.
func (d *xmlDecoder) bornOn(n *xmlNode, s string) travel.Date {
	if s == "" {
		return ""
	}
	if dateLike(s) || unknownDate(s) {
		return d.born(s, 0)
	}
	at, _, ok := isoTime(s)
	on := d.today()
	switch year, _, _ := at.Date().Parts(); {
	case !ok || year < 1880:
		d.say("bad_date", travel.Fault, n, "not a birth date; send CCYY-MM-DD")
		return ""
	case on != "" && at.Date() > on:
		d.say("birth_in_future", travel.Fault, n, "the birth date is after departure; send CCYY-MM-DD")
		return ""
	}
	return at.Date()
}
