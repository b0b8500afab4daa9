package travel

import "time"

// Date is a calendar date in ISO form with what is known of it: "1987-03-12", "1987-03", "1987", or "" for none.
// Dates of equal precision order as strings do.
type Date string

// LocalTime is the wall-clock time at a port, "2026-10-05T19:15", or "" for none. It has no zone: messages give none.
type LocalTime string

// timeForm is how a LocalTime is written.
const timeForm = "2006-01-02T15:04"

// LocalTimeOf is the wall-clock time that t shows.
func LocalTimeOf(t time.Time) LocalTime { return LocalTime(t.Format(timeForm)) }

// NewLocalTime builds a LocalTime; it reports false when the parts are no time of a day.
func NewLocalTime(year, month, day, hour, minute int) (LocalTime, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return "", false
	}
	b := [len(timeForm)]byte{4: '-', 7: '-', 10: 'T', 13: ':'}
	put := func(at, n int) { b[at], b[at+1] = byte('0'+n/10), byte('0'+n%10) }
	put(0, year/100)
	put(2, year%100)
	put(5, month)
	put(8, day)
	put(11, hour)
	put(14, minute)
	return LocalTime(b[:]), true
}

// Date returns the calendar date of t at its port.
func (t LocalTime) Date() Date {
	if len(t) < len("2006-01-02") {
		return ""
	}
	return Date(t[:len("2006-01-02")])
}

// Time reads t as if the port were on UTC; ok is false when t is empty or malformed. Good enough for
// windows of days, never for comparing two ports.
func (t LocalTime) Time() (time.Time, bool) {
	v, err := time.Parse(timeForm, string(t))
	return v, err == nil
}

// NewDate builds a Date from what is known: month and day may be 0. It reports false when the parts are no date.
func NewDate(year, month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 0 || month > 12 || day < 0 || (month == 0 && day != 0) {
		return "", false
	}
	b := make([]byte, 0, len("2006-01-02"))
	b = append(b, byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10))
	if month == 0 {
		return Date(b), true
	}
	b = append(b, '-', byte('0'+month/10), byte('0'+month%10))
	if day == 0 {
		return Date(b), true
	}
	if day > daysIn(year, month) {
		return "", false
	}
	return Date(append(b, '-', byte('0'+day/10), byte('0'+day%10))), true
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// Parts returns year, month and day; month or day is 0 where unknown, and all are 0 when d is no date.
func (d Date) Parts() (year, month, day int) {
	switch len(d) {
	case 4, 7, 10:
	default:
		return 0, 0, 0
	}
	year, ok := digits(d[:4])
	if len(d) > 4 {
		var m, dd bool
		month, m = digits(d[5:7])
		dd = true
		if len(d) > 7 {
			day, dd = digits(d[8:10])
			dd = dd && d[7] == '-' && day > 0
		}
		ok = ok && m && dd && d[4] == '-' && month > 0 && month <= 12 && day <= daysIn(year, month)
	}
	if !ok || year == 0 {
		return 0, 0, 0
	}
	return year, month, day
}

func digits(s Date) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// Full reports whether d is a valid date known to the day.
func (d Date) Full() bool { return len(d) == len("2006-01-02") && d.Valid() }

// Valid reports whether d is a date of any precision; "" is not.
func (d Date) Valid() bool { y, _, _ := d.Parts(); return y != 0 }

// After reports whether d, a day, month or year, is wholly after other, as far as both are known.
func (d Date) After(other Date) bool {
	n := min(len(d), len(other))
	return d[:n] > other[:n]
}

// Age is the number of whole years from d to on; ok is false when either is not known well enough to tell.
// A date known to the year or month counts from its last possible day, so that a person is never made older.
func (d Date) Age(on Date) (years int, ok bool) {
	y, m, dd := d.Parts()
	oy, om, od := on.Parts()
	if y == 0 || od == 0 {
		return 0, false
	}
	if m == 0 {
		m = 12
	}
	if dd == 0 {
		dd = daysIn(y, m)
	}
	years = oy - y
	if om < m || (om == m && od < dd) {
		years--
	}
	return years, years >= 0
}

// Days is the number of days from d to until, negative when until is before d; ok is false unless both are full.
func (d Date) Days(until Date) (days int, ok bool) {
	if !d.Full() || !until.Full() {
		return 0, false
	}
	a, errA := time.Parse(time.DateOnly, string(d))
	b, errB := time.Parse(time.DateOnly, string(until))
	return int(b.Sub(a).Hours() / 24), errA == nil && errB == nil
}
