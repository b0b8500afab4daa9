package edifact

import (
	"fmt"
	"strings"
)

// Position is a place in a body as it arrived. Zero parts are not known.
type Position struct {
	Segment   int    // counted from UNB = 1
	Tag       string // of the segment
	Element   int    // data element after the tag, from 1
	Component int    // of the element, from 1
	Offset    int    // bytes from the start of the body
}

// Issue is something that was forgiven, or could not be.
type Issue struct {
	Code     string // stable, snake_case
	Severity string // "error", "warning", "note"
	Pos      Position
	Text     string // one sentence for the sender's engineer; quotes no data
}

// Error says that a body holds nothing that can be read.
type Error struct{ Issue }

// Error implements error.
func (e *Error) Error() string {
	return fmt.Sprintf("edifact: %s at byte %d: %s", e.Code, e.Pos.Offset, e.Text)
}

// Segment is one segment. Its elements are counted from 1, as are components; the tag is no element.
type Segment struct {
	Tag    string
	Number int // in its interchange, UNB = 1
	Offset int // in the body

	src      *source
	from, to int32 // its components in src
}

// source is what the segments of a document share: the text, and where in it every component is. It holds no pointers
// for each component, so that large messages cost the garbage collector nothing.
type source struct {
	text    string
	comps   []comp
	cleaned []string // texts of components that had line wraps or release characters in them
}

// comp is one component of one repetition of one element.
type comp struct {
	from, to uint32 // in the text; when dirty, to is the place in cleaned
	elem     uint16
	rep      uint16
	dirty    bool
}

func (s *source) text1(c *comp) string {
	if c.dirty {
		return s.cleaned[c.to]
	}
	return s.text[c.from:c.to]
}

func (s *Segment) comps() []comp {
	if s.src == nil {
		return nil
	}
	return s.src.comps[s.from:s.to]
}

// Elements returns the number of elements.
func (s *Segment) Elements() int {
	comps := s.comps()
	if len(comps) == 0 {
		return 0
	}
	return int(comps[len(comps)-1].elem)
}

// Repetitions returns how often element e is repeated: 0 when it is absent.
func (s *Segment) Repetitions(e int) int {
	n := 0
	comps := s.comps()
	for i := range comps {
		if c := &comps[i]; int(c.elem) == e {
			n = int(c.rep) + 1
		} else if int(c.elem) > e {
			break
		}
	}
	return n
}

// Components returns the number of components of element e, first repetition.
func (s *Segment) Components(e int) int {
	n := 0
	comps := s.comps()
	for i := range comps {
		if c := &comps[i]; int(c.elem) == e && c.rep == 0 {
			n++
		}
	}
	return n
}

// Get returns component c of element e, first repetition, or "".
func (s *Segment) Get(e, c int) string { return s.At(e, 0, c) }

// At returns component c of repetition r (from 0) of element e, or "".
func (s *Segment) At(e, r, c int) string {
	if x := s.find(e, r, c); x != nil {
		return s.src.text1(x)
	}
	return ""
}

func (s *Segment) find(e, r, c int) *comp {
	comps := s.comps()
	for i := max(e-1, 0); i < len(comps); i++ { // every element before e has a component at least
		x := &comps[i]
		if int(x.elem) < e || int(x.elem) == e && int(x.rep) < r {
			continue
		}
		if i += c - 1; i < len(comps) && int(comps[i].elem) == e && int(comps[i].rep) == r {
			return &comps[i]
		}
		return nil
	}
	return nil
}

// Pos is the position of component c of element e; of the segment when e is 0.
func (s *Segment) Pos(e, c int) Position {
	p := Position{Segment: s.Number, Tag: s.Tag, Element: e, Component: c, Offset: s.Offset}
	if x := s.find(e, 0, max(c, 1)); e > 0 && x != nil {
		p.Offset = int(x.from)
	}
	return p
}

// Number reads a whole number of at most nine digits; -1 when s is none.
func Number(s string) int {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 9 {
		return -1
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}
