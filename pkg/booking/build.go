package booking

import (
	"slices"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// Builder gathers the bookings of one message. A syntax says what it reads, in the order it stands there: between Open and
// Close what a booking says, and Finish once at the end. Build it with New.
type Builder struct {
	Message travel.Message
	Sent    travel.LocalTime // when the sender prepared the message; "" when it does not say

	Booking  *travel.Booking // in hand, or nil; points into Message.Bookings
	Who      int             // index in Message.Travellers of the person in hand; -1 for none
	Reported bool            // the flight in hand is the one reported on
	Direct   bool            // the booking exists only at the airport

	first    int // the booking's first traveller in Message.Travellers
	party    int // for how many persons the booking says it is
	partyAt  travel.Place
	noShow   bool // the history says that they did not come
	said     int  // findings before the booking
	infants  []infant
	refs     []ref    // of the booking's names
	nears    []nearly // check-ins on the reported leg under nearly a booked name
	nameless []int    // indices in Message.Travellers: names of the booking that are only fillers
	papers   []Paper

	declaredAt travel.Place // where the number of bookings is declared
	checkedIn  int          // persons checked in on the reported leg
	glues      bool         // the sender writes titles and names together
}

// New makes a builder of a message of which this much is known.
func New(m travel.Message) Builder { return Builder{Message: m, Who: -1} }

// Room makes room for n persons.
func (b *Builder) Room(n int) {
	b.Message.Travellers, b.Message.BookingOf, b.Message.Places = make([]travel.Traveller, 0, n), make([]int, 0, n), make([]travel.Place, 0, n)
}

// Open starts a booking.
func (b *Builder) Open() {
	b.Message.Bookings = append(b.Message.Bookings, travel.Booking{})
	b.Booking = &b.Message.Bookings[len(b.Message.Bookings)-1]
	b.first, b.Who, b.said = len(b.Message.Travellers), -1, len(b.Message.Findings)
	b.Reported, b.Direct, b.noShow, b.party = false, false, false, 0
	b.infants, b.refs, b.papers, b.nears, b.nameless = b.infants[:0], b.refs[:0], b.papers[:0], b.nears[:0], b.nameless[:0]
}

// mostRoom bounds what is made room for because a sender says so.
const mostRoom = 1000

// Declare notes how many bookings the message says it holds.
func (b *Builder) Declare(n int, at travel.Place) {
	b.Message.Declared, b.declaredAt = n, at
	if b.Message.Bookings == nil && n > 1 {
		b.Message.Bookings = make([]travel.Booking, 0, min(n, mostRoom))
	}
}

// SaysParty notes for how many persons the booking says it is.
func (b *Builder) SaysParty(n int, at travel.Place) {
	if n = min(n, 9999); n > b.party {
		b.party, b.partyAt = n, at
	}
}

// maxFindings bounds what is said of one message.
const maxFindings = 5000

// Find adds a finding about the person in hand, if there is one.
func (b *Builder) Find(code string, s travel.Severity, at travel.Place, text string) {
	f := at.Finding(code, s, text)
	if t := b.Person(); t != nil {
		f.Traveller = t.Index
	}
	switch n := len(b.Message.Findings); {
	case n > 0 && b.Message.Findings[n-1] == f: // a State that is issuer and nationality
	case n < maxFindings:
		b.Message.Findings = append(b.Message.Findings, f)
	case n == maxFindings:
		b.Message.Findings = append(b.Message.Findings, at.Start().Finding("more_findings", travel.Note, "more is wrong with the message than is listed"))
	}
}

// Person is the traveller in hand, or nil.
func (b *Builder) Person() *travel.Traveller {
	if b.Who < 0 || b.Who >= len(b.Message.Travellers) {
		return nil
	}
	return &b.Message.Travellers[b.Who]
}

// Remove counts something that must not be kept.
func (b *Builder) Remove() {
	if t := b.Person(); t != nil {
		t.Removed++
		return
	}
	b.Message.Removed++
}

// The bounds of what one booking keeps.
const (
	maxRemarks  = 100
	maxText     = 500 // bytes of one remark
	maxLegs     = 200
	maxChanges  = 200
	maxContacts = 50
	maxParty    = 1000 // persons and references that are looked through for whom something is about; the largest groups have 999
	maxPapers   = 5000 // they may be repeated for each flight
)

// SplitTo notes a locator that the booking was divided from or into, once.
func (b *Builder) SplitTo(locator string) {
	if locator != "" && len(b.Booking.Split) < maxContacts && !slices.Contains(b.Booking.Split, locator) {
		b.Booking.Split = append(b.Booking.Split, locator)
	}
}

// Change notes an entry of the history.
func (b *Builder) Change(c travel.Change) {
	if len(b.Booking.Changes) < maxChanges {
		b.Booking.Changes = append(b.Booking.Changes, c)
	}
}

// Pay notes a form of payment, of its card no more than names it, and not a payer that tells what must not be kept.
func (b *Builder) Pay(p travel.Payment) {
	if len(b.Booking.Payments) >= maxRemarks {
		return
	}
	if sensitive.Pay(&p) {
		b.Remove()
	}
	b.Booking.Payments = append(b.Booking.Payments, p)
}
