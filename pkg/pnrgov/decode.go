package pnrgov

import (
	"strings"

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
	src  *edifact.Message
	m    travel.Message
	seg  *edifact.Segment // in hand
	at   state
	sent travel.LocalTime // of UNB

	b         *travel.Booking // in hand, or nil; points into m.Bookings
	first     int             // its first traveller in m.Travellers
	who       int             // index in m.Travellers of the person in hand; -1 for none
	reported  bool            // the leg in hand is the one reported on
	tri       string          // the person's reference in the last TRI
	triAt     travel.Place
	pending   bool // no TIF followed that TRI yet
	direct    bool // the booking exists only at the airport (RCI type C)
	noShow    bool // the history says that they did not come
	party     int
	change    travel.Change // what of the history is known before the tag that changed
	infants   []infant
	refs      []ref  // of this booking's names
	nears     []near // check-ins on the reported leg under nearly a booked name
	nameless  []int  // of the booking, indices in m.Travellers: names that are only fillers
	said      int    // findings before the booking
	papers    []paper
	checkedIn int // persons checked in on the reported leg
	times     readTimes
	glues     bool         // the sender writes titles and names together
	eqn       travel.Place // where the number of bookings is declared
	partyAt   travel.Place // where the booking's number of persons is
}

// ref is a name's own reference within its booking, "1" or "1.1".
type ref struct {
	name string
	who  int // index in m.Travellers
	inf  bool
}

func newDecoder(src *edifact.Message) *decoder {
	d := &decoder{src: src, who: -1, m: travel.Message{Kind: travel.PNR, Function: travel.Query, Control: src.Interchange.Control,
		Sender: src.Interchange.Sender, Recipient: src.Interchange.Recipient, Profile: src.Profile(), Test: src.Interchange.Test,
		Reference: src.Access}}
	if src.Part > 0 {
		d.m.Part = travel.Part{Series: src.Access, Number: src.Part, First: src.PartMark == "C" || src.Part == 1, Last: src.PartMark == "F"}
		if d.m.Part.First && d.m.Part.Last { // 01:F is a message that is whole (standards.md A.6)
			d.m.Part = travel.Part{}
		}
	}
	if at, ok := dateTime(src.Interchange.Date, src.Interchange.Time, "YYMMDD"); ok {
		d.sent = at
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
	if d.b == nil && d.starts(tag) {
		d.find("no_src", travel.Note, d.seg.Pos(0, 0), "a booking starts here without SRC and was read all the same; send SRC before each")
		d.open()
	}
	if d.b == nil && d.astray(tag) {
		d.find("stray_segment", travel.Note, d.seg.Pos(0, 0), "this segment is about a booking, but none has begun; send it after SRC")
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
		d.find("unknown_segment", travel.Note, d.seg.Pos(0, 0), "a segment that PNRGOV does not have was passed over; send it in a message that has it")
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
	d.m.Bookings = append(d.m.Bookings, travel.Booking{})
	d.b = &d.m.Bookings[len(d.m.Bookings)-1]
	d.at, d.first, d.who = inBooking, len(d.m.Travellers), -1
	d.reported, d.tri, d.direct, d.noShow, d.party, d.change = false, "", false, false, 0, travel.Change{}
	d.infants, d.refs, d.papers, d.nears, d.nameless = d.infants[:0], d.refs[:0], d.papers[:0], d.nears[:0], d.nameless[:0]
	d.pending, d.said = false, len(d.m.Findings)
}

// maxFindings bounds what is said of one message.
const maxFindings = 5000

// find adds a finding about the person in hand, if there is one.
func (d *decoder) find(code string, s travel.Severity, p travel.Place, text string) {
	f := p.Finding(code, s, text)
	if t := d.person(); t != nil {
		f.Traveller = t.Index
	}
	switch n := len(d.m.Findings); {
	case n > 0 && d.m.Findings[n-1] == f: // a State that is issuer and nationality
	case n < maxFindings:
		d.m.Findings = append(d.m.Findings, f)
	case n == maxFindings:
		d.m.Findings = append(d.m.Findings, p.Start().Finding("more_findings", travel.Note, "more is wrong with the message than is listed"))
	}
}

// person is the traveller in hand, or nil.
func (d *decoder) person() *travel.Traveller {
	if d.who < 0 || d.who >= len(d.m.Travellers) {
		return nil
	}
	return &d.m.Travellers[d.who]
}

// removed counts something that must not be kept.
func (d *decoder) removed() {
	if t := d.person(); t != nil {
		t.Removed++
		return
	}
	d.m.Removed++
}

func (d *decoder) msg() {
	code := strings.TrimSpace(d.seg.Get(1, 2))
	if d.b != nil { // a hotel, a car
		d.at, d.who = inOther, -1
		return
	}
	d.m.Code = code
	switch code {
	case "22", "":
	case "141":
		d.m.Function = travel.Update
	default:
		d.find("unknown_function", travel.Warning, d.seg.Pos(1, 2), "a function that is not known here was read as a full push; send 22 for one, or 141 for changes")
	}
}

// mostRoom bounds what is made room for because a sender says so.
const mostRoom = 1000

// eqnSegment reads the number of bookings, or starts a split.
func (d *decoder) eqnSegment() {
	if d.b != nil {
		d.at, d.who = inSplit, -1
		return
	}
	n := travel.Whole(d.seg.Get(1, 1))
	if n < 0 {
		d.find("bad_number", travel.Warning, d.seg.Pos(1, 1), "EQN does not hold the number of bookings; send it as a whole number")
		return
	}
	d.m.Declared, d.eqn = n, d.seg.Pos(1, 1)
	if d.m.Bookings == nil && n > 1 {
		d.m.Bookings = make([]travel.Booking, 0, min(n, mostRoom))
	}
}
