package pnrgov

import (
	"strings"

	"fairway/pkg/booking"
	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// state is where in the grammar of D.2 the reader stands.
type state int

const (
	inHeader  state = iota // before the first SRC
	inBooking              // GR1
	inName                 // GR2 to GR4
	inLeg                  // GR5
	inCheckIn              // GR6, GR7
	inSplit                // GR8
	inOther                // GR9: hotels, cars
	inHistory              // GR10 to GR12
)

// decoder reads one message.
type decoder struct {
	src     *edifact.Message
	seg     *edifact.Segment // in hand
	at      state
	b       booking.Builder // of what the segments say
	tri     string          // the person's reference in the last TRI
	triAt   travel.Place
	pending bool          // no TIF followed that TRI yet
	change  travel.Change // what of the history is known before the tag that changed
	times   readTimes
}

func newDecoder(src *edifact.Message) *decoder {
	m := travel.Message{Kind: travel.PNR, Function: travel.Query, Control: src.Interchange.Control, Sender: src.Interchange.Sender,
		Recipient: src.Interchange.Recipient, Profile: src.Profile(), Test: src.Interchange.Test, Reference: src.Access}
	if src.Part > 0 {
		m.Part = travel.Part{Series: src.Access, Number: src.Part, First: src.PartMark == "C" || src.Part == 1, Last: src.PartMark == "F"}
		if m.Part.First && m.Part.Last { // 01:F is a message that is whole (standards.md A.6)
			m.Part = travel.Part{}
		}
	}
	d := &decoder{src: src, b: booking.New(m)}
	if at, ok := dateTime(src.Interchange.Date, src.Interchange.Time, "YYMMDD"); ok {
		d.b.Sent = at
	}
	return d
}

func (d *decoder) take() {
	tag := d.seg.Tag
	if d.pending && tag != "TIF" && tag != "REF" {
		d.refersOnly()
	}
	d.pending = d.pending && tag == "REF"
	if tag == "SRC" {
		d.close()
		d.open()
		return
	}
	if d.b.Booking == nil && d.starts(tag) {
		d.b.Find("no_src", travel.Note, d.seg.Pos(0, 0), "a booking starts here without SRC and was read all the same; send SRC before each")
		d.open()
	}
	if d.b.Booking == nil && d.astray(tag) {
		d.b.Find("stray_segment", travel.Note, d.seg.Pos(0, 0), "this segment is about a booking, but none has begun; send it after SRC")
		return
	}
	if d.at == inHistory && tag != "LTS" && tag != "ABI" {
		d.history()
		return
	}
	switch tag {
	case "MSG":
		d.msg()
	case "ORG":
		d.org()
	case "TVL":
		d.tvl()
	case "EQN":
		d.eqnSegment()
	case "RCI":
		d.rci()
	case "SSR":
		d.ssr()
	case "DAT":
		d.dat()
	case "IFT":
		d.ift()
	case "ADD":
		d.add()
	case "TIF":
		d.tif()
	case "FTI":
		d.fti()
	case "REF":
		d.ref()
	case "TKT", "MON", "PTK", "FOP":
		d.ticket()
	case "TRA":
		d.codeshare(d.seg.Get(1, 1), d.seg.Get(2, 1))
	case "RPI":
		d.rpi()
	case "TRI":
		d.triSegment()
	case "SSD":
		d.ssd()
	case "TBD":
		d.tbd()
	case "ABI":
		d.abi()
	case "LTS":
		d.lts()
	case "EBD", "FAR", "TXD", "APD", "ERC", "SAC":
		// nothing that is kept
	default:
		d.b.Find("unknown_segment", travel.Note, d.seg.Pos(0, 0), "a segment that PNRGOV does not have was passed over; send it in a message that has it")
	}
}

// starts reports whether tag can only stand inside a booking.
func (d *decoder) starts(tag string) bool {
	switch tag {
	case "RCI", "TIF", "SSR", "DAT", "ADD", "FTI", "TKT", "FOP", "RPI", "TRI", "ABI", "LTS":
		return true
	}
	return false
}

// astray reports whether tag has no meaning before the first booking.
func (d *decoder) astray(tag string) bool {
	switch tag {
	case "IFT", "REF", "MON", "PTK", "TRA", "SSD", "TBD":
		return true
	}
	return false
}

// open starts a booking.
func (d *decoder) open() {
	d.b.Open()
	d.at, d.tri, d.pending, d.change = inBooking, "", false, travel.Change{}
}

// close ends the booking in hand.
func (d *decoder) close() {
	if d.pending {
		d.refersOnly()
	}
	if d.b.Booking != nil {
		d.b.Close(d.seg.Pos(0, 0))
	}
	d.at = inHeader
}

func (d *decoder) msg() {
	code := strings.TrimSpace(d.seg.Get(1, 2))
	if d.b.Booking != nil { // a hotel, a car
		d.at, d.b.Who = inOther, -1
		return
	}
	d.b.Message.Code = code
	switch code {
	case "22", "":
	case "141":
		d.b.Message.Function = travel.Update
	default:
		d.b.Find("unknown_function", travel.Warning, d.seg.Pos(1, 2), "a function that is not known here was read as a full push; send 22 for one, or 141 for changes")
	}
}

// eqnSegment reads the number of bookings, or starts a split.
func (d *decoder) eqnSegment() {
	if d.b.Booking != nil {
		d.at, d.b.Who = inSplit, -1
		return
	}
	n := travel.Whole(d.seg.Get(1, 1))
	if n < 0 {
		d.b.Find("bad_number", travel.Warning, d.seg.Pos(1, 1), "EQN does not hold the number of bookings; send it as a whole number")
		return
	}
	d.b.Declare(n, d.seg.Pos(1, 1))
}
