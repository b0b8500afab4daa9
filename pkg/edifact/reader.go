package edifact

import (
	"strconv"
	"strings"
)

// maxIssues bounds what is said of one body; a body with more wrong is not read more closely for it.
const maxIssues = 500

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
	find   finder
	first  start // where the first interchange begins
	found  bool  // that there is one
	failed *Error
	issues []Issue

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
		r.failed = &Error{Issue{"too_large", "error", Position{Offset: l.Bytes}, "the body is larger than is taken here; send it in parts"}}
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
			r.issue("lower_case", "note", Position{}, "the segments are in lower case, and were read in capitals; send tags and codes in capitals")
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

// Issues are what was found about the envelopes since Issues was called last.
func (r *Reader) Issues() []Issue {
	all := r.issues
	r.issues = nil
	return all
}

// Err is an *[Error] when everything was read and no message was found, else nil.
func (r *Reader) Err() error {
	switch {
	case r.failed != nil:
		return r.failed
	case r.read > 0 || !r.done:
		return nil
	case !r.started:
		return &Error{Issue{"no_interchange", "error", Position{}, "no UNB segment was found; an interchange starts with UNB, perhaps after UNA"}}
	}
	for _, i := range r.issues {
		if i.Severity == "error" {
			return &Error{i}
		}
	}
	return &Error{Issue{"no_message", "error", Position{}, "the interchange holds no message; UNH is missing"}}
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

func (r *Reader) issue(code, severity string, at Position, text string) {
	switch {
	case len(r.issues) < maxIssues:
		r.issues = append(r.issues, Issue{code, severity, at, text})
	case len(r.issues) == maxIssues:
		r.issues = append(r.issues, Issue{"more_issues", "note", at, "more is wrong with the envelopes than is listed"})
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
			r.issue("too_many_segments", "error", Position{Offset: r.pos}, "the body has more segments than are read here; the rest was left out")
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
		r.issue("no_unb", "warning", Position{Offset: st.at}, "the message has no interchange envelope; start it with UNB and end it with UNZ")
	}
	if r.ascii && st.syntax != [4]byte{'U', 'N', 'O', 'X'} {
		return true
	}
	return r.chooseCharset(st)
}

// advance reads the next segment of the interchange into seg; false where the interchange breaks off.
func (r *Reader) advance() bool {
	for r.total < r.limits.Segments {
		if !r.keep {
			r.comps, r.cleaned = r.comps[:0], r.cleaned[:0]
		}
		r.odd = r.odd[:0]
		open, ok := r.next(&r.seg)
		if !ok {
			return false
		}
		r.total++
		if !inCapitals(r.seg.Tag) && !r.capital() && !validTag(r.seg.Tag) {
			r.skip(open)
			continue
		}
		switch tag := r.seg.Tag; {
		case tag == "UNB" && r.number > 0, tag == "UNA" && r.number > 0: // the interchange before was cut off
			r.pos = r.seg.Offset
			return false
		case open && r.pos < len(r.text):
			r.number++
			r.issue("segment_too_long", "error", Position{Segment: r.number, Tag: tag, Offset: r.seg.Offset}, "a segment is longer than is taken here; it was passed over")
			r.resume()
			continue
		case open && tag != "UNZ" && tag != "UNT":
			return false
		}
		r.number++
		r.seg.Number, r.junk, r.lost = r.number, false, false
		if len(r.odd) > 0 {
			r.sayOdd()
		}
		if r.stray > 0 {
			r.issue("unreleased_apostrophe", "warning", Position{Segment: r.number, Tag: r.seg.Tag, Offset: r.stray},
				"an apostrophe inside a name was not released, and read as the name's; send it as ?'")
			r.stray = 0
		}
		return true
	}
	return false
}

// capital writes the tag of the segment in hand in capitals when that makes one that is known.
func (r *Reader) capital() bool {
	tag := r.seg.Tag
	if len(tag) != 3 || !knownTag(strings.ToUpper(tag)) {
		return false
	}
	if r.seg.Tag = strings.ToUpper(tag); !r.small {
		r.small = true
		r.issue("lower_case", "note", Position{Segment: r.number + 1, Tag: r.seg.Tag, Offset: r.seg.Offset},
			"a tag is in small letters, and was read in capitals; send tags and codes in capitals")
	}
	return true
}

// skip passes over what is no segment, and says so once for a run of it. A line that ends before a tag is all that is
// skipped.
func (r *Reader) skip(open bool) {
	switch {
	case r.lost || open && !r.open:
	case r.open && !open && r.seg.to > r.seg.from:
		r.lost = true
		r.issue("bad_segment", "error", Position{Segment: r.number + 1, Offset: r.seg.Offset},
			"a segment without a valid tag was passed over, perhaps after an apostrophe in a name; send tags of three letters, and an apostrophe as ?'")
	case !r.junk:
		r.issue("junk", "note", Position{Segment: r.number + 1, Offset: r.seg.Offset}, "text that is no segment was passed over")
	}
	r.junk = true
	if at := r.lineStart(); at > 0 {
		r.pos = at
	} else if open {
		r.resume()
	}
}

// lineStart is where in the junk in hand a line starts with a tag and its separator; 0 when none does.
func (r *Reader) lineStart() int {
	limit := min(r.pos, r.seg.Offset+r.limits.Segment)
	first := r.text[r.seg.Offset:limit]
	if i := strings.IndexByte(first, r.delims.Element); i >= 0 {
		first = first[:i]
	}
	i := strings.LastIndexByte(first, '\n')
	if i < 0 || !validTag(strings.Trim(first[i+1:], " ")) {
		return 0
	}
	return r.seg.Offset + i + 1
}

// resume goes to after the next terminator.
func (r *Reader) resume() {
	if i := strings.IndexByte(r.text[r.pos:], r.delims.Terminator); i >= 0 {
		r.pos += i + 1
		return
	}
	r.pos = len(r.text)
}

// cutOff ends an interchange that has no UNZ.
func (r *Reader) cutOff() event {
	at := Position{Segment: r.number, Offset: min(r.pos, len(r.text))}
	was := r.open
	if was {
		r.issue("truncated", "error", at, "the message ends before UNT; what was complete is used, send it again whole")
	} else if !r.bare {
		r.issue("truncated", "error", at, "the interchange ends before UNZ; what was complete is used, send the rest")
	}
	r.open, r.inter = false, nil
	if was {
		return atEnd
	}
	return atNothing
}

// service handles a service segment. One that cannot stand inside a message ends it first, and is handled next time.
func (r *Reader) service() event {
	s := &r.seg
	if s.Tag != "UNT" && r.open {
		r.open, r.pending = false, true
		r.issue("no_unt", "warning", s.Pos(0, 0), "the message before this segment has no UNT; end each message with it")
		return atEnd
	}
	switch s.Tag {
	case "UNB":
		r.unb(s)
	case "UNG":
		r.groups++
		r.inGroup, r.group = 0, s.Get(5, 1)
	case "UNH":
		r.unh(s)
		return atMessage
	case "UNT":
		return r.unt(s)
	case "UNE":
		r.counted(s, r.inGroup, "count_une", "UNE does not count the messages of its group")
		r.referred(s, r.group, "reference_une", "UNE repeats another reference than UNG has")
		r.group = ""
	case "UNZ":
		r.unz(s)
	}
	return atNothing
}

func (r *Reader) unb(s *Segment) {
	i := r.inter
	i.Syntax = s.Get(1, 1) + ":" + s.Get(1, 2)
	i.Sender, i.Qualifier, i.Recipient = s.Get(2, 1), s.Get(2, 2), s.Get(3, 1)
	i.Date, i.Time = s.Get(4, 1), s.Get(4, 2)
	i.Control, i.Application = s.Get(5, 1), s.Get(7, 1)
	switch strings.TrimSpace(s.Get(11, 1)) {
	case "1", "2", "3", "4": // a test, for its syntax only, an echo asked for, an echo (ISO 9735-1): none of them is meant
		i.Test = true
	}
}

func (r *Reader) unh(s *Segment) {
	r.count++
	r.inGroup++
	r.read++
	r.begun, r.open = r.number, true
	r.msg = &Message{Interchange: r.inter, Group: r.group, Reference: s.Get(1, 1), Type: strings.TrimSpace(s.Get(2, 1)),
		Version: s.Get(2, 2), Release: s.Get(2, 3), Agency: s.Get(2, 4), Association: s.Get(2, 5), Access: s.Get(3, 1),
		PartMark: s.Get(4, 2), Header: Segment{Tag: s.Tag, Number: s.Number, Offset: s.Offset}}
	r.msg.Part = max(Number(s.Get(4, 1)), 0)
}

func (r *Reader) unt(s *Segment) event {
	if !r.open {
		r.issue("stray_unt", "warning", s.Pos(0, 0), "UNT without a message before it")
		return atNothing
	}
	n := r.number - r.begun + 1
	if declared := Number(s.Get(1, 1)); declared > n && declared < maxSegmentsLost+n {
		r.issue("count_unt", "error", s.Pos(1, 1), "UNT counts more segments than were read: one was lost, and somebody with it perhaps; send the message again")
	} else {
		r.counted(s, n, "count_unt", "UNT does not count the segments from UNH to UNT")
	}
	r.referred(s, r.msg.Reference, "reference_unt", "UNT repeats another reference than UNH has")
	r.msg.Complete, r.open = true, false
	return atEnd
}

func (r *Reader) unz(s *Segment) {
	n := r.count
	if r.groups > 0 {
		n = r.groups
	}
	r.counted(s, n, "count_unz", "UNZ does not count the messages, or the groups where there are any")
	r.referred(s, r.inter.Control, "reference_unz", "UNZ repeats another reference than UNB has")
	r.inter = nil
}

// maxSegmentsLost is up to how many missing segments are taken for lost ones; more is a count of something else.
const maxSegmentsLost = 50

// counted compares the count a trailer declares with the counted one.
func (r *Reader) counted(s *Segment, n int, code, text string) {
	if declared, err := strconv.Atoi(strings.TrimSpace(s.Get(1, 1))); err != nil || declared != n {
		r.issue(code, "warning", s.Pos(1, 1), text)
	}
}

// referred compares the reference a trailer repeats with that of its header.
func (r *Reader) referred(s *Segment, header, code, text string) {
	if strings.TrimSpace(s.Get(2, 1)) != strings.TrimSpace(header) {
		r.issue(code, "warning", s.Pos(2, 1), text)
	}
}
