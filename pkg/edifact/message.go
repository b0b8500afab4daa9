package edifact

import "strings"

// Interchange is the envelope from UNB to UNZ.
type Interchange struct {
	Syntax      string // "UNOA:4", "IATA:1"
	Sender      string
	Recipient   string
	Qualifier   string // of the sender (UNB 0007): "ZZ" mutually agreed
	Date, Time  string // of preparation, as sent: YYMMDD or CCYYMMDD, hhmm
	Control     string // UNB 0020
	Application string // UNB 0026
	Test        bool   // UNB 0035
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
	Issues   []Issue // about the envelopes
}

// Parse reads every message of a body at once, for who needs to look back and ahead in a message; see [Reader] for one
// segment at a time. The error is an *[Error], and then the document is empty.
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
	doc.Issues = r.Issues()
	return doc, nil
}

// Sniff returns the type of the first message of a body, "PAXLST" for example, or "" when it shows none. It reads the
// envelope only.
func Sniff(body []byte) string {
	f := newFinder(straighten(body[:min(len(body), peekAhead)]))
	st, ok := f.next(0)
	if !ok && len(body) > peekAhead {
		f = newFinder(straighten(body))
		st, ok = f.next(0)
	}
	if !ok {
		return ""
	}
	r := NewReader(body[st.at:min(len(body), st.at+peekAhead)], DefaultLimits())
	if r.begin(start{delims: st.delims, bare: st.bare, syntax: st.syntax}) && r.Next() {
		return r.Message().Type
	}
	return ""
}

const peekAhead = 2048 // bytes in which the first UNH must start, counted from UNB
