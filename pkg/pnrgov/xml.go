package pnrgov

import (
	"bytes"
	"encoding/xml"
	"strings"
	"time"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// DecodeXML reads PNRGOV in XML (IATA_PNRGOV_NotifRQ, 13.1 and later): one message for each such element of the body.
// What it gives is what Decode gives of EDIFACT, filtered alike. Any namespace is taken, and unknown elements are
// passed over. Findings carry the element's name and its byte offset in the body; Segment is 0.
//
// A booking is read whole and then the next: one that is wrong costs itself. Where the document is broken, the bookings
// before are kept and the finding xml_broken says where. The error is a *travel.DecodeError that says why nothing was
// understood, and then there are no messages. Bodies are at most 64 MiB, and a document type is refused.
func DecodeXML(body []byte) ([]travel.Message, error) {
	if len(body) > maxXMLBytes {
		return nil, &travel.DecodeError{Findings: []travel.Finding{{Code: "too_large", Severity: travel.Fault, Offset: maxXMLBytes,
			Text: "the body is larger than is taken here; send it in parts"}}}
	}
	r := newXMLReader(body)
	var messages []travel.Message
	var lost []travel.Finding // of messages without a flight and a booking
	for tok := r.token(); tok != nil; tok = r.token() {
		start, ok := tok.(xml.StartElement)
		if !ok || !requests(start.Name.Local) {
			continue // an envelope around it, or what stands before it
		}
		d := newXMLDecoder(r, &start)
		d.read()
		if len(d.m.Legs) == 0 && len(d.m.Bookings) == 0 {
			lost = append(lost, d.m.Findings...)
			continue
		}
		messages = append(messages, d.m)
	}
	switch {
	case len(messages) > 0 && r.fault != nil:
		last := &messages[len(messages)-1]
		last.Findings = append(last.Findings, *r.fault)
	case len(messages) == 0 && r.fault != nil:
		lost = append([]travel.Finding{*r.fault}, lost...)
	case len(messages) == 0 && len(lost) == 0:
		lost = []travel.Finding{{Code: "no_pnrgov", Severity: travel.Fault, Text: "the document holds no IATA_PNRGOV_NotifRQ; send one"}}
	}
	if len(messages) == 0 {
		return nil, &travel.DecodeError{Findings: lost}
	}
	return messages, nil
}

// requests reports whether an element is a PNRGOV message, and not the answer to one.
func requests(name string) bool {
	name = strings.ToUpper(name)
	return strings.Contains(name, Type) && !strings.HasSuffix(name, "RS")
}

// peekXMLBytes is how much of a body PeekXML looks at.
const peekXMLBytes = 4096

// PeekXML reports whether body looks like PNRGOV in XML: it starts with '<', and its root is named so. It looks at the
// first 4 KB only.
func PeekXML(body []byte) bool {
	b := bytes.TrimLeft(bytes.TrimPrefix(body[:min(len(body), peekXMLBytes)], []byte("\ufeff")), " \t\r\n")
	for len(b) > 1 && b[0] == '<' {
		var end []byte
		switch {
		case b[1] == '?':
			end = []byte("?>")
		case bytes.HasPrefix(b, []byte("<!--")):
			end = []byte("-->")
		case b[1] == '!': // DecodeXML refuses it, and says so
			if end = []byte(">"); bytes.IndexByte(b, '[') >= 0 && bytes.IndexByte(b, '[') < bytes.IndexByte(b, '>') {
				end = []byte("]>")
			}
		default:
			b = b[1:]
			if at := bytes.IndexAny(b, " \t\r\n/>"); at >= 0 {
				b = b[:at]
			}
			b = b[bytes.IndexByte(b, ':')+1:]
			return bytes.Contains(bytes.ToUpper(b), []byte(Type))
		}
		at := bytes.Index(b, end)
		if at < 0 {
			return false
		}
		b = bytes.TrimLeft(b[at+len(end):], " \t\r\n")
	}
	return false
}

// xmlDecoder reads one message of a document. What a booking means is the same in both syntaxes, so the state is that of
// the EDIFACT decoder; its segment in hand only says where the element in hand stands.
type xmlDecoder struct {
	*decoder
	r       *xmlReader
	root    xmlNode
	pending *xmlNode // a FlightLeg that has begun
	zoned   bool     // the sender's clock names its zone, so it is not the port's
	crowded bool     // there are more travellers than are read
}

func newXMLDecoder(r *xmlReader, start *xml.StartElement) *xmlDecoder {
	d := &xmlDecoder{r: r, decoder: &decoder{who: -1, seg: &edifact.Segment{}, m: travel.Message{Kind: travel.PNR, Function: travel.Query}},
		root: xmlNode{tag: start.Name.Local, offset: r.at, attrs: attributes(start)}}
	d.header(&d.root)
	return d
}

// on makes n the element that findings are about.
func (d *xmlDecoder) on(n *xmlNode) {
	*d.seg = edifact.Segment{Tag: n.tag, Offset: n.offset}
}

// say adds a finding about the element n.
func (d *xmlDecoder) say(code string, s travel.Severity, n *xmlNode, text string) {
	d.find(code, s, travel.Place{Tag: n.tag, Offset: n.offset}, text)
}

// header reads what the message says of itself: attributes that OTA gives every message.
func (d *xmlDecoder) header(n *xmlNode) {
	m := &d.m
	m.Reference, m.Control = n.get("transactionidentifier"), n.get("echotoken", "correlationid")
	m.Test = strings.EqualFold(n.get("target"), "Test")
	m.Profile = strings.TrimSuffix("XML:"+n.get("version"), ":")
	if at, zone, ok := isoTime(n.get("timestamp")); ok {
		d.sent, d.zoned = inUTC(at, zone), zone != ""
	}
	d.function(n)
	number := travel.Whole(n.get("sequencenmbr"))
	switch status := strings.ToUpper(n.get("transactionstatuscode")); {
	case number < 1 || m.Reference == "":
	case status == "START", status == "INSERIES", status == "CONTINUATION", status == "SUBSEQUENT", status == "END" && number > 1:
		m.Part = travel.Part{Series: m.Reference, Number: number, First: number == 1, Last: status == "END"}
	}
}

// function reads whether the message is a full push or one of changes, where it says so.
func (d *xmlDecoder) function(n *xmlNode) {
	d.m.Code = n.get("messagefunction")
	switch strings.ToUpper(d.m.Code) {
	case "", "22", "FULL":
	case "141", "UPDATE", "CHANGE":
		d.m.Function = travel.Update
	default:
		d.say("unknown_function", travel.Warning, n, "a function that is not known here was read as a full push; send 22 for one, or 141 for changes")
	}
}

// read reads to the end of the message.
func (d *xmlDecoder) read() {
	for end := d.r.depth - 1; d.r.depth > end; {
		switch tok := d.r.token().(type) {
		case nil:
			d.finishXML()
			return
		case xml.StartElement:
			d.element(&tok)
		case xml.EndElement:
			if foldXMLName(tok.Name.Local) == "flightleg" {
				d.endLeg()
			}
		}
	}
	d.finishXML()
}

// element reads one element outside bookings.
func (d *xmlDecoder) element(start *xml.StartElement) {
	d.r.nodes = 0
	switch key := foldXMLName(start.Name.Local); key {
	case "originator":
		if n, ok := d.r.tree(start); ok {
			d.m.Sender = n.get("airlinecode", "systemcode", "code")
		}
	case "flightleg":
		d.endLeg()
		d.pending = &xmlNode{key: key, tag: start.Name.Local, offset: d.r.at, attrs: attributes(start)}
	case "departureairport", "arrivalairport", "operatingairline", "marketingairline":
		if n, ok := d.r.tree(start); ok && d.pending != nil {
			d.pending.kids = append(d.pending.kids, n)
		}
	case "pnrs":
		n := xmlNode{tag: start.Name.Local, offset: d.r.at, attrs: attributes(start)}
		if declared := travel.Whole(n.get("numberofpnrs")); declared >= 0 {
			d.m.Declared, d.eqn = declared, travel.Place{Tag: n.tag, Offset: n.offset}
		}
	case "pnr":
		d.endLeg()
		n, ok := d.r.tree(start)
		switch {
		case ok && len(d.m.Travellers) < maxXMLTravellers:
			d.booking(&n)
		case ok:
			d.full(&n)
		case d.r.fault == nil:
			d.say("booking_too_large", travel.Fault, &n, "a booking with more elements than are read was left out; send it in parts")
		}
	case "":
		d.r.strange(start.Name.Local)
	case keyPass:
		d.r.skip()
	}
}

// full says once that travellers were left out.
func (d *xmlDecoder) full(n *xmlNode) {
	if !d.crowded {
		d.say("too_many_travellers", travel.Fault, n, "the message holds more travellers than are read; send it in parts")
	}
	d.crowded = true
}

// finishXML checks what only the whole message shows.
func (d *xmlDecoder) finishXML() {
	d.endLeg()
	m := &d.m
	if len(m.Legs) == 0 {
		d.say("no_leg", travel.Fault, &d.root, "no flight with a port and a date of departure; send FlightLeg before the bookings")
	}
	d.counted(travel.Place{Tag: d.root.tag, Offset: d.root.offset})
	if d.zoned { // the port may be up to 12 hours behind UTC; what is after it there is after it anywhere
		if at, ok := d.sent.Time(); ok {
			d.sent = travel.LocalTime(at.Add(-12 * time.Hour).Format("2006-01-02T15:04"))
		}
	}
	d.absent()
	m.Findings = append(m.Findings, d.r.notes...)
	d.r.notes = nil
	for i := range m.Findings { // an element has no data elements to count
		m.Findings[i].Element, m.Findings[i].Component = 0, 0
	}
}
