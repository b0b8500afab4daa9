package wire

import (
	"strings"

	"fairway/pkg/paxlst"
	"fairway/pkg/pnrgov"
	"fairway/pkg/travel"
)

// Encode appends m as one EDIFACT interchange: PNRGOV for bookings, PAXLST for everything else. at is when it was
// prepared, "" for the departure. The syntax level is the lowest that holds the text (standards.md A.4).
func Encode(dst []byte, m *travel.Message, at travel.LocalTime) []byte {
	if m.Kind == travel.PNR {
		return pnrgov.Encode(dst, m, pnrgov.EncodeOptions{At: at})
	}
	from := len(dst)
	dst = paxlst.Encode(dst, m, paxlst.EncodeOptions{At: at})
	level := level(string(dst[from:]))
	if level == "UNOA:4" {
		return dst
	}
	return paxlst.Encode(dst[:from], m, paxlst.EncodeOptions{At: at, Syntax: level})
}

// level is the lowest syntax level whose repertoire holds s: A, B with small letters, W for the rest.
func level(s string) string {
	found := "UNOA:4"
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune(" .,-()/=!\"%&*;<>'+:?", r):
		case r >= 'a' && r <= 'z':
			found = "UNOB:4"
		default:
			return "UNOW:4"
		}
	}
	return found
}
