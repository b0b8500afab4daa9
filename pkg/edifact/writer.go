package edifact

import (
	"strconv"

	"fairway/pkg/travel"
)

// Writer appends one interchange with its envelopes, escapes and counts. Trailing empty elements and components are
// left out. Control characters are too: no element has any, and ESC would announce another character set. Other characters
// outside the declared repertoire are written as they are.
type Writer struct {
	buf      []byte
	d        Delims
	special  [256]bool
	control  string
	messages int
	groups   int
	group    string // reference of the open group; "" when none is open
	grouped  int    // messages of the open group
	ref      string // of the open message; "" when none is open
	segments int    // of the open message, UNH included
	keep     int    // length of the segment without trailing separators
}

// NewWriter appends to dst. It writes UNA unless the delimiters are the default ones.
func NewWriter(dst []byte, d Delims) *Writer {
	w := &Writer{buf: dst, d: d}
	for _, c := range []byte{d.Component, d.Element, d.Release, d.Repeat, d.Terminator} {
		if c != 0 {
			w.special[c] = true
		}
	}
	if d != Default() {
		w.buf = append(w.buf, d.una()...)
	}
	return w
}

// Interchange writes UNB.
func (w *Writer) Interchange(i Interchange) {
	w.control = i.Control
	s := w.Segment("UNB")
	syntax, version := i.Syntax, "4"
	for k := range syntax {
		if syntax[k] == ':' {
			syntax, version = i.Syntax[:k], i.Syntax[k+1:]
			break
		}
	}
	s.Composite(syntax, version)
	s.Composite(i.Sender, i.Qualifier).Composite(i.Recipient, i.Qualifier).Composite(i.Date, i.Time).Element(i.Control).Element("").Element(i.Application)
	if i.Test {
		s.Element("").Element("").Element("").Element("1")
	}
	s.End()
}

// Group writes UNG: kind is the message type, i names the parties and the time, agency controls the type ("UN", "IA").
func (w *Writer) Group(i Interchange, kind, ref, agency, version, release string) {
	w.closeGroup()
	w.group, w.grouped = ref, 0
	w.groups++
	w.Segment("UNG").Element(kind).Composite(i.Sender, i.Qualifier).Composite(i.Recipient, i.Qualifier).
		Composite(i.Date, i.Time).Element(ref).Element(agency).Composite(version, release).End()
}

// Message writes UNH; access, part and mark (S010) are left out when empty or 0.
func (w *Writer) Message(ref, kind, version, release, agency, association, access string, part int, mark string) {
	w.closeMessage()
	w.ref, w.segments = ref, 0
	w.messages++
	w.grouped++
	s := w.Segment("UNH").Element(ref).Composite(kind, version, release, agency, association).Element(access)
	if part > 0 {
		n := strconv.Itoa(part)
		if len(n) == 1 {
			n = "0" + n
		}
		s.Composite(n, mark)
	}
	s.End()
}

// Segment starts a segment; End must follow.
func (w *Writer) Segment(tag string) *Writer {
	w.buf = append(w.buf, tag...)
	w.keep = len(w.buf)
	w.segments++
	return w
}

// Element writes a simple element.
func (w *Writer) Element(v string) *Writer {
	w.buf = append(w.buf, w.d.Element)
	w.text(v)
	return w
}

// Composite writes an element of several components.
func (w *Writer) Composite(parts ...string) *Writer {
	w.buf = append(w.buf, w.d.Element)
	last := len(parts)
	for last > 0 && parts[last-1] == "" {
		last--
	}
	for i, p := range parts[:last] {
		if i > 0 {
			w.buf = append(w.buf, w.d.Component)
		}
		w.text(p)
	}
	return w
}

// text writes v escaped, and notes that the segment reaches to here.
func (w *Writer) text(v string) {
	for i := range len(v) {
		if v[i] < ' ' {
			continue
		}
		if w.special[v[i]] && w.d.Release != 0 {
			w.buf = append(w.buf, w.d.Release)
		}
		w.buf = append(w.buf, v[i])
	}
	if v != "" {
		w.keep = len(w.buf)
	}
}

// End ends the segment.
func (w *Writer) End() { w.buf = append(w.buf[:w.keep], w.d.Terminator) }

func (w *Writer) closeMessage() {
	if w.ref == "" {
		return
	}
	n := w.segments + 1
	w.Segment("UNT").Element(strconv.Itoa(n)).Element(w.ref).End()
	w.ref = ""
}

func (w *Writer) closeGroup() {
	w.closeMessage()
	if w.group == "" {
		return
	}
	w.Segment("UNE").Element(strconv.Itoa(w.grouped)).Element(w.group).End()
	w.group = ""
}

// Close writes UNT, UNE and UNZ and returns everything.
func (w *Writer) Close() []byte {
	w.closeGroup()
	n := w.messages
	if w.groups > 0 {
		n = w.groups
	}
	w.Segment("UNZ").Element(strconv.Itoa(n)).Element(w.control).End()
	return w.buf
}

// Stamp is the date and time of t as UNB and most segments have them, YYMMDD and hhmm; empty when t is none.
func Stamp(t travel.LocalTime) (date, clock string) {
	if _, ok := t.Time(); !ok {
		return "", ""
	}
	return string(t[2:4] + t[5:7] + t[8:10]), string(t[11:13] + t[14:16])
}
