package edifact

import (
	"bytes"
	"strconv"
	"strings"
)

// Interchange is the envelope from UNB to UNZ.
type Interchange struct {
	Syntax       string // "UNOA:4", "IATA:1"
	Sender       string
	Recipient    string
	Date, Time   string // of preparation, as sent: YYMMDD or CCYYMMDD, hhmm
	Control      string // UNB 0020
	Application  string // UNB 0026
	Test         bool   // UNB 0035
	Delims       Delims
	Offset       int
	groupVersion string
}

// Message is one message from UNH to UNT, without them.
type Message struct {
	Interchange *Interchange
	Reference   string // UNH 0062
	Type        string // "PAXLST"
	Version     string
	Release     string
	Agency      string
	Association string
	Access      string // common access reference (UNH 0068)
	Part        int    // sequence in a series (S010), 0 when it is no series
	PartMark    string // "C" first, "F" final
	Segments    []Segment
	Header      Segment // UNH
	Complete    bool    // its UNT was there

	from, to int // its segments in the parser's
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

// parser reads a body interchange by interchange.
type parser struct {
	scanner
	doc      Document
	segments []Segment // of all messages
	inter    *Interchange
	msg      *Message
	number   int // of the segment in its interchange
	total    int
	begun    int // segment number of the open UNH
	groups   int
	inGroup  int
	count    int // messages of the interchange
	junk     bool
}

// Parse reads every message of a body. The error is an *[Error], and then the document is empty.
func Parse(body []byte, l Limits) (Document, error) {
	if len(body) > l.Bytes {
		return Document{}, &Error{Issue{"too_large", "error", Position{Offset: l.Bytes}, "the body is larger than is taken here; send it in parts"}}
	}
	body = straighten(body)
	// A component is about 6 bytes of a message and a segment about 18, separators included.
	p := parser{scanner: scanner{source: &source{text: string(body), comps: make([]comp, 0, len(body)/5+8)}, limits: l},
		segments: make([]Segment, 0, len(body)/16+8)}
	found := false
	for p.total < l.Segments {
		st, ok := findStart(body, p.pos)
		if !ok {
			break
		}
		found = true
		p.interchange(st)
	}
	if !found {
		return Document{}, &Error{Issue{"no_interchange", "error", Position{}, "no UNB segment was found; an interchange starts with UNB, perhaps after UNA"}}
	}
	if p.total >= l.Segments {
		p.issue("too_many_segments", "error", Position{Offset: p.pos}, "the body has more segments than are read here; the rest was left out")
	}
	if len(p.doc.Messages) == 0 {
		return Document{}, p.nothing()
	}
	for i := range p.doc.Messages {
		m := &p.doc.Messages[i]
		m.Segments = p.segments[m.from:m.to:m.to]
	}
	return p.doc, nil
}

func (p *parser) nothing() *Error {
	for _, i := range p.doc.Issues {
		if i.Severity == "error" {
			return &Error{i}
		}
	}
	return &Error{Issue{"no_message", "error", Position{Offset: p.inter.Offset}, "the interchange holds no message; UNH is missing"}}
}

func (p *parser) issue(code, severity string, at Position, text string) {
	p.doc.Issues = append(p.doc.Issues, Issue{code, severity, at, text})
}

// interchange reads from UNB to UNZ, or to where the next one starts.
func (p *parser) interchange(st start) {
	p.delims, p.class, p.pos = st.delims, st.delims.classes(), st.at
	p.inter = &Interchange{Offset: st.at, Delims: st.delims}
	p.number, p.groups, p.count, p.msg, p.junk, p.inGroup = 0, 0, 0, nil, false, 0
	if st.bare {
		p.issue("no_unb", "warning", Position{Offset: st.at}, "the message has no interchange envelope; start it with UNB and end it with UNZ")
	}
	for p.total < p.limits.Segments {
		var seg Segment
		open, ok := p.next(&seg)
		if !ok {
			break
		}
		p.total++
		if !validTag(seg.Tag) {
			p.skip(&seg, open)
			if open {
				break
			}
			continue
		}
		p.number++
		p.junk = false
		seg.Number = p.number
		if seg.Tag == "UNB" && p.number > 1 { // the one before was cut off
			p.pos = seg.Offset
			p.total--
			break
		}
		if open && seg.Tag != "UNZ" && seg.Tag != "UNT" {
			p.number--
			break
		}
		if p.take(&seg) {
			return
		}
	}
	if !st.bare || p.msg != nil {
		p.truncated()
	}
}

// skip passes over what is no segment. A run of it is said once.
func (p *parser) skip(seg *Segment, open bool) {
	if p.junk || (open && p.msg == nil) {
		return
	}
	p.junk = true
	at := Position{Segment: p.number + 1, Offset: seg.Offset}
	p.issue("junk", "note", at, "text that is no segment was passed over")
}

func (p *parser) truncated() {
	text := "the interchange ends before UNZ; what was complete is used, send the rest"
	if p.msg != nil {
		text = "the message ends before UNT; what was complete is used, send it again whole"
		p.end(nil)
	}
	p.issue("truncated", "error", Position{Segment: p.number, Offset: min(p.pos, len(p.text))}, text)
}

// take handles one segment; it returns true at the end of the interchange.
func (p *parser) take(seg *Segment) bool {
	switch seg.Tag {
	case "UNB":
		p.unb(seg)
	case "UNG":
		p.groups++
		p.inGroup = 0
		p.inter.groupVersion = seg.Get(7, 1) + ":" + seg.Get(7, 2)
	case "UNH":
		if p.msg != nil {
			p.end(nil)
		}
		p.unh(seg)
	case "UNT":
		p.unt(seg)
	case "UNE":
		p.count2(seg, 1, p.inGroup, "count_une", "UNE does not count the messages of its group")
	case "UNZ":
		if p.msg != nil {
			p.end(nil)
		}
		p.unz(seg)
		return true
	default:
		if p.msg != nil {
			p.segments = append(p.segments, *seg)
			p.msg.to = len(p.segments)
		}
	}
	return false
}

func (p *parser) unb(seg *Segment) {
	i := p.inter
	i.Syntax = seg.Get(1, 1) + ":" + seg.Get(1, 2)
	i.Sender, i.Recipient = seg.Get(2, 1), seg.Get(3, 1)
	i.Date, i.Time = seg.Get(4, 1), seg.Get(4, 2)
	i.Control, i.Application, i.Test = seg.Get(5, 1), seg.Get(7, 1), seg.Get(11, 1) == "1"
}

func (p *parser) unh(seg *Segment) {
	p.count++
	p.inGroup++
	p.begun = p.number
	p.doc.Messages = append(p.doc.Messages, Message{Interchange: p.inter, Reference: seg.Get(1, 1), Type: strings.TrimSpace(seg.Get(2, 1)),
		Version: seg.Get(2, 2), Release: seg.Get(2, 3), Agency: seg.Get(2, 4), Association: seg.Get(2, 5),
		Access: seg.Get(3, 1), PartMark: seg.Get(4, 2), Header: *seg, from: len(p.segments), to: len(p.segments)})
	p.msg = &p.doc.Messages[len(p.doc.Messages)-1]
	p.msg.Part, _ = strconv.Atoi(seg.Get(4, 1))
}

func (p *parser) unt(seg *Segment) {
	if p.msg == nil {
		p.issue("stray_unt", "warning", seg.Pos(0, 0), "UNT without a message before it")
		return
	}
	p.count2(seg, 1, p.number-p.begun+1, "count_unt", "UNT does not count the segments from UNH to UNT")
	if ref := seg.Get(2, 1); strings.TrimSpace(ref) != strings.TrimSpace(p.msg.Reference) {
		p.issue("reference_unt", "warning", seg.Pos(2, 1), "UNT repeats another reference than UNH has")
	}
	p.end(seg)
}

// end closes the open message.
func (p *parser) end(unt *Segment) {
	p.msg.Complete = unt != nil
	p.msg = nil
}

func (p *parser) unz(seg *Segment) {
	n := p.count
	if p.groups > 0 {
		n = p.groups
	}
	p.count2(seg, 1, n, "count_unz", "UNZ does not count the messages, or the groups where there are any")
	if ref := seg.Get(2, 1); strings.TrimSpace(ref) != strings.TrimSpace(p.inter.Control) {
		p.issue("reference_unz", "warning", seg.Pos(2, 1), "UNZ repeats another reference than UNB has")
	}
}

// count2 compares a declared count with the counted one.
func (p *parser) count2(seg *Segment, e, counted int, code, text string) {
	if n, err := strconv.Atoi(strings.TrimSpace(seg.Get(e, 1))); err != nil || n != counted {
		p.issue(code, "warning", seg.Pos(e, 1), text)
	}
}

// straighten replaces typographic quotes that a mail program made of terminators: each becomes ' and two bytes that
// are skipped, so that offsets hold.
func straighten(body []byte) []byte {
	const quote = "\u2019"
	for from := 0; ; {
		i := bytes.Index(body[from:], []byte(quote))
		if i < 0 {
			return body
		}
		from += i + len(quote)
		if bytes.HasPrefix(bytes.TrimLeft(body[from:min(len(body), from+16)], " \r\n"), []byte("UN")) {
			break
		}
	}
	return bytes.ReplaceAll(bytes.ReplaceAll(body, []byte(quote), []byte("'\x00\x00")), []byte("\u2018"), []byte("'\x00\x00"))
}

// Sniff returns the type of the first message of a body, "PAXLST" for example, or "" when it shows none. It reads the
// envelope only.
func Sniff(body []byte) string {
	st, ok := findStart(body, 0)
	if !ok {
		return ""
	}
	window := body[st.at:min(len(body), st.at+sniffAhead)]
	s := scanner{source: &source{text: string(window)}, limits: DefaultLimits(), class: st.delims.classes()}
	for {
		var seg Segment
		if _, ok := s.next(&seg); !ok {
			return ""
		}
		if seg.Tag == "UNH" {
			return strings.TrimSpace(seg.Get(2, 1))
		}
	}
}
