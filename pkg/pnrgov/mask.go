package pnrgov

import (
	"bytes"
	"strings"

	"fairway/pkg/edifact"
	"fairway/pkg/sensitive"
)

// Mask blots out of a PNRGOV body, in place and without changing its length, what the filter would remove, so that the
// body can be stored as it came, in whatever character set. It returns how many elements it blotted. Decode of the
// masked body gives the same as of the body itself, but where the letters blotted were all that told the character set
// of an interchange that declares none. A body that is no EDIFACT PNRGOV is left alone.
func Mask(body []byte) int {
	m := masker{body: body, r: edifact.NewReader(body, limits())}
	for m.r.Next() {
		m.apply(m.r.Message().Header.Offset)
		if m.r.Message().Type != Type {
			continue
		}
		m.delims = m.r.Message().Interchange.Delims
		for m.r.NextSegment() {
			m.apply(m.r.Segment().Offset)
			m.segment(m.r.Segment())
		}
		m.apply(max(m.r.Segment().Offset, m.last)) // of UNT, or of the segment itself where that is the last
	}
	m.apply(len(body))
	return m.n
}

// masker blots a segment when it knows where the next one starts: terminators may be longer in the body than the byte
// they are read as.
type masker struct {
	body    []byte
	r       *edifact.Reader
	delims  edifact.Delims
	pending []int // where the components to blot start
	last    int   // where the last segment starts
	n       int
}

// apply blots what is pending, up to where the next segment starts.
func (m *masker) apply(next int) {
	if len(m.pending) == 0 || next <= m.last {
		return
	}
	end := len(bytes.TrimRight(m.body[:next], " \t\r\n\x00"))
	if end >= 3 && m.body[end-3] == 0xE2 && m.body[end-2] == 0x80 && m.body[end-1] != m.delims.Terminator {
		end -= 3 // a typographic terminator
	}
	for i, at := range m.pending {
		limit := end
		if i+1 < len(m.pending) {
			limit = m.pending[i+1]
		}
		blot(m.body[:limit], at, m.delims)
	}
	m.pending = m.pending[:0]
}

func (m *masker) segment(s *edifact.Segment) {
	m.last = s.Offset
	switch s.Tag {
	case "SSR":
		m.service(s)
	case "IFT", "LTS":
		first := 1
		if s.Tag == "IFT" {
			first = 2
		}
		for e := first; e <= s.Elements(); e++ {
			m.text(s, e, 1)
		}
	}
}

func (m *masker) blots(s *edifact.Segment, e, c int) {
	m.pending = append(m.pending, s.Pos(e, c).Offset)
}

// service blots the code of a banned service together with its text, or the text alone.
func (m *masker) service(s *edifact.Segment) {
	if code := s.Get(1, 1); sensitive.Service(code) {
		m.blots(s, 1, 1)
		for c := 9; c <= s.Components(1); c++ {
			if s.Get(1, c) != "" {
				m.blots(s, 1, c)
			}
		}
		m.n++
		return
	}
	switch code := sensitive.TrimCode(s.Get(1, 1)); {
	case code == "DOCS", code == "DOCO", code == "DOCA", code == "INFT", code == "TKNE", code == "TKNA", code == "TKNM", code == "FQTV", code == "SEAT",
		strings.HasPrefix(code, "CTC") && len(code) == 4:
		return // names, numbers and addresses: read, not filtered
	}
	for c := 5; c <= s.Components(1); c++ {
		m.text(s, 1, c)
	}
}

func (m *masker) text(s *edifact.Segment, e, c int) {
	if text := s.Get(e, c); text != "" && sensitive.Text(text) {
		m.blots(s, e, c)
		m.n++
	}
}

// blot overwrites one component with words that the filter knows for its own, "XXXX XXXX X". Line wraps stay, and what
// services and words are told apart by.
func blot(body []byte, at int, d edifact.Delims) {
	released := false
	for k := 0; at < len(body); at++ {
		c := body[at]
		switch {
		case c == '\r' || c == '\n' || c == 0:
			continue
		case c == '/' || c <= ' ':
			k, released = 0, false
			continue
		case released:
			released = false
		case c == d.Component || c == d.Element || c == d.Terminator || d.Repeat != 0 && c == d.Repeat:
			return
		case d.Release != 0 && c == d.Release: // stays, and releases what is written next
			released = true
			continue
		}
		body[at] = sensitive.Blot(k)
		k++
	}
}
