package pnrgov

import (
	"strings"

	"fairway/pkg/edifact"
)

// Mask blots out of a PNRGOV body, in place and without changing its length, what the filter would remove, so that the
// body can be stored as it came. It returns how many elements it blotted. Decode of the masked body gives the same as
// of the body itself. A body that is no EDIFACT PNRGOV is left alone.
func Mask(body []byte) int {
	r := edifact.NewReader(body, limits())
	n := 0
	for r.Next() {
		if r.Message().Type != Type {
			continue
		}
		d := r.Message().Interchange.Delims
		for r.NextSegment() {
			s := r.Segment()
			switch s.Tag {
			case "SSR":
				n += maskService(body, s, d)
			case "IFT", "LTS":
				first := 1
				if s.Tag == "IFT" {
					first = 2
				}
				for e := first; e <= s.Elements(); e++ {
					n += maskText(body, s, e, 1, d)
				}
			}
		}
	}
	return n
}

// maskService blots the code of a banned service together with its text, or the text alone.
func maskService(body []byte, s *edifact.Segment, d edifact.Delims) int {
	if code := s.Get(1, 1); sensitiveService(code) {
		blot(body, s.Pos(1, 1).Offset, d)
		for c := 9; c <= s.Components(1); c++ {
			if s.Get(1, c) != "" {
				blot(body, s.Pos(1, c).Offset, d)
			}
		}
		return 1
	}
	switch code := strings.Trim(s.Get(1, 1), controls); {
	case code == "DOCS", code == "DOCO", code == "DOCA", code == "INFT", code == "TKNE", code == "TKNA", code == "TKNM", code == "FQTV", code == "SEAT",
		strings.HasPrefix(code, "CTC") && len(code) == 4:
		return 0 // names, numbers and addresses: read, not filtered
	}
	n := 0
	for c := 5; c <= s.Components(1); c++ {
		n += maskText(body, s, 1, c, d)
	}
	return n
}

func maskText(body []byte, s *edifact.Segment, e, c int, d edifact.Delims) int {
	if text := s.Get(e, c); text == "" || !sensitiveText(text) {
		return 0
	}
	blot(body, s.Pos(e, c).Offset, d)
	return 1
}

// blot overwrites one component with words that the filter knows for its own, "XXXX XXXX X". Line wraps stay, and what
// services and words are told apart by.
func blot(body []byte, at int, d edifact.Delims) {
	released := false
	for k := 0; at < len(body); at++ {
		c := body[at]
		switch {
		case c == '\r' || c == '\n' || c == 0:
			continue
		case c == '/' || c <= ' ':
			k, released = 0, false
			continue
		case released:
			released = false
		case c == d.Component || c == d.Element || c == d.Terminator || d.Repeat != 0 && c == d.Repeat:
			return
		case d.Release != 0 && c == d.Release: // stays, and releases what is written next
			released = true
			continue
		}
		body[at] = "XXXX "[k%5]
		k++
	}
}
