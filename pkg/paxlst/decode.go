package paxlst

import (
	"strings"
	"unicode"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// decoder reads one message.
type decoder struct {
	src *edifact.Message
	m   travel.Message
	seg *edifact.Segment // in hand

	transport     travel.Leg // carrier, number and vessel of the last TDT
	transportAt   place
	transportOpen bool       // its ports are being read
	stops         []stop     // of the transport; the first holds times that came before any port
	legPlaces     []legPlace // by leg of m
	room          struct {   // for the usual number of both
		stops [3]stop
		legs  [1]legPlace
	}
	us, crewOnly   bool // the message is US-EDIFACT; its flight number says crew
	person         *travel.Traveller
	document       *travel.Document
	sent           travel.Date // of UNB
	fillersOnly    bool        // of the person in hand: fillers for names, and no name
	findingsBefore int         // those of the message, when the person in hand began
	unnamed        int         // persons that were none

	seen      map[string]struct{} // unique passenger references
	named     bool
	persons   int // declared by CNT
	counted   bool
	declared  travel.Place
	lastState string // the last State code that was known as it came
}

// decodeMessage reads the message that r stands at, and not beyond the first person for whom there is no room.
func decodeMessage(r *edifact.Reader, room int) travel.Message {
	d := newDecoder(r.Message())
	if n := min(r.Ahead("NAD"), room+1); n > 0 {
		d.m.Travellers = make([]travel.Traveller, 0, n)
		d.m.Places = make([]travel.Place, 0, n)
	}
	for len(d.m.Travellers) <= room && r.NextSegment() {
		d.seg = r.Segment()
		d.take()
	}
	d.finish()
	return d.m
}

func newDecoder(src *edifact.Message) *decoder {
	d := &decoder{src: src, m: travel.Message{Kind: travel.API, Function: travel.Query, Control: src.Interchange.Control,
		Sender: src.Interchange.Sender, Recipient: src.Interchange.Recipient, Profile: src.Profile(), Test: src.Interchange.Test}}
	d.m.Part = travel.Part{Series: src.Access, Number: src.Part, First: src.PartMark == "C" || src.Part == 1, Last: src.PartMark == "F"}
	if src.Part == 0 {
		d.m.Part = travel.Part{}
	}
	d.stops, d.legPlaces = d.room.stops[:0], d.room.legs[:0]
	d.sent = interchangeDate(src.Interchange.Date)
	d.us = travel.Whole(src.Version) >= 0
	if d.us {
		d.find("us_edifact", travel.Note, src.Header.Pos(0, 0), "the message is US-EDIFACT of before 2005, which tells less of each person; send PAXLST D.05B or later")
	}
	return d
}

// interchangeDate reads UNB's date, YYMMDD or CCYYMMDD; "" when it is none.
func interchangeDate(s string) travel.Date {
	n := travel.Whole(s)
	if len(s) == 6 {
		n += 20000000
	} else if len(s) != 8 {
		return ""
	}
	date, _ := travel.NewDate(n/10000, n/100%100, n%100)
	return date
}

func (d *decoder) take() {
	if d.us {
		d.takeUS()
		return
	}
	switch d.seg.Tag {
	case "BGM":
		d.bgm()
	case "TDT":
		d.tdt()
	case "NAD":
		d.nad()
	case "LOC":
		d.loc()
	case "DTM":
		d.dtm()
	case "RFF":
		d.rff()
	case "DOC":
		d.doc()
	case "NAT":
		d.whenPerson(func(t *travel.Traveller) { t.Nationality = d.state(2, 1) })
	case "ATT":
		d.whenPerson(d.att)
	case "MEA":
		d.whenPerson(d.mea)
	case "GEI":
		d.whenPerson(d.gei)
	case "FTX":
		d.whenPerson(d.ftx)
	case "EMP":
		d.whenPerson(func(t *travel.Traveller) { t.CrewRole = d.seg.Get(2, 1) })
	case "COM":
		d.com()
	case "CNT":
		d.cnt()
	case "CTA", "QTY", "CPI", "GID", "AUT", "UNS":
		// nothing that is kept
	default:
		if personKind(d.seg.Get(1, 1)) != "" && d.seg.Get(4, 1) != "" {
			d.misspelt()
			return
		}
		d.find("unknown_segment", travel.Note, d.seg.Pos(0, 0), "a segment that PAXLST does not have; it was passed over")
	}
}

func (d *decoder) whenPerson(f func(*travel.Traveller)) {
	if d.person != nil {
		f(d.person)
		return
	}
	d.find("stray_segment", travel.Fault, d.seg.Pos(0, 0), "this segment is about a person, but no NAD came before it; send NAD before what is said of the person")
}

// findAt adds a finding about the message.
func (d *decoder) findAt(code string, s travel.Severity, p travel.Place, text string) {
	person := d.person
	d.person = nil
	d.find(code, s, p, text)
	d.person = person
}

// maxFindings bounds what is said of one message.
const maxFindings = 5000

// find adds a finding about the person in hand, if there is one.
func (d *decoder) find(code string, s travel.Severity, p travel.Place, text string) {
	f := p.Finding(code, s, text)
	if d.person != nil {
		f.Traveller = d.person.Index
	}
	switch n := len(d.m.Findings); {
	case n < maxFindings:
		d.m.Findings = append(d.m.Findings, f)
	case n == maxFindings:
		d.m.Findings = append(d.m.Findings, p.Start().Finding("more_findings", travel.Note, "more is wrong with the message than is listed"))
	}
}

func (d *decoder) bgm() {
	code, sub := d.seg.Get(1, 1), d.seg.Get(2, 1)
	d.named = true
	d.m.Code = code
	if sub != "" {
		d.m.Code += "+" + sub
	}
	if strings.Contains(code, "+") || strings.ContainsFunc(d.m.Code, unicode.IsControl) {
		d.m.Code = "" // other delimiters let a code hold a plus, and written again, without control characters, it reads as another
	}
	f, ok := function(code, sub)
	if !ok {
		d.find("unknown_function", travel.Warning, d.seg.Pos(1, 1), "BGM has a code that is not known here; the message is read as a query")
	}
	d.m.Function = f
}

// function reads BGM 1001 and 1004 (standards.md B.4).
func function(code, sub string) (travel.Function, bool) {
	switch code {
	case "745", "250":
		switch {
		case sub == "XR":
			return travel.Cancel, true
		case sub == "RP":
			return travel.Reduction, true
		case sub == "CP", code == "250" && len(sub) == 2 && sub[1] == 'C' && strings.IndexByte("BCEF", sub[0]) >= 0:
			return travel.Update, true
		case sub == "", strings.HasPrefix(sub, "CI"), strings.HasPrefix(sub, "DC"), code == "250" && len(sub) == 1:
			return travel.Query, true
		}
		return travel.Query, false
	case "266":
		switch sub {
		case "XF":
			return travel.LegCancel, true
		case "CF":
			return travel.LegChange, true
		case "CL", "CLNB", "CLOB":
			return travel.CloseOut, true
		}
		return travel.Query, false // nobody of a close-out is answered
	case "336":
		return travel.CrewList, true
	case "655":
		return travel.GatePass, true
	}
	return travel.Query, false
}

func (d *decoder) cnt() {
	d.closePerson()
	kind, n := d.seg.Get(1, 1), d.seg.Get(1, 2)
	if n == "" {
		n = d.seg.Get(2, 1) // some senders separate it with + instead of :
	}
	if kind != "42" && kind != "41" {
		d.find("unknown_code", travel.Note, d.seg.Pos(1, 1), "a kind of count that is not known here; it was passed over")
		return
	}
	if v := travel.Whole(n); v >= 0 {
		d.persons += v
		d.declared, d.counted = d.seg.Pos(1, 2), true
		return
	}
	d.find("bad_number", travel.Note, d.seg.Pos(1, 2), "CNT does not hold a number")
}

// finish checks what only the whole message shows.
func (d *decoder) finish() {
	d.closePerson()
	d.closeTransport()
	m := &d.m
	m.Declared = d.persons
	if !d.named && !d.us {
		d.find("no_bgm", travel.Warning, d.src.Header.Pos(0, 0), "BGM is missing; the message is read as a query")
	}
	if len(m.Legs) == 0 && m.Function != travel.CrewList {
		d.find("no_leg", travel.Fault, d.src.Header.Pos(0, 0), "no flight or voyage with a port and a date of departure; send TDT, LOC and DTM")
	}
	if m.Function != travel.CrewList {
		d.checkLegs()
	}
	if len(m.Travellers)+d.unnamed == 0 && m.Function == travel.Query && !(d.counted && d.persons == 0) {
		d.find("no_person", travel.Fault, d.src.Header.Pos(0, 0), "the message lists nobody; send NAD for each person, or CNT+42:0 for a flight without any")
	}
	whole := m.Part.Number == 0 || m.Part.Number == 1 && m.Part.Last // the parts of a series have the flight's total
	if d.counted && d.persons != len(m.Travellers)+d.unnamed && whole {
		d.find("count_persons", travel.Warning, d.declared, "CNT declares another number of persons than the message holds; send everybody, and count them in CNT")
	}
}
