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
