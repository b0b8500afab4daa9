package xml

import (
	"bytes"
	"encoding/xml"
	"strings"

	"fairway/pkg/sensitive"
)

// Mask blots out of a PNRGOV body in XML, in place and without changing its length, what the filter would remove, so
// that the body can be stored as it came: services that must not be kept, free text, history, titles, fares and payers
// that tell what must not be told. It returns how many texts it blotted. Decode of the masked body gives the same as
// of the body itself. What stands after the place where a document is broken is not read, and so not masked; a body that
// is no PNRGOV in XML, or larger than is taken, is left alone.
func Mask(body []byte) int {
	if len(body) > maxBytes {
		return 0
	}
	m := masker{r: newReader(body), body: body}
	inside := 0 // the depth of the message in hand
	for tok := m.r.token(); tok != nil; tok = m.r.token() {
		from, to := m.r.at, m.r.place(m.r.dec.InputOffset())
		switch tok := tok.(type) {
		case xml.StartElement:
			if inside == 0 && requests(tok.Name.Local) {
				inside = m.r.depth
			}
			if inside > 0 {
				m.start(&tok, from, to)
			}
		case xml.CharData:
			if n := len(m.open); n > 0 && len(m.open[n-1].text) < maxElement {
				m.open[n-1].text = append(m.open[n-1].text, tok...)
				m.open[n-1].spans = append(m.open[n-1].spans, span{from, to})
			}
		case xml.EndElement:
			m.end()
			if m.r.depth < inside {
				inside = 0
			}
		}
	}
	for len(m.open) > 0 { // where the document breaks off
		m.end()
	}
	return m.n
}

// span is a piece of the body.
type span struct{ from, to int }

// opened is an element that has begun: the text it has so far, and where that stands.
type opened struct {
	key    string
	text   []byte
	spans  []span
	banned bool // a service that must not be kept, or in one
}

type masker struct {
	r    *reader
	body []byte
	open []opened
	n    int
}

// start opens an element and masks its attributes.
func (m *masker) start(tok *xml.StartElement, from, to int) {
	e := opened{key: fold(tok.Name.Local)}
	if n := len(m.open); n > 0 {
		e.banned = m.open[n-1].banned
	}
	service := e.key == "ssr" || e.key == "docssr"
	for _, a := range tok.Attr {
		if key := fold(a.Name.Local); service && (key == "ssrcode" || key == "code") && sensitive.Service(a.Value) {
			e.banned = true
		}
	}
	tag := m.body[from:to]
	for i := range tok.Attr {
		value, key := &tok.Attr[i].Value, fold(tok.Attr[i].Name.Local)
		hide := service && e.banned && (key == "ssrcode" || key == "code") && sensitive.Service(*value)
		if hide = hide || told(key, oneLine(*value), e.banned); !hide {
			continue
		}
		if at, ok := valueOf(tag, i); ok {
			m.blot([]span{{from + at.from, from + at.to}}, false)
		}
	}
	m.open = append(m.open, e)
}

// told reports whether an attribute or element of that name must not be kept.
func told(key, text string, banned bool) bool {
	switch key {
	case "ptccode":
		return sensitive.FareType(strings.ToUpper(text))
	case "nametitle":
		for word := range strings.FieldsSeq(strings.ToUpper(text)) {
			if sensitive.Title(word) {
				return true
			}
		}
		return false
	case "text", "remark", "osi", "ssr", "docssr", "historytext", "cardholdername", "sponsor", keyOpen, "ssrcode", "code":
		return text != "" && (banned || sensitive.Text(text))
	}
	return false
}

// end closes the innermost element and masks its text.
func (m *masker) end() {
	n := len(m.open) - 1
	if n < 0 {
		return
	}
	e := &m.open[n]
	if told(e.key, oneLine(string(e.text)), e.banned) {
		if e.key != "historytext" || !m.lines(e) {
			m.blot(e.spans, true)
		}
		if (e.key == "ssrcode" || e.key == "code") && n > 0 {
			m.open[n-1].banned = true // the code came as an element
		}
	}
	m.open = m.open[:n]
}

// lines masks the lines of a history that tell; false when none does by itself.
func (m *masker) lines(e *opened) bool {
	found := false
	for _, s := range e.spans {
		for at := s.from; at < s.to; {
			end := s.to
			if i := bytes.IndexByte(m.body[at:s.to], '\n'); i >= 0 {
				end = at + i
			}
			if sensitive.Text(string(m.body[at:end])) {
				m.blot([]span{{at, end}}, false)
				found = true
			}
			at = end + 1
		}
	}
	return found
}

// blot overwrites text with words that the filter knows for its own, "XXXX XXXX X". Space around it stays, and with
// whole the ends of lines in it do not.
func (m *masker) blot(spans []span, whole bool) {
	k, done := 0, false
	for _, s := range spans {
		text := m.body[s.from:s.to]
		if bytes.HasPrefix(text, []byte("<![CDATA[")) {
			text = bytes.TrimSuffix(text[len("<![CDATA["):], []byte("]]>"))
		}
		if k == 0 {
			text = bytes.TrimLeft(text, " \t\r\n")
		}
		text = bytes.TrimRight(text, " \t\r\n")
		for i := range text {
			if !whole && (text[i] == '\r' || text[i] == '\n') {
				continue
			}
			done = done || text[i] != 'X' && text[i] != ' '
			text[i] = sensitive.Blot(k)
			k++
		}
	}
	if done {
		m.n++
	}
}

// valueOf finds the value of the attribute at index i of a start tag, without its quotes.
func valueOf(tag []byte, i int) (span, bool) {
	at := 0
	for {
		quote := bytes.IndexAny(tag[at:], `"'`)
		if quote < 0 {
			return span{}, false
		}
		from := at + quote + 1
		end := bytes.IndexByte(tag[from:], tag[from-1])
		if end < 0 {
			return span{}, false
		}
		if i == 0 {
			return span{from, from + end}, true
		}
		i--
		at = from + end + 1
	}
}
