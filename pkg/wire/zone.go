package wire

import (
	"bytes"
	"errors"
	"strings"

	"fairway/pkg/mrz"
	"fairway/pkg/travel"
)

// maxZone is the most bytes a machine-readable zone comes in, line ends included.
const maxZone = 256

// isZone reports whether body is a machine-readable zone and nothing else: what a document reader gives.
func isZone(body []byte) bool {
	body = bytes.TrimSpace(body)
	if len(body) < 72 || len(body) > maxZone || bytes.IndexByte(body, '<') < 0 {
		return false
	}
	for _, c := range body {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '<' && c != '\n' && c != '\r' {
			return false
		}
	}
	return true
}

// decodeZone reads a zone that came by itself: one traveller and their document, on no leg.
func decodeZone(body []byte) ([]travel.Message, error) {
	z, err := mrz.Decode(string(body), "")
	if err != nil {
		return nil, err
	}
	m := travel.Message{Kind: travel.API, Function: travel.Query, Travellers: []travel.Traveller{{Index: 1, Kind: travel.Passenger}}}
	fill(&m.Travellers[0], &z)
	m.Travellers[0].Documents = []travel.Document{z.Document()}
	for _, f := range z.Findings {
		f.Traveller = 1
		m.Findings = append(m.Findings, f)
	}
	m.Findings = append(m.Findings, travel.Finding{Code: "no_leg", Severity: travel.Fault, Text: "a machine-readable zone names no flight or voyage; send it in JSON, as mrz of a document"})
	return []travel.Message{m}, nil
}

// fill takes over from a zone what t does not say itself.
func fill(t *travel.Traveller, z *mrz.Zone) {
	if t.Surname == "" && t.Given == "" {
		t.Surname, t.Given = z.Surname, z.Given
	}
	if t.Birth == "" {
		t.Birth = z.Birth
	}
	if t.Sex == "" {
		t.Sex = z.Sex
	}
	if t.Nationality == "" {
		t.Nationality = z.Nationality
	}
}

// zone reads the machine-readable zone of document i in JSON: it fills in what was left out, and holds the rest
// against it. The zone itself is not kept.
func (c *checker) zone(t *travel.Traveller, i int, at string) {
	d := &t.Documents[i]
	text := string(d.MRZ)
	d.MRZ = ""
	if text == "" {
		return
	}
	leg, _ := c.m.ReportLeg()
	z, err := mrz.Decode(text, leg.Departure.Date())
	var bad *travel.DecodeError
	if errors.As(err, &bad) {
		c.say(at, bad.Findings[0].Code, travel.Fault, bad.Findings[0].Text)
		return
	}
	for _, f := range z.Findings {
		c.say(at, f.Code, f.Severity, f.Text)
	}
	doc, another := z.Document(), c.differs(t, d, &z, at)
	fill(t, &z)
	if d.Type == "" {
		d.Type = doc.Type
	}
	if d.Number == "" {
		d.Number = doc.Number
	}
	if d.Issuer == "" {
		d.Issuer = doc.Issuer
	}
	if d.Expiry == "" {
		d.Expiry = doc.Expiry
	}
	if another && !holds(t.Documents, &doc) {
		t.Documents = append(t.Documents, doc)
	}
}

// differs says what was typed otherwise than the zone has it. A zone whose check digits hold was not misread: then
// another document or birth date, or a name of nothing but other words, is a fault, and another tells that the
// document of the zone is to be looked up as well.
func (c *checker) differs(t *travel.Traveller, d *travel.Document, z *mrz.Zone, at string) (another bool) {
	valid := !misread(z)
	say := func(what string, grave bool) {
		if grave && valid {
			another = true
			c.fault(at, "mrz_differs", what+" is not what the machine-readable zone says; correct one of them")
			return
		}
		c.say(at, "mrz_differs", travel.Warning, what+" is not what the machine-readable zone says; correct one of them")
	}
	if n, read := travel.CleanNumber(d.Number), travel.CleanNumber(z.Number); n != "" && read != "" && n != read {
		say("number", !strings.HasPrefix(n, read) || len(read) < 9) // a long number is cut to nine characters
	}
	if other(stateOf(d.Issuer), string(z.Issuer)) {
		say("issuer", true)
	}
	if other(string(t.Birth), string(z.Birth)) {
		say("birth", true)
	}
	if otherName(t, z) {
		say("name", true)
	}
	if other(string(d.Expiry), string(z.Expiry)) {
		say("expiry", false)
	}
	if other(stateOf(t.Nationality), string(z.Nationality)) {
		say("nationality", false)
	}
	if (t.Sex == "M" || t.Sex == "F") && (z.Sex == "M" || z.Sex == "F") && t.Sex != z.Sex {
		say("sex", false)
	}
	return another
}

// misread reports whether a check digit of z is wrong, or a character where it cannot be.
func misread(z *mrz.Zone) bool {
	for _, f := range z.Findings {
		if f.Code == "check_digit" || f.Severity == travel.Fault {
			return true
		}
	}
	return false
}

// other reports whether both are known and neither is the other, or a part of its date.
func other(sent, read string) bool {
	return sent != "" && read != "" && !strings.HasPrefix(sent, read) && !strings.HasPrefix(read, sent)
}

func stateOf(s travel.State) string {
	code, _, _ := travel.ParseState(string(s))
	return string(code)
}

// otherName reports whether the typed name and that of the zone share no word. Of a name in letters that have no
// transliteration nothing can be said.
func otherName(t *travel.Traveller, z *mrz.Zone) bool {
	typed := words(string(t.Surname + " " + t.Given + " " + t.Middle))
	read := words(string(z.Surname + " " + z.Given))
	if len(typed) == 0 || len(read) == 0 {
		return false
	}
	for _, a := range typed {
		for _, b := range read {
			if a == b || z.Cut && strings.HasPrefix(a, b) {
				return false
			}
		}
	}
	return true
}

func words(name string) []string {
	return strings.FieldsFunc(mrz.Transliterate(name), func(r rune) bool { return r == '<' })
}

// holds reports whether doc is among documents.
func holds(documents []travel.Document, doc *travel.Document) bool {
	for i := range documents {
		d := &documents[i]
		if travel.CleanNumber(d.Number) == travel.CleanNumber(doc.Number) && stateOf(d.Issuer) == string(doc.Issuer) {
			return true
		}
	}
	return false
}
