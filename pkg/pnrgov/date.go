package pnrgov

import (
	"strings"

	"fairway/pkg/booking"
	"fairway/pkg/edifact"
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
	return travel.NewLocalTime(year, month, day, travel.Whole(clock[:2]), travel.Whole(clock[2:4]))
}

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
	switch date = d.b.Tidied(date, d.seg.Pos(e, c)); {
	case date == "":
		return ""
	case booking.UnknownDate(date):
		d.b.Unknown(d.seg.Pos(e, c))
		return ""
	}
	at, ok := d.readBefore(date, clock)
	if !ok {
		d.b.Find("bad_date", travel.Fault, d.seg.Pos(e, c), "not a date and time; send DDMMYY:hhmm")
	}
	return at
}

// tidy is component c of element e without blanks around it; a finding says when there were some.
func (d *decoder) tidy(e, c int) string {
	s := d.seg.Get(e, c)
	if s == "" || s[0] > ' ' && s[len(s)-1] > ' ' {
		return s
	}
	return d.b.Tidied(s, d.seg.Pos(e, c))
}

// clock is the time of t as hhmm, and ddmmyy its date as every segment but UNB has it; empty when t has none.
func clock(t travel.LocalTime) string {
	_, c := edifact.Stamp(t)
	return c
}

func ddmmyy(t travel.LocalTime) string {
	if len(t) < len("2006-01-02") {
		return ""
	}
	return string(t[8:10] + t[5:7] + t[2:4])
}
