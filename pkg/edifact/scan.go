package edifact

import "strings"

// Limits bound what Parse accepts (standards.md A.7).
type Limits struct {
	Bytes    int // of a body
	Segment  int // bytes of one segment
	Segments int // of a body
}

// DefaultLimits takes the largest PNRGOV push.
func DefaultLimits() Limits { return Limits{Bytes: 64 << 20, Segment: 64 << 10, Segments: 2_000_000} }

const maxElements = 500 // of a segment; more is junk

// scanner cuts a body into segments.
type scanner struct {
	*source
	limits Limits
	class  [256]uint8
	delims Delims
	pos    int
	arena  strings.Builder // texts that are not in the body as they are
}

// next gives the next segment. Its second result is false at the end of the text. A segment without a terminator is
// given with open set.
func (s *scanner) next(seg *Segment) (open, ok bool) {
	for s.pos < len(s.text) && blank(s.text[s.pos]) {
		s.pos++
	}
	if s.pos >= len(s.text) {
		return false, false
	}
	begin, first := s.pos, len(s.comps)
	open = s.cut(begin)
	seg.Offset, seg.src, seg.from, seg.to = begin, s.source, int32(first+1), int32(len(s.comps))
	if seg.Tag = s.text1(&s.comps[first]); len(seg.Tag) != 3 {
		seg.Tag = strings.TrimRight(seg.Tag, " ")
	}
	return open, true
}

func blank(c byte) bool { return c <= ' ' }

// cut reads one segment from begin, its tag as the first component, and stops after the terminator.
func (s *scanner) cut(begin int) (open bool) {
	elem, rep := uint16(0), uint16(0)
	from, dirty := begin, false // of the component; dirty when it holds bytes that are not its text
	text := s.text
	limit := min(len(text), begin+s.limits.Segment)
	i := begin
	for ; i < limit; i++ {
		k := s.class[text[i]]
		if k == plain {
			continue
		}
		if k == wrap {
			dirty = true
			continue
		}
		if k == release {
			dirty = true
			for i++; i < limit && s.class[text[i]] == wrap; i++ {
			}
			continue
		}
		s.add(from, i, elem, rep, dirty)
		from, dirty = i+1, false
		switch k {
		case element:
			elem, rep = elem+1, 0
		case repeat:
			rep++
		case terminator:
			s.pos = i + 1
			return false
		}
		if elem > maxElements || rep > maxElements {
			break
		}
	}
	s.add(from, min(i, limit), elem, rep, dirty)
	s.pos = min(i, limit)
	return true
}

func (s *scanner) add(from, to int, elem, rep uint16, dirty bool) {
	c := comp{from: uint32(from), to: uint32(max(from, to)), elem: elem, rep: rep, dirty: dirty}
	if dirty {
		t := s.clean(s.text[c.from:c.to])
		c.to = uint32(len(s.cleaned))
		s.cleaned = append(s.cleaned, t)
	}
	s.comps = append(s.comps, c)
}

// clean drops line wraps and resolves release characters. The texts it makes share blocks of memory: what a block
// holds is never written again.
func (s *scanner) clean(t string) string {
	if s.arena.Cap()-s.arena.Len() < len(t) {
		grow := max(len(t), min(2*s.arena.Cap()+128, 8<<10))
		s.arena = strings.Builder{}
		s.arena.Grow(grow)
	}
	from := s.arena.Len()
	for i := 0; i < len(t); i++ {
		switch s.class[t[i]] {
		case wrap:
		case release:
			for i++; i < len(t) && s.class[t[i]] == wrap; i++ {
			}
			if i < len(t) {
				s.arena.WriteByte(t[i])
			}
		default:
			s.arena.WriteByte(t[i])
		}
	}
	return s.arena.String()[from:]
}

// validTag reports whether t can be a segment's tag: three letters or digits, the first a letter.
func validTag(t string) bool {
	return len(t) == 3 && t[0] >= 'A' && t[0] <= 'Z' && alnum(t[1]) && alnum(t[2])
}
