package travel

import "fmt"

// MessageKind is the view of a traveller that a message gives.
type MessageKind string

// The two views.
const (
	API MessageKind = "api" // advance passenger information: documents, from check-in
	PNR MessageKind = "pnr" // passenger name record: the booking
)

// Function is what a message asks for (PAXLST BGM 1001 and 1004, PNRGOV MSG 1225).
type Function string

// The functions a message can have.
const (
	Query     Function = "query"      // 745, 250: new or complete list
	Update    Function = "change"     // 745+CP, PNRGOV 141: changed data of persons already queried
	Cancel    Function = "cancel"     // 745+XR: reservation cancelled
	Reduction Function = "reduction"  // 745+RP: party reduced
	CloseOut  Function = "close_out"  // 266 CL, CLOB, CLNB: who is (not) on board
	LegCancel Function = "leg_cancel" // 266+XF: flight cancelled
	LegChange Function = "leg_change" // 266+CF: flight changed
	CrewList  Function = "crew_list"  // 336 G, H, I: master crew list
	GatePass  Function = "gate_pass"  // 655: gate-pass request
)

// Message is one decoded PAXLST or PNRGOV message (UNH to UNT), one JSON submission, or one PNRGOV XML document.
type Message struct {
	Kind       MessageKind `json:"kind"`
	Function   Function    `json:"function"`
	Code       string      `json:"code,omitempty"`      // as sent: "745+CP", "22"
	Reference  string      `json:"reference,omitempty"` // transaction number (RFF+TN)
	Control    string      `json:"control,omitempty"`   // interchange control reference (UNB 0020)
	Sender     string      `json:"sender,omitempty"`    // UNB S002
	Recipient  string      `json:"recipient,omitempty"` // UNB S003
	Profile    string      `json:"profile,omitempty"`   // directory and association: "D:05B:UN:IATA", "15:1:IA"
	Test       bool        `json:"test,omitempty"`      // UNB 0035: never scored for a carrier
	Part       Part        `json:"part"`
	Legs       []Leg       `json:"legs,omitempty"`
	Report     int         `json:"report,omitempty"` // index in Legs of the leg reported on: the border leg, else the first
	Travellers []Traveller `json:"travellers,omitempty"`
	Bookings   []Booking   `json:"bookings,omitempty"`   // PNR only
	BookingOf  []int       `json:"booking_of,omitempty"` // PNR only: for each traveller, the index of their booking
	Declared   int         `json:"declared,omitempty"`   // what the message says it holds: persons (CNT), or bookings of the whole push (EQN); 0 when it says nothing
	Findings   []Finding   `json:"findings,omitempty"`
	Removed    int         `json:"removed,omitempty"` // sensitive elements removed, not tied to one traveller

	Places    []Place `json:"-"` // where each traveller stands in the body, for findings about what was not sent
	LegPlaces []Place `json:"-"` // where each leg stands; empty when the format does not tell
}

// Place is a place in a body as it arrived. Zero parts are not known. In XML the tag is the element's name, in JSON a
// pointer (RFC 6901), and there is no segment.
type Place struct {
	Segment   int    // counted from UNB = 1
	Tag       string // of the segment
	Element   int    // data element after the tag, from 1
	Component int    // of the element, from 1
	Offset    int    // bytes from the start of the body
}

// Finding is a finding there. Text is one sentence and quotes no data.
func (p Place) Finding(code string, s Severity, text string) Finding {
	return Finding{Code: code, Severity: s, Segment: p.Segment, Tag: p.Tag, Element: p.Element, Component: p.Component, Offset: p.Offset, Text: text}
}

// Start is the place of the whole segment that p is in; its offset stays.
func (p Place) Start() Place { return Place{Segment: p.Segment, Tag: p.Tag, Offset: p.Offset} }

// Part places a message in a multi-part series (UNH 0068 and S010).
type Part struct {
	Series string `json:"series,omitempty"` // common access reference
	Number int    `json:"number,omitempty"` // 1-based; 0 when not part of a series
	First  bool   `json:"first,omitempty"`
	Last   bool   `json:"last,omitempty"`
}

// ReportLeg returns the leg the message reports on; ok is false when it names none.
func (m *Message) ReportLeg() (Leg, bool) {
	if m.Report < 0 || m.Report >= len(m.Legs) {
		return Leg{}, false
	}
	return m.Legs[m.Report], true
}

// Severity says what a finding means for the element it is about.
type Severity string

// The severities, from worst.
const (
	Fault   Severity = "error"   // the element, traveller or message could not be used
	Warning Severity = "warning" // used, but the sender should correct it
	Note    Severity = "note"    // used, worth counting
)

// Finding is one thing wrong with, or worth saying of, a message. Text never quotes personal data.
type Finding struct {
	Code      string   `json:"code"` // stable snake_case, listed in the README of the decoder service
	Severity  Severity `json:"severity"`
	Segment   int      `json:"segment,omitempty"`   // 1-based, counted from UNB (UNA does not count)
	Tag       string   `json:"tag,omitempty"`       // "DTM"
	Element   int      `json:"element,omitempty"`   // 1-based data element of the segment
	Component int      `json:"component,omitempty"` // 1-based component of the element
	Offset    int      `json:"offset"`              // byte offset in the body as it arrived
	Traveller int      `json:"traveller,omitempty"` // index of the traveller concerned
	Text      string   `json:"text"`                // one sentence a carrier's engineer can act on
}

// String is the one-line form used in errors and on the command line.
func (f Finding) String() string {
	s := string(f.Severity) + " " + f.Code
	switch {
	case f.Segment == 0 && f.Tag != "": // an XML element, or a JSON pointer
		s += ": " + f.Tag
	case f.Tag != "":
		s += fmt.Sprintf(": segment %d (%s)", f.Segment, f.Tag)
		if f.Element > 0 {
			s += fmt.Sprintf(" element %d", f.Element)
		}
		if f.Component > 0 {
			s += fmt.Sprintf(" component %d", f.Component)
		}
	}
	return s + fmt.Sprintf(" at byte %d: %s", f.Offset, f.Text)
}
