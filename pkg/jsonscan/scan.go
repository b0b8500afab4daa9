// Package jsonscan steps over a JSON text by what bounds it, strings and brackets, before a library without bounds of its own
// sees a byte.
//
// It promises one pass in memory that does not grow, on any bytes. It does not check that they are JSON, reads no value,
// and has no limits: who asks sets them.
package jsonscan

// Deeper reports whether a text nests deeper than most.
func Deeper(text []byte, most int) bool {
	s := New(text)
	for c := s.Next(); c != 0; c = s.Next() {
		if s.depth > most {
			return true
		}
	}
	return false
}

// Scan stands at one string or bracket of a text.
type Scan struct {
	text     []byte
	from, to int
	depth    int
}

// New makes a scan that stands before the text.
func New(text []byte) Scan { return Scan{text: text} }

// Next goes to the next string or bracket and returns its first byte; 0 at the end of the text.
func (s *Scan) Next() byte {
	for i := s.to; i < len(s.text); i++ {
		switch c := s.text[i]; c {
		case '"':
			s.from, s.to = i, s.end(i+1)
			return c
		case '{', '[':
			s.depth++
			s.from, s.to = i, i+1
			return c
		case '}', ']':
			s.depth--
			s.from, s.to = i, i+1
			return c
		}
	}
	s.from, s.to = len(s.text), len(s.text)
	return 0
}

// end is after the quotation mark that ends the string which has begun before i, or after the text where none does.
func (s *Scan) end(i int) int {
	for ; i < len(s.text) && s.text[i] != '"'; i++ {
		if s.text[i] == '\\' {
			i++
		}
	}
	return min(i+1, len(s.text))
}

// At is where the string or bracket starts, and where what follows it does.
func (s *Scan) At() (from, to int) { return s.from, s.to }

// Depth is how many objects and lists are open, with the one that has just begun; negative where more ended than began.
func (s *Scan) Depth() int { return s.depth }

// IsKey reports whether the string in hand is the name of a field: a colon follows it.
func (s *Scan) IsKey() bool {
	for _, c := range s.text[s.to:] {
		switch c {
		case ' ', '\t', '\r', '\n':
		default:
			return c == ':'
		}
	}
	return false
}
