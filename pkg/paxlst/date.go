package paxlst

import (
	"strings"

	"fairway/pkg/travel"
)

// Formats of dates (2379): 101 YYMMDD, 102 CCYYMMDD, 201 YYMMDDHHMM, 203 CCYYMMDDHHMM.

// value is a date as it was sent.
type value struct {
	text, format string
	at           spot
}

// spot is a component of the segment in hand: element and component. A position is made of it when it is needed.
type spot [2]int

func (d *decoder) pos(at spot) travel.Place { return d.seg.Pos(at[0], at[1]) }

// value reads component c of element e, and its format in component f, without the blanks that some guides print.
func (d *decoder) value(e, c, f int) value {
	v := value{text: d.seg.Get(e, c), at: spot{e, c}}
	if f > 0 {
		v.format = strings.TrimSpace(d.seg.Get(e, f))
	}
	if t := strings.TrimSpace(v.text); t != v.text {
		v.text = t
		d.find("padded_date", travel.Note, d.pos(v.at), "a date with blanks around it, which were left out; send the digits alone")
	}
	return v
}

// dtm reads DTM by where it stands and its qualifier (2005).
func (d *decoder) dtm() {
	switch code := d.seg.Get(1, 1); {
	case code == "329":
		d.whenPerson(func(t *travel.Traveller) { d.birth(t, d.value(1, 2, 3)) })
	case code == "36":
		d.whenDocument(func(doc *travel.Document) { doc.Expiry = d.day(d.value(1, 2, 3), 2000, 2099) })
	case code == "182" || code == "182A":
		d.whenDocument(func(doc *travel.Document) { doc.Issued = d.day(d.value(1, 2, 3), d.latest()-99, d.latest()) })
	case (code == "189" || code == "232" || code == "554") && d.person == nil:
		if d.transportOpen {
			d.legTime(code == "189", d.value(1, 2, 3))
			return
		}
		d.find("stray_segment", travel.Note, d.seg.Pos(0, 0), "this time belongs to a leg, but no TDT came before it")
	default:
		d.find("unknown_code", travel.Note, d.seg.Pos(1, 1), "a kind of date that is not known here; it was passed over")
	}
}

func (d *decoder) whenDocument(f func(*travel.Document)) {
	if d.document == nil {
		d.find("stray_segment", travel.Note, d.seg.Pos(0, 0), "this segment is about a document, but no DOC came before it")
		return
	}
	f(d.document)
}

// oldest is the age that nobody reaches.
const oldest = 130

// birth reads a birth date. A two-digit year is the latest that puts it on or before the message's own date.
func (d *decoder) birth(t *travel.Traveller, v value) {
	on := d.today()
	year, _, _ := on.Parts()
	if year == 0 && len(v.text) == 6 && !zeros(v.text) {
		d.find("undated", travel.Warning, d.pos(v.at), "a two-digit year cannot be placed, because neither UNB nor a leg has a date; send CCYYMMDD")
		return
	}
	if year == 0 {
		year, on = 9999, "9999-12-31"
	}
	date := d.day(v, year-99, year)
	if len(v.text) == 6 && date.After(on) { // later this year: a century ago
		date = d.day(v, year-100, year-1)
	}
	switch y, _, _ := date.Parts(); {
	case date == "":
	case date.After(on):
		d.find("birth_in_future", travel.Fault, d.pos(v.at), "the birth date is after departure; send it as YYMMDD")
	case y < year-oldest && year < 9999, y < 1880:
		d.find("bad_date", travel.Fault, d.pos(v.at), "the birth date is further back than anyone's; send YYMMDD, or CCYYMMDD with format 102")
	case t.Birth != "" && t.Birth != travel.BirthDate(date):
		d.find("second_birth", travel.Fault, d.pos(v.at), "a second birth date for one person, perhaps of one whose NAD is missing; the first counts, send one NAD for each person")
	default:
		t.Birth = travel.BirthDate(date)
	}
}

// zeros reports whether s is what senders write for a date that they do not have.
func zeros(s string) bool { return s == "000000" || s == "00000000" }

// today is the date of the message: of its first departure, else of UNB; "" when it has neither.
func (d *decoder) today() travel.Date {
	if len(d.m.Legs) > 0 {
		if on := d.m.Legs[0].Departure.Date(); on != "" {
			return on
		}
	}
	return d.sent
}

// latest is the last year that something in the past of this message can be of.
func (d *decoder) latest() int {
	if year, _, _ := d.today().Parts(); year > 0 {
		return year
	}
	return 2099
}

// day reads a date; two-digit years fall between from and to. Month or day may be 00, for unknown.
func (d *decoder) day(v value, from, to int) travel.Date {
	s, format := v.text, v.format
	if s == "" {
		return ""
	}
	if zeros(s) {
		d.find("unknown_date", travel.Warning, d.pos(v.at), "a date of zeros, which was read as not known; send the date, or leave the segment out")
		return ""
	}
	var year, rest int
	n := travel.Whole(s)
	switch {
	case n >= 0 && len(s) == 6 && (format == "" || format == "101"):
		year, rest = n/10000, n%10000
		if year += to - to%100; year > to {
			year -= 100
		}
		if year < from {
			year += 100
		}
	case n >= 0 && len(s) == 8 && (format == "" || format == "102"):
		year, rest = n/10000, n%10000
	case n >= 0 && len(s) == 4 && (format == "" || format == "602"):
		year = n
	default:
		d.find("bad_date", travel.Fault, d.pos(v.at), "not a date in its format; send YYMMDD, or CCYYMMDD with format 102")
		return ""
	}
	date, ok := travel.NewDate(year, rest/100, rest%100)
	if !ok {
		d.find("bad_date", travel.Fault, d.pos(v.at), "no such day in the calendar; send YYMMDD")
	}
	return date
}

// localTime reads a date and time: 201 or 203, or a date alone.
func (d *decoder) localTime(v value) (travel.LocalTime, bool) {
	s, format := v.text, v.format
	century := ""
	switch {
	case (format == "201" || format == "") && len(s) == 10, (format == "101" || format == "201" || format == "") && len(s) == 6:
		century = "20"
	case (format == "203" || format == "") && len(s) == 12, (format == "102" || format == "203" || format == "") && len(s) == 8:
	default:
		d.find("bad_date", travel.Fault, d.pos(v.at), "not a date and time in its format; send YYMMDDHHMM with format 201")
		return "", false
	}
	full := s
	if century != "" {
		full = century + s
	}
	year, month, day := travel.Whole(full[:4]), travel.Whole(full[4:6]), travel.Whole(full[6:8])
	hour, minute := 0, 0
	if len(full) == 12 {
		hour, minute = travel.Whole(full[8:10]), travel.Whole(full[10:12])
	}
	if hour == 24 && minute == 0 { // midnight at the end of the day that the sender names
		hour, minute = 23, 59
		d.find("midnight", travel.Note, d.pos(v.at), "24:00 is read as 23:59, so that the date stays; send 00:00 of the next day")
	}
	at, ok := travel.NewLocalTime(year, month, day, hour, minute)
	if !ok {
		d.find("bad_date", travel.Fault, d.pos(v.at), "no such day or time; send YYMMDDHHMM, local to the port")
	}
	return at, ok
}
