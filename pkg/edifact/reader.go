package edifact

import (
	"strings"

	"fairway/pkg/travel"
)

// maxFindings bounds what is said of one body; a body with more wrong is not read more closely for it.
const maxFindings = 500

// Reader reads a body message by message and segment by segment:
//
//	for r.Next() {
//		m := r.Message()
//		for r.NextSegment() {
//			s := r.Segment()
//		}
//	}
//	err := r.Err()
//
// Its memory is a copy of the body and one segment. Texts stay valid, segments only until the next one.
type Reader struct {
	scanner
	find     finder
	first    start // where the first interchange begins
	found    bool  // that there is one
	failed   *travel.DecodeError
	findings []travel.Finding

	inter   *Interchange // open, or nil between interchanges
	bare    bool         // inter has no UNB
	msg     *Message     // in hand
	open    bool         // msg has not ended
	seg     Segment      // in hand
	pending bool         // seg was read but not handled
	keep    bool         // components are kept, for Parse

	number  int // of the segment in its interchange
	total   int // segments of the body
	begun   int // number of the open UNH
	groups  int
	group   string // UNG 0048
	inGroup int    // messages of the group
	count   int    // messages of the interchange
	read    int    // messages of the body
	junk    bool   // the last thing read was no segment
	lost    bool   // and it was said that something is lost with it
	small   bool   // it was said that tags are in small letters
	started bool   // an interchange was found
	done    bool
	ascii   bool // the body has no byte beyond ASCII and no escape sequence
	ahead   int  // bytes that Ahead looked at
	looked  int  // bytes that extents were looked for in
}

// NewReader reads body, which must not change meanwhile.
func NewReader(body []byte, l Limits) *Reader {
	r := &Reader{scanner: scanner{source: &source{}, limits: l}}
	if len(body) > l.Bytes {
		r.failed = refuse(travel.Place{Offset: l.Bytes}.Finding("too_large", travel.Fault, "the body is larger than is taken here; send it in parts"))
		r.done = true
		return r
	}
	body = straighten(body)
	r.find = newFinder(body)
	if r.first, r.found = r.find.next(0); !r.found {
		var folded bool
		if body, folded = capitals(body); folded {
			r.find = newFinder(body)
			r.first, r.found = r.find.next(0)
			r.say("lower_case", travel.Note, travel.Place{}, "the segments are in lower case, and were read in capitals; send tags and codes in capitals")
		}
	}
	r.text = string(body)
	r.ascii = plainText(body)
	return r
}

// Next goes to the next message; it passes over what is left of the one in hand.
func (r *Reader) Next() bool {
	for r.NextSegment() {
		continue
	}
	for !r.done {
		if r.step() == atMessage {
			return true
		}
	}
	return false
}

// Message is the message in hand: its header, and after its last segment whether it was complete.
func (r *Reader) Message() *Message { return r.msg }

// NextSegment goes to the next segment of the message; false at its end.
func (r *Reader) NextSegment() bool {
	return r.open && r.step() == atSegment
}

// Segment is the segment in hand, until the next one is read.
func (r *Reader) Segment() *Segment { return &r.seg }

// Findings are what was found about the envelopes since Findings was called last.
func (r *Reader) Findings() []travel.Finding {
	all := r.findings
	r.findings = nil
	return all
}

func refuse(f travel.Finding) *travel.DecodeError {
	return &travel.DecodeError{Findings: []travel.Finding{f}}
}

// Err is a *travel.DecodeError when everything was read and no message was found, else nil.
func (r *Reader) Err() error {
	switch {
	case r.failed != nil:
		return r.failed
	case r.read > 0 || !r.done:
		return nil
	case !r.started:
		return refuse(travel.Place{}.Finding("no_interchange", travel.Fault, "no UNB segment was found; an interchange starts with UNB, perhaps after UNA"))
	}
	for _, f := range r.findings {
		if f.Severity == travel.Fault {
			return refuse(f)
		}
	}
	return refuse(travel.Place{}.Finding("no_message", travel.Fault, "the interchange holds no message; UNH is missing"))
}

// Ahead is about how often tag stands between here and the end of the message. It makes room, no more: it is bounded
// by what the rest of the text can hold.
func (r *Reader) Ahead(tag string) int {
	if r.inter == nil || r.ahead > 4*len(r.text) {
		return 0
	}
	rest := r.text[r.pos:]
	if i := strings.Index(rest, "UNT"+string(r.delims.Element)); i >= 0 {
		rest = rest[:i]
	}
	if r.ahead += len(rest); r.ahead > 4*len(r.text) { // many messages without UNT: do not read on for each of them
		return 0
	}
	return strings.Count(rest, tag+string(r.delims.Element))
}

func (r *Reader) say(code string, severity travel.Severity, at travel.Place, text string) {
	switch {
	case len(r.findings) < maxFindings:
		r.findings = append(r.findings, at.Finding(code, severity, text))
	case len(r.findings) == maxFindings:
		r.findings = append(r.findings, at.Finding("more_issues", travel.Note, "more is wrong with the envelopes than is listed"))
	}
}

// event is what a step came to.
type event int

const (
	atMessage event = iota // a UNH was read
	atSegment              // a segment of the message was read
	atEnd                  // the message ended
	atNothing              // neither; done may be set
)

// step reads one thing on.
func (r *Reader) step() event {
	if r.inter == nil {
		st, ok := r.first, r.found
		switch {
		case r.total >= r.limits.Segments:
			ok = false
			r.say("too_many_segments", travel.Fault, travel.Place{Offset: r.pos}, "the body has more segments than are read here; the rest was left out")
		case r.started: // the first was looked for already
			st, ok = r.find.next(r.pos)
		}
		if !ok {
			r.done = true
			return atNothing
		}
		if !r.begin(st) {
			return atNothing
		}
	}
	if !r.pending && !r.advance() {
		return r.cutOff()
	}
	r.pending = false
	switch r.seg.Tag {
	case "UNB", "UNG", "UNH", "UNT", "UNE", "UNZ":
		return r.service()
	}
	if !r.open {
		return atNothing
	}
	return atSegment
}

// begin starts reading an interchange; false when it is one that cannot be read.
func (r *Reader) begin(st start) bool {
	r.delims, r.class, r.pos = st.delims, st.delims.classes(), st.at
	r.inter, r.bare, r.started = &Interchange{Offset: st.at, Delims: st.delims}, st.bare, true
	r.number, r.groups, r.count, r.inGroup, r.junk, r.lost, r.group = 0, 0, 0, 0, false, false, ""
	if st.bare {
		r.say("no_unb", travel.Warning, travel.Place{Offset: st.at}, "the message has no interchange envelope; start it with UNB and end it with UNZ")
	}
	if r.ascii && st.syntax != [4]byte{'U', 'N', 'O', 'X'} {
		return true
	}
	return r.chooseCharset(st)
}
