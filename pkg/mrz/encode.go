package mrz

import (
	"errors"
	"strings"

	"fairway/pkg/travel"
)

// Encode writes z as the lines of its format, with right check digits. Names are transliterated and, where they do not
// fit, cut; a long number of a TD1 or TD2 goes on in the optional data. It fails on a format or characters that no zone
// has, and on a number or optional data that do not fit.
func Encode(z *Zone) ([]string, error) {
	l := z.Format.layout()
	switch z.Format {
	case TD1, TD2, TD3, MRVA, MRVB:
	default:
		return nil, errors.New("encode zone: the format is TD1, TD2, TD3, MRV-A or MRV-B")
	}
	e := encoder{l: l, b: []byte(strings.Repeat("<", l.lines*l.width))}
	e.put(field{0, 0, 2}, z.Type)
	e.put(field{0, 2, 3}, stateText(z.Issuer))
	e.put(l.nationality, stateText(z.Nationality))
	e.put(l.names, nameField(string(z.Surname), string(z.Given), l.names.n))
	optional := e.number(z)
	e.put(l.optional, optional)
	if z.Format == TD1 {
		e.put(l.second, filler(string(z.Optional2)))
	}
	e.put(l.birth, short(z.Birth.Date()))
	e.digit(l.birth)
	e.put(l.expiry, short(z.Expiry))
	e.digit(l.expiry)
	if z.Sex == "M" || z.Sex == "F" {
		e.put(l.sex, string(z.Sex))
	}
	if l.optionalDigit && optional != "" { // else a filler stands there
		e.digit(l.optional)
	}
	e.composite(z.Format)
	if e.err != nil {
		return nil, e.err
	}
	lines := make([]string, l.lines)
	for i := range lines {
		lines[i] = string(e.b[i*l.width : (i+1)*l.width])
	}
	return lines, nil
}

// encoder writes one zone.
type encoder struct {
	l   layout
	b   []byte
	err error
}

func (e *encoder) put(f field, s string) {
	for i := range len(s) {
		if _, ok := value(s[i]); !ok {
			e.err = errors.New("encode zone: a character that no zone has; it holds A to Z, 0 to 9 and <")
			return
		}
	}
	if len(s) > f.n {
		e.err = errors.New("encode zone: a field is longer than the format has room for")
		return
	}
	copy(e.b[f.line*e.l.width+f.at:], s)
}

func (e *encoder) at(f field) string {
	from := f.line*e.l.width + f.at
	return string(e.b[from : from+f.n])
}

// digit writes the check digit after f.
func (e *encoder) digit(f field) {
	d, _ := CheckDigit(e.at(f))
	e.b[f.line*e.l.width+f.at+f.n] = d
}

func (e *encoder) composite(format Format) {
	if len(e.l.composite) == 0 {
		return
	}
	var over string
	for _, f := range e.l.composite {
		over += e.at(f)
	}
	d, _ := CheckDigit(over)
	at := len(e.b) - 1
	if format == TD1 {
		at = 2*e.l.width - 1
	}
	e.b[at] = d
}

// stateText is a State code as documents print it: Germany has one letter.
func stateText(s travel.State) string {
	if s == "DEU" {
		return "D"
	}
	return string(s)
}

// filler puts fillers for spaces and hyphens, in upper case.
func filler(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return '<'
		}
		return r
	}, strings.ToUpper(strings.TrimRight(s, " <")))
}

// nameField writes names into n characters (ICAO 9303-4, 4.2.3). Where they do not fit, given names give way first, but
// for the first letter of the first, then the primary name is cut; the last character is then a letter, which says so.
func nameField(surname, given string, n int) string {
	primary, secondary := words(surname), words(given)
	if primary == "" {
		primary, secondary = secondary, ""
	}
	s := primary
	if secondary != "" {
		s += "<<" + secondary
	}
	if len(s) <= n {
		return s
	}
	if secondary != "" && len(primary)+3 > n { // room for one letter of a given name
		primary = strings.TrimRight(primary[:n-3], "<")
	}
	if secondary == "" {
		s = primary
	} else {
		s = primary + "<<" + secondary
	}
	s = s[:min(n, len(s))]
	return strings.TrimRight(s, "<")
}

// words transliterates a name, one filler between its parts.
func words(s string) string {
	return strings.Join(strings.FieldsFunc(Transliterate(s), func(r rune) bool { return r == '<' }), "<")
}
