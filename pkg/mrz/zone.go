package mrz

import "fairway/pkg/travel"

// Format is the size and kind of a document.
type Format string

// The formats (ICAO 9303-4 to 9303-7).
const (
	TD1  Format = "TD1"   // 3 lines of 30: identity cards
	TD2  Format = "TD2"   // 2 lines of 36
	TD3  Format = "TD3"   // 2 lines of 44: passports
	MRVA Format = "MRV-A" // 2 lines of 44
	MRVB Format = "MRV-B" // 2 lines of 36
)

// Zone is what a machine-readable zone says. Fields that it leaves out are empty.
type Zone struct {
	Format      Format
	Type        string // document code as printed: "P", "I", "V", "PD"
	Issuer      travel.State
	Surname     travel.Name // the only name of a person with one
	Given       travel.Name // joined by one space
	Cut         bool        // the name field is full: the name may go on, match it as a prefix
	Number      travel.Number
	Nationality travel.State
	Birth       travel.BirthDate // to the day, month or year known
	Sex         travel.Sex       // M, F, or X for unspecified
	Expiry      travel.Date
	Optional    travel.Text // of line 1 in TD1
	Optional2   travel.Text // of line 2 in TD1
	Findings    []travel.Finding
}

// Document is the travel document of z.
func (z *Zone) Document() travel.Document {
	return travel.Document{Type: z.Type, Number: z.Number, Issuer: z.Issuer, Expiry: z.Expiry}
}

// layout is where a format has its fields: line and column counted from 0, length.
type layout struct {
	lines, width                                                     int
	names, number, nationality, birth, sex, expiry, optional, second field
	composite                                                        []field // what the last digit is over; none in a visa
	optionalDigit                                                    bool    // TD3 has a digit over the optional data
}

type field struct{ line, at, n int }

// layouts is standards.md E.2.
func (f Format) layout() layout {
	two := func(width int) layout {
		return layout{lines: 2, width: width, names: field{0, 5, width - 5}, number: field{1, 0, 9}, nationality: field{1, 10, 3}, birth: field{1, 13, 6},
			sex: field{1, 20, 1}, expiry: field{1, 21, 6}, optional: field{1, 28, width - 28}}
	}
	switch f {
	case TD1:
		return layout{lines: 3, width: 30, names: field{2, 0, 30}, number: field{0, 5, 9}, nationality: field{1, 15, 3}, birth: field{1, 0, 6},
			sex: field{1, 7, 1}, expiry: field{1, 8, 6}, optional: field{0, 15, 15}, second: field{1, 18, 11},
			composite: []field{{0, 5, 25}, {1, 0, 7}, {1, 8, 7}, {1, 18, 11}}}
	case TD2:
		l := two(36)
		l.optional.n = 7
		l.composite = []field{{1, 0, 10}, {1, 13, 7}, {1, 21, 14}}
		return l
	case TD3:
		l := two(44)
		l.optional.n = 14
		l.optionalDigit = true
		l.composite = []field{{1, 0, 10}, {1, 13, 7}, {1, 21, 22}}
		return l
	case MRVB:
		return two(36)
	}
	return two(44)
}

// CheckDigit is the digit over s, weights 7, 3, 1 (ICAO 9303-3, 4.9); ok is false on a character outside A-Z, 0-9 and <.
func CheckDigit(s string) (digit byte, ok bool) {
	sum := 0
	for i := range len(s) {
		v, ok := value(s[i])
		if !ok {
			return 0, false
		}
		sum += v * [3]int{7, 3, 1}[i%3]
	}
	return byte('0' + sum%10), true
}

func value(c byte) (int, bool) {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0'), true
	case c >= 'A' && c <= 'Z':
		return int(c-'A') + 10, true
	}
	return 0, c == '<'
}
