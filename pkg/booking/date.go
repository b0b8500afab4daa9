package booking

import (
	"strings"

	"fairway/pkg/travel"
)

// Tidied is a date or time without the blanks around it, and those that line wraps leave in it.
func (b *Builder) Tidied(s string, at travel.Place) string {
	if strings.IndexByte(s, ' ') < 0 {
		return s
	}
	b.Find("padded_date", travel.Note, at, "a date or time with blanks in it was read without them; send none")
	return plain(s)
}

// UnknownDate reports whether s stands for a date that is not known: only zeros, in any form of a date.
func UnknownDate(s string) bool {
	zeros := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '0':
			zeros++
		case c != '-' && c != '/' && (i < 2 || i > 4 || !letter(c)):
			return false
		}
	}
	return zeros >= 4
}

// Unknown notes a date that is sent as unknown.
func (b *Builder) Unknown(at travel.Place) {
	b.Find("unknown_date", travel.Warning, at, "a date of zeros was taken for unknown; leave the date empty when it is not known")
}

const months = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"

// PaperDate reads DDMMMYY or DDMMMYYYY, as services write dates. A two-digit year is the last that is not after the
// year latest.
func PaperDate(s string, latest int) (travel.Date, bool) {
	if !DateLike(s) {
		return "", false
	}
	month := strings.Index(months, strings.ToUpper(s[2:5]))
	year := travel.Whole(s[5:])
	if month < 0 || month%3 != 0 || year < 0 {
		return "", false
	}
	if len(s) == 7 {
		if year += latest - latest%100; year > latest {
			year -= 100
		}
	}
	return travel.NewDate(year, month/3+1, travel.Whole(s[:2]))
}

// DateLike reports whether s has the shape of DDMMMYY.
func DateLike(s string) bool {
	if len(s) != 7 && len(s) != 9 {
		return false
	}
	for i := range len(s) {
		letter := i >= 2 && i < 5
		c := s[i] &^ 0x20
		if letter != (c >= 'A' && c <= 'Z') || !letter && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

// Born reads a birth date: the last that is not after the message's own date.
func (b *Builder) Born(s string, at travel.Place) travel.Date {
	on := b.Today()
	year, _, _ := on.Parts()
	if year == 0 {
		year, on = 2099, "2099-12-31"
	}
	if UnknownDate(s) {
		b.Unknown(at)
		return ""
	}
	date, ok := PaperDate(s, year)
	if ok && date > on && len(s) == 7 {
		date, ok = PaperDate(s, year-1)
	}
	switch y, _, _ := date.Parts(); {
	case !ok:
		b.Find("bad_date", travel.Fault, at, "not a birth date; send DDMMMYY")
		return ""
	case date > on:
		b.Find("birth_in_future", travel.Fault, at, "the birth date is after departure; send DDMMMYY")
		return ""
	case y < 1880:
		b.Find("bad_date", travel.Fault, at, "the birth date is further back than anyone's; send DDMMMYY")
		return ""
	}
	return date
}

// Today is the date of the reported departure, else of UNB; "" when neither is known.
func (b *Builder) Today() travel.Date {
	if leg, ok := b.Message.ReportLeg(); ok {
		return leg.Departure.Date()
	}
	return b.Sent.Date()
}

// FormatDate writes a full date as services have it, DDMMMYY; "" for any other.
func FormatDate(d travel.Date) string {
	y, m, day := d.Parts()
	if day == 0 {
		return ""
	}
	return string([]byte{byte('0' + day/10), byte('0' + day%10)}) + months[m*3-3:m*3] + string([]byte{byte('0' + y/10%10), byte('0' + y%10)})
}
