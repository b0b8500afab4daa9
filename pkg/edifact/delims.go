package edifact

import "bytes"

// Delims are the six service characters of UNA (ISO 9735, 4). Release and Repeat are 0 when there is none.
type Delims struct{ Component, Element, Decimal, Release, Repeat, Terminator byte }

// Default returns the delimiters of an interchange without UNA.
func Default() Delims { return Delims{':', '+', '.', '?', 0, '\''} }

// PNR returns the delimiters that PNRGOV uses (PNRGOV guide: UNA:+.?*').
func PNR() Delims { return Delims{':', '+', '.', '?', '*', '\''} }

func (d Delims) una() []byte {
	return []byte{'U', 'N', 'A', d.Component, d.Element, d.Decimal, orSpace(d.Release), orSpace(d.Repeat), d.Terminator}
}

func orSpace(c byte) byte {
	if c == 0 {
		return ' '
	}
	return c
}

// Classes of byte while scanning.
const (
	plain = iota
	component
	element
	repeat
	terminator
	wrap    // dropped wherever it stands; this and what follows make a component dirty
	high    // beyond ASCII: the character set says what it is
	release // the next byte is text
)

func (d Delims) classes() (t [256]uint8) {
	t['\r'], t['\n'], t[0] = wrap, wrap, wrap
	for i := 0x80; i < len(t); i++ {
		t[i] = high
	}
	if d.Repeat != 0 {
		t[d.Repeat] = repeat
	}
	t[d.Component], t[d.Element] = component, element
	if d.Release != 0 {
		t[d.Release] = release
	}
	t[d.Terminator] = terminator
	return t
}

// sane reports whether the delimiters can be told apart and are not letters or digits.
func (d Delims) sane() bool {
	all := []byte{d.Component, d.Element, d.Terminator}
	if d.Release != 0 {
		all = append(all, d.Release)
	}
	if d.Repeat != 0 {
		all = append(all, d.Repeat)
	}
	for i, c := range all {
		if alnum(c) || c == ' ' || (c == '\r' || c == '\n') && i != 2 || bytes.IndexByte(all[:i], c) >= 0 {
			return false
		}
	}
	return true
}

func alnum(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }

// typographic are the characters that a mail program makes of delimiters, and what they were.
var typographic = [...]struct{ fancy, plain string }{
	{"\u2019", "'"}, {"\u2018", "'"}, {"\u201d", "\""}, {"\u201c", "\""}, {"\u2013", "-"}, {"\u2014", "-"},
}

// straighten undoes typographic delimiters. They are delimiters where UNB, or the start of its first message, shows
// that the plain ones are not there: text that was typed with them, as O’BRIEN, stays. Each becomes one byte and others
// that are skipped, so that offsets hold.
func straighten(body []byte) []byte {
	if bytes.IndexByte(body, "\u2019"[0]) < 0 {
		return body
	}
	for _, plain := range []string{"'", "\"", "-"} {
		switch element, ends := shown(body, plain); {
		case element:
			body = replace(body, plain, func([]byte) bool { return true })
		case ends:
			body = replace(body, plain, beforeTag)
		}
	}
	return body
}

// shown tells whether a typographic form of plain separates elements after UNB, and whether it ends UNB.
func shown(body []byte, plain string) (element, ends bool) {
	for _, t := range typographic {
		if t.plain != plain {
			continue
		}
		element = element || bytes.Contains(body, []byte("UNB"+t.fancy)) && !bytes.Contains(body, []byte("UNB"+plain))
		ends = ends || endsUNB(body, t.fancy)
	}
	return element, ends
}

// endsUNB reports whether fancy is what stands before the first UNG or UNH of the body.
func endsUNB(body []byte, fancy string) bool {
	at := bytes.Index(body, []byte("UNB"))
	if at < 0 {
		return false
	}
	window := body[at:min(len(body), at+sniffAhead)]
	for i := 4; i < len(window); i++ {
		if window[i] != 'U' {
			continue
		}
		if end := max(tagAt(window, i, "UNG"), tagAt(window, i, "UNH")); end > 0 && end < len(window) && !alnum(window[end]) {
			before := bytes.TrimRight(window[:i], " \t\r\n\x00")
			last := bytes.LastIndexByte(before, fancy[0])
			return last >= 0 && tagAt(before, last, fancy) == len(before)
		}
	}
	return false
}

// replace writes plain for its typographic forms where what follows allows it.
func replace(body []byte, plain string, allowed func(rest []byte) bool) []byte {
	out := bytes.Clone(body)
	for _, t := range typographic {
		if t.plain != plain {
			continue
		}
		for from := 0; ; from++ {
			i := bytes.IndexByte(body[from:], t.fancy[0])
			if i < 0 {
				break
			}
			from += i
			if end := tagAt(body, from, t.fancy); end > 0 && allowed(body[end:]) {
				clear(out[from:end])
				out[from] = plain[0]
			}
		}
	}
	return out
}

// beforeTag reports whether rest, which follows a terminator, starts with a tag and its separator, or is the end.
func beforeTag(rest []byte) bool {
	rest = rest[:min(len(rest), 32)]
	n := 0
	for i, c := range rest {
		switch {
		case n == 0 && blank(c), n > 0 && isWrap(c):
		case n == 3:
			return !alnum(c)
		case !alnum(c) || n == 0 && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z'):
			return n == 0 && i > 0 // a footer
		default:
			n++
		}
	}
	return n == 0
}

// capitals gives a body without any interchange in capitals, if it has one then.
func capitals(body []byte) ([]byte, bool) {
	if !bytes.Contains(body, []byte("unb")) && !bytes.Contains(body, []byte("unh")) {
		return body, false
	}
	upper := bytes.Clone(body)
	for i, c := range upper {
		if c >= 'a' && c <= 'z' {
			upper[i] = c - 'a' + 'A'
		}
	}
	upper = straighten(upper)
	f := newFinder(upper)
	if _, ok := f.next(0); !ok {
		return body, false
	}
	return upper, true
}
