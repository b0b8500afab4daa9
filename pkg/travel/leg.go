package travel

import "strings"

// Mode is how a leg travels.
type Mode string

// The modes of carriage Fairway knows (UN/ECE Recommendation 19: 4 air, 1 sea).
const (
	Air Mode = "air"
	Sea Mode = "sea"
)

// Port is an IATA airport code ("DXB") or a UN/LOCODE ("GBDVR").
type Port string

// Valid reports whether p has the form of a port's code: three letters of IATA, or a UN/LOCODE, two letters and three more
// of which some may be digits from 2 on (UN/ECE Recommendation 16).
func (p Port) Valid() bool {
	if len(p) != 3 && len(p) != 5 {
		return false
	}
	for i := range len(p) {
		digit := len(p) == 5 && i >= 2 && p[i] >= '2' && p[i] <= '9'
		if !digit && (p[i] < 'A' || p[i] > 'Z') {
			return false
		}
	}
	return true
}

// State is an ISO 3166 alpha-3 code or one of ICAO 9303's extensions ("GBD", "XXA", "UTO"); Germany is "DEU".
type State string

// LegID identifies one departure everywhere: carrier-number-origin-date, for example "ZX-410-DXB-2026-10-05".
type LegID string

// Leg is one departure of one flight or voyage from one port to the next.
type Leg struct {
	Mode        Mode      `json:"mode"`
	Carrier     string    `json:"carrier"`           // IATA designator, or the sea operator's code
	Number      string    `json:"number"`            // flight or voyage number without leading zeros, suffix kept
	Origin      Port      `json:"origin"`            // where it departs
	Destination Port      `json:"destination"`       // where it arrives next
	Departure   LocalTime `json:"departure"`         // scheduled, local at Origin
	Arrival     LocalTime `json:"arrival,omitempty"` // scheduled, local at Destination
	Border      bool      `json:"border,omitempty"`  // the leg that crosses the border (LOC 125 to LOC 87)
	Vessel      *Vessel   `json:"vessel,omitempty"`  // sea only
}

// Vessel is the ship of a sea leg.
type Vessel struct {
	IMO  string `json:"imo,omitempty"`
	Name string `json:"name,omitempty"`
	Flag State  `json:"flag,omitempty"`
}

// ID names the leg: carrier, number, origin, scheduled local departure date (never the UTC date).
func (l Leg) ID() LegID {
	return LegID(l.Carrier + "-" + l.Number + "-" + string(l.Origin) + "-" + string(l.Departure.Date()))
}

// FlightNumber normalises the number part of a flight or voyage: leading zeros go, letters go to upper case.
func FlightNumber(s string) string {
	s = strings.ToUpper(strings.TrimSpace(s))
	trimmed := strings.TrimLeft(s, "0")
	if trimmed == "" || trimmed[0] < '0' || trimmed[0] > '9' {
		if trimmed != s && s != "" { // all zeros, or zeros before a suffix: keep one
			return "0" + trimmed
		}
	}
	return trimmed
}

// SplitFlight takes a designator apart, "ZX0410" or "A9 2707", into carrier and number; carrier is what is known of the
// first already, or "". What shows no carrier is all number.
func SplitFlight(s, carrier string) (string, string) {
	s = Compact(s)
	if carrier = Compact(carrier); carrier != "" && len(s) > len(carrier) && s[:len(carrier)] == carrier {
		return carrier, FlightNumber(s[len(carrier):])
	}
	letters := 0
	for letters < len(s) && asciiLetter(s[letters]) {
		letters++
	}
	prefix := letters
	switch {
	case letters >= 3 && letters < len(s): // ICAO designator, or a sea operator's code
	case letters >= 1 && letters < 2 && len(s) > 2, letters == 0 && len(s) > 2 && asciiLetter(s[1]):
		prefix = 2 // A9 2707, 9W 123: a designator has two characters, one of them a letter
	}
	if s == carrier {
		return carrier, ""
	}
	if prefix >= len(s) {
		return carrier, FlightNumber(s)
	}
	if carrier == "" {
		carrier = s[:prefix]
	}
	return carrier, FlightNumber(s[prefix:])
}

func asciiLetter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }

// Compact is a code in upper case without the spaces and hyphens that some senders write into it.
func Compact(s string) string {
	clean := true
	for i := range len(s) {
		if s[i] == ' ' || s[i] == '-' || s[i] >= 'a' && s[i] <= 'z' {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ' || c == '-':
		case c >= 'a' && c <= 'z':
			b = append(b, c-'a'+'A')
		default:
			b = append(b, c)
		}
	}
	return string(b)
}
