package mrz

import (
	"strings"

	"fairway/pkg/travel"
)

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

// short writes YYMMDD, fillers for what is not known.
func short(d travel.Date) string {
	y, m, day := d.Parts()
	if y == 0 {
		return ""
	}
	two := func(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }
	s := two(y)
	if m > 0 {
		s += two(m)
	}
	if day > 0 {
		s += two(day)
	}
	return s
}
