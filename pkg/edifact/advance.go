package edifact

import (
	"strings"

	"fairway/pkg/travel"
)

// advance reads the next segment of the interchange into seg; false where the interchange breaks off.
func (r *Reader) advance() bool {
	for r.total < r.limits.Segments {
		if !r.keep {
			r.comps, r.cleaned = r.comps[:0], r.cleaned[:0]
		}
		r.odd = r.odd[:0]
		open, ok := r.next(&r.seg)
		if !ok {
			return false
		}
		r.total++
		if !inCapitals(r.seg.Tag) && !r.capital() && !validTag(r.seg.Tag) {
			r.skip(open)
			continue
		}
		switch tag := r.seg.Tag; {
		case tag == "UNB" && r.number > 0, tag == "UNA" && r.number > 0: // the interchange before was cut off
			r.pos = r.seg.Offset
			return false
		case open && r.pos < len(r.text):
			r.number++
			r.say("segment_too_long", travel.Fault, travel.Place{Segment: r.number, Tag: tag, Offset: r.seg.Offset}, "a segment is longer than is taken here; it was passed over")
			r.resume()
			continue
		case open && tag != "UNZ" && tag != "UNT":
			return false
		}
		r.number++
		r.seg.Number, r.junk, r.lost = r.number, false, false
		if len(r.odd) > 0 {
			r.sayOdd()
		}
		if r.stray > 0 {
			r.say("unreleased_apostrophe", travel.Warning, travel.Place{Segment: r.number, Tag: r.seg.Tag, Offset: r.stray},
				"an apostrophe inside a name was not released, and read as the name's; send it as ?'")
			r.stray = 0
		}
		return true
	}
	return false
}

// capital writes the tag of the segment in hand in capitals when that makes one that is known.
func (r *Reader) capital() bool {
	tag := r.seg.Tag
	if len(tag) != 3 || !knownTag(strings.ToUpper(tag)) {
		return false
	}
	if r.seg.Tag = strings.ToUpper(tag); !r.small {
		r.small = true
		r.say("lower_case", travel.Note, travel.Place{Segment: r.number + 1, Tag: r.seg.Tag, Offset: r.seg.Offset},
			"a tag is in small letters, and was read in capitals; send tags and codes in capitals")
	}
	return true
}

// skip passes over what is no segment, and says so once for a run of it. A line that ends before a tag is all that is
// skipped.
func (r *Reader) skip(open bool) {
	switch {
	case r.lost || open && !r.open:
	case r.open && !open && r.seg.to > r.seg.from:
		r.lost = true
		r.say("bad_segment", travel.Fault, travel.Place{Segment: r.number + 1, Offset: r.seg.Offset},
			"a segment without a valid tag was passed over, perhaps after an apostrophe in a name; send tags of three letters, and an apostrophe as ?'")
	case !r.junk:
		r.say("junk", travel.Note, travel.Place{Segment: r.number + 1, Offset: r.seg.Offset}, "text that is no segment was passed over")
	}
	r.junk = true
	if at := r.lineStart(); at > 0 {
		r.pos = at
	} else if open {
		r.resume()
	}
}

// lineStart is where in the junk in hand a line starts with a tag and its separator; 0 when none does.
func (r *Reader) lineStart() int {
	limit := min(r.pos, r.seg.Offset+r.limits.Segment)
	first := r.text[r.seg.Offset:limit]
	if i := strings.IndexByte(first, r.delims.Element); i >= 0 {
		first = first[:i]
	}
	i := strings.LastIndexByte(first, '\n')
	if i < 0 || !validTag(strings.Trim(first[i+1:], " ")) {
		return 0
	}
	return r.seg.Offset + i + 1
}

// resume goes to after the next terminator.
func (r *Reader) resume() {
	if i := strings.IndexByte(r.text[r.pos:], r.delims.Terminator); i >= 0 {
		r.pos += i + 1
		return
	}
	r.pos = len(r.text)
}
