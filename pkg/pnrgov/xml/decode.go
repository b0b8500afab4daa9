package xml

import (
	"bytes"
	"encoding/xml"
	"strings"
	"time"

	"fairway/pkg/booking"
	"fairway/pkg/travel"
)

// Decode reads PNRGOV in XML (IATA_PNRGOV_NotifRQ, 13.1 and later): one message for each such element of the body.
// What it gives is what Decode gives of EDIFACT, filtered alike. Any namespace is taken, and unknown elements are
// passed over. Findings carry the element's name and its byte offset in the body; Segment is 0.
//
// A booking is read whole and then the next: one that is wrong costs itself. Where the document is broken, the bookings
// before are kept and the finding xml_broken says where. The error is a *travel.DecodeError that says why nothing was
// understood, and then there are no messages. Bodies are at most 64 MiB, and a document type is refused.
func Decode(body []byte) ([]travel.Message, error) {
	if len(body) > maxBytes {
		return nil, &travel.DecodeError{Findings: []travel.Finding{{Code: "too_large", Severity: travel.Fault, Offset: maxBytes,
			Text: "the body is larger than is taken here; send it in parts"}}}
	}
	r := newReader(body)
	var messages []travel.Message
	var lost []travel.Finding // of messages without a flight and a booking
	for tok := r.token(); tok != nil; tok = r.token() {
		start, ok := tok.(xml.StartElement)
		if !ok || !requests(start.Name.Local) {
			continue // an envelope around it, or what stands before it
		}
		d := newDecoder(r, &start)
		d.read()
		if len(d.b.Message.Legs) == 0 && len(d.b.Message.Bookings) == 0 {
			lost = append(lost, d.b.Message.Findings...)
			continue
		}
		messages = append(messages, d.b.Message)
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

// typeName stands in the name of the element that is a message.
const typeName = "PNRGOV"

// requests reports whether an element is a PNRGOV message, and not the answer to one.
func requests(name string) bool {
	name = strings.ToUpper(name)
	return strings.Contains(name, typeName) && !strings.HasSuffix(name, "RS")
}

// peekBytes is how much of a body Peek looks at.
const peekBytes = 4096

// Peek reports whether body looks like PNRGOV in XML: it starts with '<', and its root is named so. It looks at the
// first 4 KB only.
func Peek(body []byte) bool {
	b := bytes.TrimLeft(bytes.TrimPrefix(body[:min(len(body), peekBytes)], []byte("\ufeff")), " \t\r\n")
	for len(b) > 1 && b[0] == '<' {
		var end []byte
		switch {
		case b[1] == '?':
			end = []byte("?>")
		case bytes.HasPrefix(b, []byte("<!--")):
			end = []byte("-->")
		case b[1] == '!': // Decode refuses it, and says so
			if end = []byte(">"); bytes.IndexByte(b, '[') >= 0 && bytes.IndexByte(b, '[') < bytes.IndexByte(b, '>') {
				end = []byte("]>")
			}
		default:
			b = b[1:]
			if at := bytes.IndexAny(b, " \t\r\n/>"); at >= 0 {
				b = b[:at]
			}
			b = b[bytes.IndexByte(b, ':')+1:]
			return bytes.Contains(bytes.ToUpper(b), []byte(typeName))
		}
		at := bytes.Index(b, end)
		if at < 0 {
			return false
		}
		b = bytes.TrimLeft(b[at+len(end):], " \t\r\n")
	}
	return false
}

// decoder reads one message of a document.
type decoder struct {
	r       *reader
	b       booking.Builder // of what the elements say
	root    node
	at      state
	leg     *node // a FlightLeg that has begun
	zoned   bool  // the sender's clock names its zone, so it is not the port's
	crowded bool  // there are more travellers than are read
}

// state is where in a booking the reader stands.
type state int

const (
	inBooking state = iota
	inFlight
	inCheckIn
)

func newDecoder(r *reader, start *xml.StartElement) *decoder {
	d := &decoder{r: r, b: booking.New(travel.Message{Kind: travel.PNR, Function: travel.Query}),
		root: node{tag: start.Name.Local, offset: r.at, attrs: attributes(start)}}
	d.header(&d.root)
	return d
}

// header reads what the message says of itself: attributes that OTA gives every message.
func (d *decoder) header(n *node) {
	m := &d.b.Message
	m.Reference, m.Control = n.get("transactionidentifier"), n.get("echotoken", "correlationid")
	m.Test = strings.EqualFold(n.get("target"), "Test")
	m.Profile = strings.TrimSuffix("XML:"+n.get("version"), ":")
	if at, zone, ok := isoTime(n.get("timestamp")); ok {
		d.b.Sent, d.zoned = inUTC(at, zone), zone != ""
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
func (d *decoder) function(n *node) {
	d.b.Message.Code = n.get("messagefunction")
	switch strings.ToUpper(d.b.Message.Code) {
	case "", "22", "FULL":
	case "141", "UPDATE", "CHANGE":
		d.b.Message.Function = travel.Update
	default:
		d.b.Find("unknown_function", travel.Warning, n.place(), "a function that is not known here was read as a full push; send 22 for one, or 141 for changes")
	}
}

// read reads to the end of the message.
func (d *decoder) read() {
	for end := d.r.depth - 1; d.r.depth > end; {
		switch tok := d.r.token().(type) {
		case nil:
			d.finish()
			return
		case xml.StartElement:
			d.element(&tok)
		case xml.EndElement:
			if fold(tok.Name.Local) == "flightleg" {
				d.endLeg()
			}
		}
	}
	d.finish()
}

// element reads one element outside bookings.
func (d *decoder) element(start *xml.StartElement) {
	d.r.nodes = 0
	switch key := fold(start.Name.Local); key {
	case "originator":
		if n, ok := d.r.tree(start); ok {
			d.b.Message.Sender = n.get("airlinecode", "systemcode", "code")
		}
	case "flightleg":
		d.endLeg()
		d.leg = &node{key: key, tag: start.Name.Local, offset: d.r.at, attrs: attributes(start)}
	case "departureairport", "arrivalairport", "operatingairline", "marketingairline":
		if n, ok := d.r.tree(start); ok && d.leg != nil {
			d.leg.kids = append(d.leg.kids, n)
		}
	case "pnrs":
		n := node{tag: start.Name.Local, offset: d.r.at, attrs: attributes(start)}
		if declared := travel.Whole(n.get("numberofpnrs")); declared >= 0 {
			d.b.Declare(declared, n.place())
		}
	case "pnr":
		d.endLeg()
		n, ok := d.r.tree(start)
		switch {
		case ok && len(d.b.Message.Travellers) < travel.MostPeople:
			d.booking(&n)
		case ok:
			d.full(&n)
		case d.r.fault == nil:
			d.b.Find("booking_too_large", travel.Fault, n.place(), "a booking with more elements than are read was left out; send it in parts")
		}
	case "":
		d.r.strange(start.Name.Local)
	case keyPass:
		d.r.skip()
	}
}

// full says once that travellers were left out.
func (d *decoder) full(n *node) {
	if !d.crowded {
		d.b.Find("too_many_travellers", travel.Fault, n.place(), "the message holds more travellers than are read; send it in parts")
	}
	d.crowded = true
}

// finish checks what only the whole message shows.
func (d *decoder) finish() {
	d.endLeg()
	if d.zoned { // the port may be up to 12 hours behind UTC; what is after it there is after it anywhere
		if at, ok := d.b.Sent.Time(); ok {
			d.b.Sent = travel.LocalTimeOf(at.Add(-12 * time.Hour))
		}
	}
	d.b.Finish(d.root.place(), "no flight with a port and a date of departure; send FlightLeg before the bookings")
	d.b.Message.Findings = append(d.b.Message.Findings, d.r.notes...)
	d.r.notes = nil
}
