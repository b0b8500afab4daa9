package pnrgov

import (
	"strings"

	"fairway/pkg/travel"
)

// dateTime reads a date of six digits (or CCYYMMDD where the year comes first) and a time of hhmm or hhmmss; without a
// time it is the start of that day. Years are of this century.
func dateTime(date, clock, form string) (travel.LocalTime, bool) {
	date, clock = strings.TrimSpace(date), strings.TrimSpace(clock)
	n := travel.Whole(date)
	var year, month, day int
	switch {
	case n < 0:
		return "", false
	case len(date) == 8 && form == "YYMMDD":
		year, month, day = n/10000, n/100%100, n%100
	case len(date) != 6:
		return "", false
	case form == "YYMMDD":
		year, month, day = 2000+n/10000, n/100%100, n%100
	default:
		year, month, day = 2000+n%100, n/100%100, n/10000
	}
	switch len(clock) {
	case 0:
		clock = "0000"
	case 4, 6:
	default:
		return "", false
	}
	hour, minute := travel.Whole(clock[:2]), travel.Whole(clock[2:4])
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return "", false
	}
	if month < 1 || month > 12 || day < 1 || year < 1 {
		return "", false
	}
	b := [...]byte{digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), '-', digit(month / 10), digit(month), '-',
		digit(day / 10), digit(day), 'T', clock[0], clock[1], ':', clock[2], clock[3]}
	at := travel.LocalTime(b[:])
	if !at.Date().Full() {
		return "", false
	}
	return at, true
}

func digit(n int) byte { return byte('0' + n%10) }

// readTimes are the dates and times that were read last: most bookings of a push have the same flights.
type readTimes [16]struct {
	date, clock string
	at          travel.LocalTime
}

// readBefore reads a date of DDMMYY and a time as dateTime does.
func (d *decoder) readBefore(date, clock string) (travel.LocalTime, bool) {
	if len(date) != 6 || len(clock) != 4 {
		return dateTime(date, clock, "DDMMYY")
	}
	slot := &d.times[(date[0]+3*date[1]+7*date[3]+clock[1]+5*clock[2]+11*clock[3])%16]
	if slot.date == date && slot.clock == clock {
		return slot.at, true
	}
	at, ok := dateTime(date, clock, "DDMMYY")
	if ok {
		slot.date, slot.clock, slot.at = date, clock, at
	}
	return at, ok
}

// when reads the date and time of component c and the next; a finding says when they are none.
func (d *decoder) when(date, clock string, e, c int) travel.LocalTime {
	switch date = d.tidied(date, d.seg.Pos(e, c)); {
	case date == "":
		return ""
	case unknownDate(date):
		d.unknown(d.seg.Pos(e, c))
		return ""
	}
	at, ok := d.readBefore(date, clock)
	if !ok {
		d.find("bad_date", travel.Fault, d.seg.Pos(e, c), "not a date and time; send DDMMYY:hhmm")
	}
	return at
}

// tidy is component c of element e without blanks around it; a finding says when there were some.
func (d *decoder) tidy(e, c int) string {
	s := d.seg.Get(e, c)
	if s == "" || s[0] > ' ' && s[len(s)-1] > ' ' {
		return s
	}
	return d.tidied(s, d.seg.Pos(e, c))
}

// tidied is a date or time without the blanks around it, and those that line wraps leave in it.
func (d *decoder) tidied(s string, at travel.Place) string {
	if strings.IndexByte(s, ' ') < 0 {
		return s
	}
	d.find("padded_date", travel.Note, at, "a date or time with blanks in it was read without them; send none")
	return plain(s)
}

// unknownDate reports whether s stands for a date that is not known: only zeros, in any form of a date.
func unknownDate(s string) bool {
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

// unknown notes a date that is sent as unknown.
func (d *decoder) unknown(at travel.Place) {
	d.find("unknown_date", travel.Warning, at, "a date of zeros was taken for unknown; leave the date empty when it is not known")
}

const months = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"

// paperDate reads DDMMMYY or DDMMMYYYY, as services write dates. A two-digit year is the last that is not after the
// year latest.
func paperDate(s string, latest int) (travel.Date, bool) {
	if !dateLike(s) {
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

// dateLike reports whether s has the shape of DDMMMYY.
func dateLike(s string) bool {
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

// born reads a birth date: the last that is not after the message's own date.
func (d *decoder) born(s string, c int) travel.Date {
	on := d.today()
	year, _, _ := on.Parts()
	if year == 0 {
		year, on = 2099, "2099-12-31"
	}
	if unknownDate(s) {
		d.unknown(d.seg.Pos(1, c))
		return ""
	}
	date, ok := paperDate(s, year)
	if ok && date > on && len(s) == 7 {
		date, ok = paperDate(s, year-1)
	}
	switch y, _, _ := date.Parts(); {
	case !ok:
		d.find("bad_date", travel.Fault, d.seg.Pos(1, c), "not a birth date; send DDMMMYY")
		return ""
	case date > on:
		d.find("birth_in_future", travel.Fault, d.seg.Pos(1, c), "the birth date is after departure; send DDMMMYY")
		return ""
	case y < 1880:
		d.find("bad_date", travel.Fault, d.seg.Pos(1, c), "the birth date is further back than anyone's; send DDMMMYY")
		return ""
	}
	return date
}

// today is the date of the reported departure, else of UNB; "" when neither is known.
func (d *decoder) today() travel.Date {
	if leg, ok := d.m.ReportLeg(); ok {
		return leg.Departure.Date()
	}
	return d.sent.Date()
}
