package edifact

import "fairway/pkg/travel"

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

// Pos is the place of component c of element e; of the segment when e is 0.
func (s *Segment) Pos(e, c int) travel.Place {
	p := travel.Place{Segment: s.Number, Tag: s.Tag, Element: e, Component: c, Offset: s.Offset}
	if x := s.find(e, 0, max(c, 1)); e > 0 && x != nil {
		p.Offset = int(x.from)
	}
	return p
}
