package edifact

import "bytes"

// start is where an interchange begins: the offset of its UNB (or UNH when it has no envelope) and its delimiters.
type start struct {
	at     int
	delims Delims
	bare   bool    // no UNB
	syntax [4]byte // "UNOA"; zero when there is none
}

// cursor finds a tag from ever later places. It remembers what it found, so that all searches together read the body
// once.
type cursor struct {
	tag   string
	found int // where the tag stands at or after the last place asked for; len(body) when nowhere
	asked int
	ready bool
}

func (c *cursor) next(body []byte, from int) int {
	if c.ready && from <= c.found && from >= c.asked {
		return c.found
	}
	c.asked, c.ready = from, true
	for i := from; ; i++ {
		j := bytes.IndexByte(body[i:], c.tag[0])
		if j < 0 {
			c.found = len(body)
			return c.found
		}
		if i += j; tagAt(body, i, c.tag) > 0 {
			c.found = i
			return i
		}
	}
}

// maxWrap is how many line-wrap bytes are looked through inside one tag.
const maxWrap = 8

// tagAt returns the offset after tag if it stands at i, line wraps in it or not; else 0.
func tagAt(b []byte, i int, tag string) int {
	for k, wraps := 0, 0; k < len(tag); i++ {
		switch {
		case i >= len(b):
			return 0
		case b[i] == tag[k]:
			k++
		case k > 0 && isWrap(b[i]) && wraps < maxWrap:
			wraps++
		default:
			return 0
		}
	}
	return i
}

func isWrap(c byte) bool { return c == '\r' || c == '\n' || c == 0 }

// finder finds the starts of interchanges, one after the other.
type finder struct {
	body     []byte
	unb, unh cursor
}

func newFinder(body []byte) finder {
	return finder{body: body, unb: cursor{tag: "UNB"}, unh: cursor{tag: "UNH"}}
}

// next looks for the next interchange from offset from on, which must not go back.
func (f *finder) next(from int) (start, bool) {
	for at := f.unb.next(f.body, from); at < len(f.body); at = f.unb.next(f.body, at+1) {
		if d, ok := unaBefore(f.body, from, at); ok {
			return start{at: at, delims: d, syntax: syntaxOf(f.body, at)}, true
		}
		if d, ok := sniffDelims(f.body, at); ok {
			return start{at: at, delims: d, syntax: syntaxOf(f.body, at)}, true
		}
	}
	return f.bare(from)
}

// bare finds a message that came without its interchange envelope.
func (f *finder) bare(from int) (start, bool) {
	b := f.body
	for at := f.unh.next(b, from); at < len(b); at = f.unh.next(b, at+1) {
		end := tagAt(b, at, "UNH")
		if end >= len(b) || alnum(b[end]) || blank(b[end]) || at > 0 && alnum(b[at-1]) {
			continue
		}
		d := Default()
		if una, ok := unaBefore(b, from, at); ok {
			d = una
		} else {
			d.Element = b[end]
		}
		if d.sane() {
			return start{at: at, delims: d, bare: true}, true
		}
	}
	return start{}, false
}

// unaBefore reads the UNA that stands before at, with nothing but white space between and line wraps anywhere.
func unaBefore(b []byte, from, at int) (Delims, bool) {
	if d, ok := unaOfLines(b, from, at); ok {
		return d, true
	}
	var near [24]byte // the last bytes before at, without line wraps
	n := len(near)
	for i := at - 1; i >= max(from, at-3*len(near)) && n > 0; i-- {
		if !isWrap(b[i]) {
			n--
			near[n] = b[i]
		}
	}
	// The terminator may itself be a blank; try the nearest place first, then beyond white space.
	for end := len(near); end-9 >= n; end-- {
		u := near[end-9 : end]
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
		if !blank(near[end-1]) {
			break
		}
	}
	return Delims{}, false
}

// unaOfLines reads the UNA that stands before at, when the terminator that it names is the end of a line. A line may just
// as well be wrapped there: it counts when the segment after UNB is ended so too.
func unaOfLines(b []byte, from, at int) (Delims, bool) {
	end := at
	for end > from && blank(b[end-1]) && at-end < maxWrap {
		end--
	}
	a := end - len("UNA:+.?") // the repetition character may be a blank, and the terminator is
	for ; a >= from && a >= end-8; a-- {
		if string(b[a:a+3]) == "UNA" {
			break
		}
	}
	if a < from || a < end-8 || a+9 > at || !isWrap(b[a+8]) || !blank(b[a+7]) && a+8 != end {
		return Delims{}, false
	}
	d := Delims{b[a+3], b[a+4], b[a+5], b[a+6], b[a+7], '\n'}
	if d.Release == ' ' {
		d.Release = 0
	}
	if d.Repeat == ' ' {
		d.Repeat = 0
	}
	first, _ := beforeMessage(b, at, d.Element)
	return d, d.sane() && first == '\n'
}

// head is the first bytes of UNB+UNOA:4, without line wraps; fewer when the body ends.
func head(b []byte, at int) (head [9]byte, n int) {
	for i := at; i < min(len(b), at+3*len(head)) && n < len(head); i++ {
		if !isWrap(b[i]) {
			head[n] = b[i]
			n++
		}
	}
	return head, n
}

func syntaxOf(b []byte, at int) [4]byte {
	h, _ := head(b, at)
	return [4]byte(h[4:8])
}

// sniffDelims infers the delimiters from UNB+UNOA:4+ and from what stands before the next service segment.
func sniffDelims(b []byte, at int) (Delims, bool) {
	head, n := head(b, at)
	if n < len(head) || alnum(head[3]) || blank(head[3]) {
		return Delims{}, false
	}
	d := Default()
	d.Element = head[3]
	for _, c := range head[4:8] {
		if !alnum(c) {
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

const sniffAhead = 512 // bytes in which the segment after UNB must start; UNB has fewer than 250

// sniffTerminator takes what stands before the first UNG or UNH for the terminator, but for the usual one before any.
// Where that is text, the end of the line is, unless the usual one stands elsewhere: it was lost there.
func sniffTerminator(b []byte, at int, element byte) byte {
	first, window := beforeMessage(b, at, element)
	if first == '\n' && bytes.IndexByte(window, '\'') >= 0 {
		return '\''
	}
	return first
}

// beforeMessage is what ends the segment before the first UNG or UNH, "'" when none starts in the window looked at.
func beforeMessage(b []byte, at int, element byte) (first byte, window []byte) {
	window = b[at:min(len(b), at+sniffAhead)]
	first = '\''
	for i := 4; i < len(window); i++ {
		if !startsMessage(window, i, element) {
			continue
		}
		before := bytes.TrimRight(window[:i], " \t\r\n\x00")
		switch c := before[len(before)-1]; {
		case c == '\'':
			return c, window
		case c == element || first != '\'':
		case !alnum(c):
			first = c
		case bytes.IndexByte(window[len(before):i], '\n') >= 0:
			first = '\n'
		}
	}
	return first, window
}

// startsMessage reports whether UNG or UNH stands at i.
func startsMessage(b []byte, i int, element byte) bool {
	if b[i] != 'U' {
		return false
	}
	end := max(tagAt(b, i, "UNG"), tagAt(b, i, "UNH"))
	for end > 0 && end < len(b) && (isWrap(b[end]) || b[end] == ' ') {
		end++
	}
	return end > 0 && end < len(b) && b[end] == element
}
