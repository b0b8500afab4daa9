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

// zone reads the machine-readable zone of a document in JSON: it fills in what was left out, and holds the rest
// against it. The zone itself is not kept.
func (c *checker) zone(t *travel.Traveller, d *travel.Document, at string) {
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
	doc := z.Document()
	for _, x := range []struct {
		name       string
		sent, read string
	}{
		{"number", travel.CleanNumber(d.Number), travel.CleanNumber(doc.Number)}, {"issuer", string(d.Issuer), string(doc.Issuer)},
		{"expiry", string(d.Expiry), string(doc.Expiry)}, {"birth", string(t.Birth), string(z.Birth)},
		{"nationality", string(t.Nationality), string(z.Nationality)},
	} {
		if x.sent != "" && x.read != "" && !strings.HasPrefix(x.sent, x.read) && !strings.HasPrefix(x.read, x.sent) {
			c.say(at, "mrz_differs", travel.Warning, x.name+" is not what the machine-readable zone says; correct one of them")
		}
	}
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
}
