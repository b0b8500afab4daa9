package edifact

import (
	"strings"
	"unicode/utf8"
)

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

	charset charset
	extent  string   // the text of the interchange
	raw     []byte   // scratch
	likely  evidence // of the extent; not looked for until its table is asked for
	said    [notDeclared]bool
	odd     []oddity // of the segment in hand
	stray   int      // where an apostrophe stands that is a name's and not released; 0 when none was met
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

// maybeNames reports whether a segment may be one of names: NAD, TIF, PDT, in small letters or with a line wrap in the
// tag as well. It is asked of every segment of these initials, so it looks at three bytes.
func maybeNames(t string, begin int) bool {
	if begin+3 > len(t) {
		return false
	}
	b, c := t[begin+1]|0x20, t[begin+2]|0x20
	switch t[begin] | 0x20 {
	case 'n':
		return b == 'a' && c == 'd' || isWrap(t[begin+1]) || isWrap(t[begin+2])
	case 't':
		return b == 'i' && c == 'f' || isWrap(t[begin+1]) || isWrap(t[begin+2])
	case 'p':
		return b == 'd' && c == 't' || isWrap(t[begin+1]) || isWrap(t[begin+2])
	}
	return false
}

func blank(c byte) bool { return c <= ' ' }

// cut reads one segment from begin, its tag as the first component, and stops after the terminator.
func (s *scanner) cut(begin int) (open bool) {
	elem, rep := uint16(0), uint16(0)
	from, dirty := begin, false // of the component; dirty when it holds bytes that are not its text
	class, comps := &s.class, s.comps
	limit := min(len(s.text), begin+s.limits.Segment)
	text := s.text[:limit] // no bounds to check byte by byte
	i := begin
	for ; i < len(text); i++ {
		for class[text[i]] == plain {
			if i++; i >= len(text) {
				break
			}
		}
		if i >= len(text) {
			break
		}
		k := class[text[i]]
		if k >= wrap {
			dirty = true
			if k == release {
				for i++; i < limit && class[text[i]] == wrap; i++ {
				}
			}
			continue
		}
		if initial := text[begin] | 0x20; k == terminator && (initial == 'n' || initial == 't' || initial == 'p') && maybeNames(text, begin) && s.inName(begin, i) {
			s.stray = i
			continue
		}
		if dirty {
			comps = append(comps, s.dirty(from, i, elem, rep))
		} else {
			comps = append(comps, comp{from: uint32(from), to: uint32(i), elem: elem, rep: rep})
		}
		from, dirty = i+1, false
		if k == terminator {
			s.comps, s.pos = comps, i+1
			return false
		}
		if k == element {
			elem, rep = elem+1, 0
		} else if k == repeat {
			rep++
		}
		if elem > maxElements || rep > maxElements {
			break
		}
	}
	i = min(i, limit)
	s.comps, s.pos = append(comps, s.dirty(min(from, i), i, elem, rep)), i
	return true
}

// dirty is a component whose text is not in the body as it is.
func (s *scanner) dirty(from, to int, elem, rep uint16) comp {
	text, how := s.clean(s.text[from:to])
	s.cleaned = append(s.cleaned, text)
	if how == notDeclared || how != asDeclared && !s.said[how] {
		s.odd = append(s.odd, oddity{how, int(elem), from})
		if how != notDeclared {
			s.said[how] = true
		}
	}
	return comp{uint32(from), uint32(len(s.cleaned) - 1), elem, rep, true}
}

// clean drops line wraps, resolves release characters and reads characters beyond ASCII. The texts it makes share
// blocks of memory: what a block holds is never written again.
func (s *scanner) clean(t string) (string, reading) {
	s.room(len(t))
	from, odd := s.arena.Len(), false
	for i := 0; i < len(t); i++ {
		switch s.class[t[i]] {
		case wrap:
			continue
		case release:
			for i++; i < len(t) && s.class[t[i]] == wrap; i++ {
			}
			if i == len(t) {
				continue
			}
		}
		odd = odd || t[i] >= utf8.RuneSelf
		s.arena.WriteByte(t[i])
	}
	if text := s.arena.String()[from:]; odd {
		return s.recode(text)
	}
	return s.arena.String()[from:], asDeclared
}

// room makes room in the arena for n bytes.
func (s *scanner) room(n int) {
	if s.arena.Cap()-s.arena.Len() < n {
		grow := max(n, min(2*s.arena.Cap()+128, 8<<10))
		s.arena = strings.Builder{}
		s.arena.Grow(grow)
	}
}

// validTag reports whether t can be a segment's tag: three letters or digits, the first a letter.
func validTag(t string) bool {
	return len(t) == 3 && t[0] >= 'A' && t[0] <= 'Z' && alnum(t[1]) && alnum(t[2])
}

// inCapitals reports whether t is a valid tag without small letters.
func inCapitals(t string) bool { return validTag(t) && t[1] <= 'Z' && t[2] <= 'Z' }
