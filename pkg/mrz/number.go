package mrz

import (
	"errors"
	"strings"

	"fairway/pkg/travel"
)

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

// number writes the document number, and what goes into the optional data: what z has there, after the rest of a number
// that is longer than its field.
func (e *encoder) number(z *Zone) (optional string) {
	number, optional := filler(string(z.Number)), filler(string(z.Optional))
	n := e.l.number.n
	if len(number) <= n || z.Format != TD1 && z.Format != TD2 {
		e.put(e.l.number, number)
		e.digit(e.l.number)
		return optional
	}
	digit, ok := CheckDigit(number)
	if !ok {
		e.err = errors.New("encode zone: the document number has characters that no zone has")
		return optional
	}
	e.put(e.l.number, number[:n])
	rest := number[n:] + string(digit)
	if optional != "" {
		rest += "<" + optional
	}
	return rest
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
