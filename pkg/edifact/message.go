package edifact

import (
	"slices"
	"strings"

	"fairway/pkg/travel"
)

// Interchange is the envelope from UNB to UNZ.
type Interchange struct {
	Syntax      string // "UNOA:4", "IATA:1"
	Sender      string
	Recipient   string
	Qualifier   string // of the sender (UNB 0007): "ZZ" mutually agreed
	Date, Time  string // of preparation, as sent: YYMMDD or CCYYMMDD, hhmm
	Control     string // UNB 0020
	Application string // UNB 0026
	Test        bool   // UNB 0035 says that it is no live one
	Delims      Delims
	Offset      int
}

// Message is one message from UNH to UNT, without them.
type Message struct {
	Interchange *Interchange
	Group       string // UNG 0048 of the group it is in; "" when there is none
	Reference   string // UNH 0062
	Type        string // "PAXLST"
	Version     string
	Release     string
	Agency      string
	Association string
	Access      string    // common access reference (UNH 0068)
	Part        int       // sequence in a series (S010), 0 when it is no series
	PartMark    string    // "C" first, "F" final
	Header      Segment   // UNH: its place, not its elements
	Segments    []Segment // filled by Parse only
	Complete    bool      // its UNT was there; known when its last segment was read

	from, to int // its segments, while they are read
}

// Profile is version, release, agency and association: "D:05B:UN:IATA".
func (m *Message) Profile() string {
	return strings.TrimRight(m.Version+":"+m.Release+":"+m.Agency+":"+m.Association, ":")
}

// Document is everything that was read of a body.
type Document struct {
	Messages []Message
	Findings []travel.Finding // about the envelopes
}

// Parse reads every message of a body at once, for who needs to look back and ahead in a message; see [Reader] for one
// segment at a time. The error is a *travel.DecodeError, and then the document is empty.
func Parse(body []byte, l Limits) (Document, error) {
	r := NewReader(body, l)
	r.keep = true
	if r.text != "" { // a component is about 6 bytes of a message and a segment about 18, separators included
		r.source.comps = make([]comp, 0, len(body)/5+8)
	}
	segments := make([]Segment, 0, len(body)/16+8)
	var doc Document
	for r.Next() {
		doc.Messages = append(doc.Messages, Message{})
		from := len(segments)
		for r.NextSegment() {
			segments = append(segments, r.seg)
		}
		last := &doc.Messages[len(doc.Messages)-1]
		*last = *r.Message()
		last.from, last.to = from, len(segments)
	}
	if err := r.Err(); err != nil {
		return Document{}, err
	}
	for i := range doc.Messages {
		m := &doc.Messages[i]
		m.Segments = segments[m.from:m.to:m.to]
	}
	doc.Findings = r.Findings()
	return doc, nil
}

// Sniff returns the type of the first message of a body, "PAXLST" for example, or "" when it shows none. It reads the
// envelope only.
func Sniff(body []byte) string {
	for end := min(len(body), peekAhead); ; end = len(body) {
		r := NewReader(body[:end], Limits{Bytes: end, Segment: peekAhead, Segments: 100})
		if r.found && end < len(body) && r.first.at > 0 { // the envelope starts late
			end = min(len(body), r.first.at+peekAhead)
			r = NewReader(body[:end], Limits{Bytes: end, Segment: peekAhead, Segments: 100})
		}
		switch {
		case r.found && r.Next():
			return r.Message().Type
		case r.found || end == len(body):
			return ""
		}
	}
}

// Only reports whether every message of a body is of one of types. It reads all of it.
func Only(body []byte, types ...string) bool {
	for r := NewReader(body, DefaultLimits()); r.Next(); {
		if !slices.Contains(types, r.Message().Type) {
			return false
		}
	}
	return true
}

const peekAhead = 2048 // bytes in which the first UNH must start, counted from UNB
