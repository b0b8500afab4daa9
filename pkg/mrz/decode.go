package mrz

import (
	"strings"
	"unicode/utf8"

	"fairway/pkg/travel"
)

// maxText bounds what is looked at: no zone has more than 90 characters, line ends and spaces aside.
const maxText = 512

// Decode reads a zone: its lines apart, or run together. on is today or the day of travel; it places two-digit years:
// a birth date is never after it, nor after the expiry where on is "". The error is a *travel.DecodeError.
func Decode(text string, on travel.Date) (Zone, error) {
	d := decoder{on: on}
	if len(text) > maxText {
		return Zone{}, refuse("too_large", maxText, "no machine-readable zone is this long; send its two or three lines only")
	}
	lines, err := d.lines(text)
	if err != nil {
		return Zone{}, err
	}
	d.cut, d.l = lines, d.z.Format.layout()
	d.read()
	return d.z, nil
}

func refuse(code string, offset int, text string) error {
	return &travel.DecodeError{Findings: []travel.Finding{{Code: code, Severity: travel.Fault, Tag: "MRZ", Offset: offset, Text: text}}}
}

// decoder reads one zone.
type decoder struct {
	z      Zone
	on     travel.Date
	l      layout
	cut    string // the lines run together, fillers as <
	offset []int  // of each of its characters in the text as it came
}

// lines cleans the text: upper case, line ends and spaces at the ends of lines off, other spaces and « as fillers. It
// tells the format.
func (d *decoder) lines(text string) (string, error) {
	var b strings.Builder
	for i, r := range text {
		c := byte(0)
		switch {
		case r >= 'a' && r <= 'z':
			c = byte(r) - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '<':
			c = byte(r)
		case r == '«':
			b.WriteByte('<')
			d.offset = append(d.offset, i)
			c = '<'
		case r == ' ' && inside(text, i):
			c = '<'
		case r == ' ', r == '\n', r == '\r', r == '\t', r == '\ufeff':
			continue
		default:
			return "", refuse("bad_character", i, "a character that no machine-readable zone has; it holds A to Z, 0 to 9 and <")
		}
		b.WriteByte(c)
		d.offset = append(d.offset, i)
	}
	s := b.String()
	visa := strings.HasPrefix(s, "V")
	switch {
	case len(s) == 90:
		d.z.Format = TD1
	case len(s) == 88 && visa:
		d.z.Format = MRVA
	case len(s) == 88:
		d.z.Format = TD3
	case len(s) == 72 && visa:
		d.z.Format = MRVB
	case len(s) == 72:
		d.z.Format = TD2
	default:
		return "", refuse("bad_length", min(len(text), maxText), "not 2 lines of 44, 2 of 36 or 3 of 30 characters; a line is short or long")
	}
	return s, nil
}

// inside reports whether the space at i stands between two characters of one line.
func inside(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:i], " \t"))
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[i:], " \t"))
	end := func(r rune) bool { return r == '\n' || r == '\r' || r == utf8.RuneError || r == '\ufeff' }
	return !end(before) && !end(after)
}

// at is the text of a field.
func (d *decoder) at(f field) string {
	from := f.line*d.l.width + f.at
	return d.cut[from : from+f.n]
}

func (d *decoder) find(code string, s travel.Severity, f field, text string) {
	d.z.Findings = append(d.z.Findings, travel.Finding{Code: code, Severity: s, Tag: "MRZ", Element: f.line + 1, Component: f.at + 1,
		Offset: d.offset[f.line*d.l.width+f.at], Text: text})
}

func (d *decoder) read() {
	z, l := &d.z, &d.l
	z.Type = strings.TrimRight(d.at(field{0, 0, 2}), "<")
	z.Issuer = d.state(field{0, 2, 3})
	z.Nationality = d.state(l.nationality)
	d.names()
	d.number()
	birth, born := d.date(l.birth, "birth date")
	if expiry, ok := d.date(l.expiry, "date of expiry"); ok {
		z.Expiry = d.century(expiry, true)
	}
	if d.on == "" { // nobody is born after their passport expires
		d.on = z.Expiry
	}
	if born {
		z.Birth = travel.BirthDate(d.century(birth, false))
	}
	switch s := d.at(l.sex); s {
	case "M", "F":
		z.Sex = travel.Sex(s)
	case "<", "X":
		z.Sex = "X"
	default:
		d.find("unknown_sex", travel.Note, l.sex, "a gender that is not M, F or <; taken as not said")
	}
	if z.Format != TD1 {
		d.optional()
	} else {
		z.Optional2 = travel.Text(strings.TrimRight(d.at(l.second), "<"))
	}
	d.composite()
}

// state reads a State code.
func (d *decoder) state(f field) travel.State {
	raw := strings.TrimRight(d.at(f), "<")
	if raw == "" {
		d.find("missing_state", travel.Warning, f, "a State code is missing")
		return ""
	}
	code, known, mapped := travel.ParseState(raw)
	switch {
	case !known:
		d.find("unknown_state", travel.Warning, f, "not a State code of ICAO 9303-3")
	case code == "UTO":
		d.find("specimen_state", travel.Warning, f, "Utopia is the State of specimens; nobody travels on its documents")
	case mapped && raw != "D": // which is how ICAO 9303 writes Germany
		d.find("state_mapped", travel.Note, f, "a State code of fewer than three letters; it was read as its three letters")
	}
	return code
}

// names parts the name field. Where no secondary name follows, the person has one name; some States leave the primary
// out instead.
func (d *decoder) names() {
	raw := d.at(d.l.names)
	d.z.Cut = raw[len(raw)-1] != '<'
	primary, secondary, _ := strings.Cut(raw, "<<")
	surname, given := spaced(primary), spaced(secondary)
	if surname == "" {
		surname, given = given, ""
	}
	if surname == "" {
		d.find("no_name", travel.Fault, d.l.names, "the name field is empty")
	}
	if strings.ContainsAny(surname+given, "0123456789") {
		d.find("digit_in_name", travel.Warning, d.l.names, "a digit in a name; was a letter misread?")
	}
	d.z.Surname, d.z.Given = travel.Name(surname), travel.Name(given)
}

// spaced turns runs of fillers into one space.
func spaced(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '<' }), " ")
}
