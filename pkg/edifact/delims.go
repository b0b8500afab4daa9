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
	release
	terminator
	wrap // dropped wherever it stands
)

func (d Delims) classes() (t [256]uint8) {
	t['\r'], t['\n'], t[0] = wrap, wrap, wrap
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

// start is where an interchange begins: the offset of its UNB (or UNH when it has no envelope) and its delimiters.
type start struct {
	at     int
	delims Delims
	bare   bool // no UNB
	sniff  bool // the delimiters were guessed
}

// findStart looks for the next interchange from offset from on. It reads every byte at most a few times.
func findStart(b []byte, from int) (start, bool) {
	for i := from; ; {
		j := bytes.Index(b[i:], []byte("UNB"))
		if j < 0 {
			return findBare(b, from)
		}
		at := i + j
		if d, ok := unaBefore(b, from, at); ok {
			return start{at: at, delims: d}, true
		}
		if d, ok := sniffDelims(b, at); ok {
			return start{at: at, delims: d, sniff: true}, true
		}
		i = at + 3
	}
}

// unaBefore reads the UNA that stands before at, with nothing but white space between.
func unaBefore(b []byte, from, at int) (Delims, bool) {
	end := at
	for end > from && (b[end-1] == '\r' || b[end-1] == '\n') {
		end--
	}
	// The terminator may itself be a space; try the nearest position first, then beyond white space.
	for tries := 0; tries < 8 && end-9 >= from; tries++ {
		u := b[end-9 : end]
		if string(u[:3]) == "UNA" {
			d := Delims{u[3], u[4], u[5], u[6], u[7], u[8]}
			if d.Release == ' ' {
				d.Release = 0
			}
			if d.Repeat == ' ' {
				d.Repeat = 0
			}
			return d, d.sane()
		}
		if c := b[end-1]; c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return Delims{}, false
		}
		end--
	}
	return Delims{}, false
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
		if alnum(c) || c == ' ' || c == '\r' || c == '\n' || bytes.IndexByte(all[:i], c) >= 0 {
			return false
		}
	}
	return true
}

// sniffDelims infers the delimiters from UNB+UNOA:4+ and from what stands before the next service segment.
func sniffDelims(b []byte, at int) (Delims, bool) {
	head := squeeze(b[at:min(len(b), at+24)])
	if len(head) < 9 || alnum(head[3]) || head[3] == ' ' {
		return Delims{}, false
	}
	d := Default()
	d.Element = head[3]
	for i := 4; i < 8; i++ {
		if !alnum(head[i]) {
			return Delims{}, false
		}
	}
	if head[8] != d.Element {
		d.Component = head[8]
	}
	if string(head[4:8]) == "IATA" { // the PNRGOV profile repeats with *
		d.Repeat = '*'
	}
	d.Terminator = sniffTerminator(b, at, d.Element)
	if d.Terminator == d.Repeat || d.Element == d.Repeat {
		d.Repeat = 0
	}
	if d.Release == d.Element || d.Release == d.Terminator || d.Release == d.Component {
		d.Release = 0
	}
	return d, d.sane()
}

const sniffAhead = 2048 // bytes in which the segment after UNB must start

func sniffTerminator(b []byte, at int, element byte) byte {
	window := b[at:min(len(b), at+sniffAhead)]
	for _, tag := range []string{"UNG", "UNH"} {
		for i := 3; i < len(window); {
			j := bytes.Index(window[i:], []byte(tag))
			if j < 0 {
				break
			}
			k := i + j
			if rest := bytes.TrimLeft(window[k+3:], " \r\n"); len(rest) > 0 && rest[0] == element {
				before := bytes.TrimRight(window[:k], " \t\r\n\x00")
				if c := before[len(before)-1]; !alnum(c) && c != element {
					return c
				}
			}
			i = k + 3
		}
	}
	return '\''
}

// findBare finds a message that came without its interchange envelope.
func findBare(b []byte, from int) (start, bool) {
	for i := from; ; {
		j := bytes.Index(b[i:], []byte("UNH"))
		if j < 0 {
			return start{}, false
		}
		at := i + j
		if at+3 < len(b) && !alnum(b[at+3]) && b[at+3] != ' ' && (at == 0 || !alnum(b[at-1])) {
			d := Default()
			if una, ok := unaBefore(b, from, at); ok {
				d = una
			} else {
				d.Element = b[at+3]
			}
			if d.sane() {
				return start{at: at, delims: d, bare: true, sniff: true}, true
			}
		}
		i = at + 3
	}
}

func squeeze(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for _, c := range b {
		if c != '\r' && c != '\n' {
			out = append(out, c)
		}
	}
	return out
}

func alnum(c byte) bool { return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }
