package edifact

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"fairway/pkg/travel"
)

// chooseCharset prepares for bytes beyond ASCII; false when the interchange is in a set that is not read.
func (r *Reader) chooseCharset(st start) bool {
	syntax := string(st.syntax[:])
	r.charset, r.likely, r.said = charsetOf(syntax), evidence{}, [notDeclared]bool{}
	r.extent = extent(r.text[st.at:min(len(r.text), st.at+r.reach())], st.delims.Element)
	r.looked += len(r.extent)
	if at := iso2022(syntax, r.extent); at >= 0 {
		r.say("iso2022", travel.Fault, travel.Place{Segment: 1, Tag: "UNB", Element: 1, Offset: st.at + at},
			"the interchange is in ISO 2022 (UNOX, or escape sequences), which is not read here; send it in UNOC or UNOY")
		r.inter, r.pos = nil, st.at+len(r.extent)
		return false
	}
	return true
}

// reach is how far ahead an interchange is looked at for its character set: all of it, but for bodies made to have that
// done over and over.
func (r *Reader) reach() int {
	if r.looked > 4*len(r.text) {
		return sniffAhead
	}
	return len(r.text)
}

// oddity is a component whose characters are not what is declared.
type oddity struct {
	how    reading
	elem   int
	offset int
}

// recode gives text, which holds bytes beyond ASCII, as UTF-8.
func (s *scanner) recode(text string) (string, reading) {
	if s.charset == (charset{utf8: true}) && utf8.ValidString(text) {
		return text, asDeclared
	}
	if s.likely.table == nil {
		s.likely = likelier(s.extent)
	}
	n := len(text)
	s.raw = append(s.raw[:0], text...)
	raw, how := s.charset.read(s.raw, s.raw[:n], s.likely)
	s.raw = raw
	s.room(len(raw) - n)
	from := s.arena.Len()
	s.arena.Write(raw[n:])
	return s.arena.String()[from:], how
}

// sayOdd reports the components of the segment in hand whose characters are not what is declared.
func (r *Reader) sayOdd() {
	for _, o := range r.odd {
		f := readings[o.how]
		at := travel.Place{Segment: r.number, Tag: r.seg.Tag, Element: o.elem, Component: 1, Offset: o.offset}
		for _, c := range r.seg.comps() {
			if int(c.elem) == o.elem && int(c.from) < o.offset {
				at.Component++
			}
		}
		r.say(f.Code, f.Severity, at, f.Text)
	}
}

// plainText reports whether b is ASCII without escape sequences: what most bodies are.
func plainText(b []byte) bool {
	const ones = 0x8080808080808080
	rest := b
	for ; len(rest) >= 32; rest = rest[32:] {
		if (binary.LittleEndian.Uint64(rest)|binary.LittleEndian.Uint64(rest[8:])|binary.LittleEndian.Uint64(rest[16:])|
			binary.LittleEndian.Uint64(rest[24:]))&ones != 0 {
			return false
		}
	}
	for _, x := range rest {
		if x >= utf8.RuneSelf {
			return false
		}
	}
	return bytes.IndexByte(b, esc) < 0
}

const esc = 0x1B

// extent is the interchange that a text starts with, up to its UNZ, or to where the next one starts.
func extent(text string, element byte) string {
	for i := 3; ; i += 3 {
		j := strings.Index(text[min(i, len(text)):], "UN")
		if j < 0 || i+j+3 >= len(text) {
			return text
		}
		if i += j; text[i+2] == 'B' && !alnum(text[i+3]) || text[i+2] == 'Z' && text[i+3] == element {
			return text[:i]
		}
		i-- // UNUNB
	}
}

// iso2022 is where a text shows that it is in ISO 2022, whose escape sequences give bytes another meaning; -1 when it
// is not.
func iso2022(syntax, text string) int {
	if syntax == "UNOX" {
		return 0
	}
	for from := 0; ; {
		i := strings.IndexByte(text[from:], esc)
		if i < 0 || from+i+1 >= len(text) {
			return -1
		}
		from += i + 1
		if c := text[from]; c >= 0x20 && c <= 0x2F || strings.IndexByte("NOno|}~", c) >= 0 {
			return from - 1
		}
	}
}
