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

// number reads the document number. One longer than nine characters has a filler for its digit, and goes on in the
// optional data, its digit last; the digit is over the number, or over the number with the filler in it (E.2).
func (d *decoder) number() {
	l := &d.l
	raw, digit := d.at(l.number), d.at(field{l.number.line, l.number.at + 9, 1})
	optional := d.at(l.optional)
	z := &d.z
	if z.Format == TD1 {
		z.Optional = travel.Text(strings.TrimRight(optional, "<"))
	}
	if long, rest, ok := cutLong(raw, digit, optional); ok && z.Format != TD3 && z.Format != MRVA && z.Format != MRVB {
		number, sent := long[:len(long)-1], long[len(long)-1]
		plain, _ := CheckDigit(raw + number)
		filled, _ := CheckDigit(raw + "<" + number)
		if sent != plain && sent != filled {
			d.find("check_digit", travel.Warning, l.optional, "the check digit of the document number is wrong; was a character misread?")
		}
		z.Number = travel.Number(raw + number)
		if z.Format == TD1 {
			z.Optional = travel.Text(rest)
		}
		return
	}
	z.Number = travel.Number(strings.TrimRight(raw, "<"))
	if z.Number == "" {
		d.find("no_document_number", travel.Warning, l.number, "the document has no number")
	}
	d.check(l.number, "document number")
}

// cutLong parts the continuation of a long number, its digit included, from the rest of the optional data.
func cutLong(number, digit, optional string) (long, rest string, ok bool) {
	if digit != "<" || strings.IndexByte(number, '<') >= 0 {
		return "", "", false
	}
	long, rest, _ = strings.Cut(optional, "<")
	if len(long) < 2 || long[len(long)-1] < '0' || long[len(long)-1] > '9' {
		return "", "", false
	}
	return long, strings.TrimRight(rest, "<"), true
}

// check holds a field against the digit after it.
func (d *decoder) check(f field, what string) {
	want, _ := CheckDigit(d.at(f))
	got := d.at(field{f.line, f.at + f.n, 1})[0]
	empty := strings.Trim(d.at(f), "<") == ""
	if got == want || got == '<' && empty {
		return
	}
	d.find("check_digit", travel.Warning, field{f.line, f.at + f.n, 1}, "the check digit of the "+what+" is wrong; was a character misread?")
}

// optional reads the optional data of a document of two lines.
func (d *decoder) optional() {
	raw := d.at(d.l.optional)
	if d.z.Format == TD2 {
		if _, rest, ok := cutLong(d.at(d.l.number), d.at(field{1, 9, 1}), raw); ok {
			raw = rest
		}
	}
	d.z.Optional = travel.Text(strings.TrimRight(raw, "<"))
	if d.l.optionalDigit {
		d.check(d.l.optional, "optional data")
	}
}

// composite holds the whole against its last digit.
func (d *decoder) composite() {
	if len(d.l.composite) == 0 {
		return
	}
	var over strings.Builder
	for _, f := range d.l.composite {
		over.WriteString(d.at(f))
	}
	last := field{d.l.lines - 1, d.l.width - 1, 1}
	if d.z.Format == TD1 {
		last = field{1, 29, 1}
	}
	if want, _ := CheckDigit(over.String()); d.at(last)[0] != want {
		d.find("check_digit", travel.Warning, last, "the composite check digit is wrong; was a character misread?")
	}
}

// date reads YYMMDD, fillers for what is not known.
func (d *decoder) date(f field, what string) (yymmdd string, ok bool) {
	d.check(f, what)
	raw := d.at(f)
	known := strings.TrimRight(raw, "<")
	if known == "" {
		return "", false
	}
	if len(known)%2 != 0 || strings.Trim(known, "0123456789") != "" {
		d.find("bad_date", travel.Fault, f, "not a "+what+"; it is six digits, fillers for what is not known")
		return "", false
	}
	if _, fits := full("20", known); !fits {
		if _, fits = full("19", known); !fits {
			d.find("bad_date", travel.Fault, f, "no such day in the calendar")
			return "", false
		}
	}
	return known, true
}

// full makes a date out of a century and what is known of YYMMDD.
func full(century, known string) (travel.Date, bool) {
	s := century + known[:2]
	for i := 2; i < len(known); i += 2 {
		s += "-" + known[i:i+2]
	}
	d := travel.Date(s)
	return d, d.Valid()
}

// century places a two-digit year: a birth in the latest century that is not after today, an expiry in this one.
func (d *decoder) century(known string, future bool) travel.Date {
	late, lateFits := full("20", known)
	early, earlyFits := full("19", known)
	n := min(len(late), len(d.on))
	if !future && (late[:n] > d.on[:n] || !lateFits) && earlyFits {
		return early
	}
	if !lateFits {
		return early
	}
	return late
}
