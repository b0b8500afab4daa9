package journey

import (
	"strings"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// Window is how far from a message's receipt a departure may be. A part that is 0 sets no limit: a load of history.
type Window struct {
	Past  time.Duration `yaml:"past" help:"how long ago a departure may be when its message arrives; 0 for no limit" limit:"0s.."`
	Ahead time.Duration `yaml:"ahead" help:"how far ahead a departure may be when its message arrives; 0 for no limit" limit:"0s.."`
}

// DefaultWindow is from two days ago to ten days ahead (DESIGN.md, Journeys; standards.md B.6).
func DefaultWindow() Window { return Window{48 * time.Hour, 240 * time.Hour} }

// Gate is what a message must pass before anybody of it is presented.
type Gate struct {
	Departures Window
	Carriers   Carriers // who may send, and for whom
}

// zones is how far a local time may be from UTC, in either direction.
const zones = 14 * time.Hour

// The reasons a message is refused as a whole.
const (
	NoLeg           = "no_leg"
	NoDesignator    = "no_designator"
	NoDepartureDate = "no_departure_date"
	NoOriginPort    = "no_origin_port"
	OutOfWindow     = "departure_out_of_window"
	NoTravellers    = "no_travellers"
	GatePassRefused = "gate_pass_not_taken"
	UnknownMessage  = "unknown_message"
	NotYourLeg      = "not_your_leg"
)

// refuse is the one gate before presenting: it says why m, which r brought, cannot be answered traveller by traveller.
// Nobody is told to board on a leg that cannot be, no message that asks is taken in without an answer about somebody, and
// nobody sends for another's leg. What counts is the leg a traveller is decided on; of a message that presents nobody,
// the one it reports on.
func (g Gate) refuse(r *event.Received, m *travel.Message, presented []event.Presented) (travel.Finding, bool) {
	switch {
	case m.Function == travel.GatePass:
		return at0(m, GatePassRefused, "gate passes are not decided here: nobody of the message was screened"), true
	case !decides(m.Function):
		return g.foreign(r, m)
	case len(m.Travellers) == 0 && saidUnknown(m):
		f, _ := worstOf(m, UnknownMessage)
		return f, true
	case len(m.Legs) == 0 && (len(m.Travellers) > 0 || m.Kind != travel.PNR || len(m.Bookings) == 0):
		if f, said := worstOf(m, NoLeg, "bad_leg"); said {
			return f, true
		}
		return at0(m, NoLeg, "the message names no flight or voyage, so its travellers cannot be placed; send carrier, number, port and date of departure"), true
	case len(m.Travellers) == 0 && (m.Kind != travel.PNR || len(m.Bookings) == 0):
		return at0(m, NoTravellers, "the message names nobody, so nobody was screened; send every traveller with names, birth date and document"), true
	}
	for i := range presented {
		if code, text := g.Departures.impossible(&presented[i].Leg, r.At); code != "" {
			return legFinding(m, &presented[i].Leg, code, text), true
		}
		if !g.Carriers.maySend(r.Carrier, presented[i].Leg.Carrier) {
			return legFinding(m, &presented[i].Leg, NotYourLeg, notYours), true
		}
	}
	if len(presented) == 0 {
		return g.foreign(r, m)
	}
	return travel.Finding{}, false
}

const notYours = "your carrier may not send for the operating carrier of this leg, so nobody was screened; let that carrier send it, or agree its designator with the authority"

// foreign refuses a message that presents nobody and reports on a leg of a carrier that its sender may not send for.
func (g Gate) foreign(r *event.Received, m *travel.Message) (travel.Finding, bool) {
	leg, ok := m.ReportLeg()
	if !ok || !designator(leg.Carrier) || g.Carriers.maySend(r.Carrier, leg.Carrier) {
		return travel.Finding{}, false
	}
	leg = named(leg)
	return legFinding(m, &leg, NotYourLeg, notYours), true
}

// impossible says what keeps a leg from being one that somebody can board, or "".
func (w Window) impossible(l *travel.Leg, at int64) (code, text string) {
	departure, dated := l.Departure.Time()
	switch {
	case !designator(l.Carrier) || !numbered(l.Number):
		return NoDesignator, "the leg has no operating designator and number; send both, as ZX and 410"
	case !dated:
		return NoDepartureDate, "the leg has no date and time of departure that can be; send the scheduled local time of departure"
	case !l.Origin.Valid():
		return NoOriginPort, "the leg has no port of departure; send its IATA code or UN/LOCODE"
	}
	from := departure.Sub(time.UnixMilli(at))
	if w.Past > 0 && from < -w.Past-zones || w.Ahead > 0 && from > w.Ahead+zones {
		return OutOfWindow, "the departure is too long ago or too far ahead to be decided now; correct the date, or send it nearer to departure"
	}
	return "", ""
}

// designator reports whether s can be an operator's code: of 2 or 3 characters in the air, of more at sea.
func designator(s string) bool { return len(s) >= 2 && len(s) <= 17 && plain17(s) }

// numbered reports whether s can be a number of a flight, a voyage or a ship: it has a digit.
func numbered(s string) bool {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			return len(s) <= 17 && plain17(s)
		}
	}
	return false
}

func plain17(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && c != '-' && c != '/' && c != ' ' {
			return false
		}
	}
	return true
}

func saidUnknown(m *travel.Message) bool {
	_, said := worstOf(m, UnknownMessage)
	return said
}

// losing are the codes of faults by which a part of a message was not read: nobody can say who was in it. A count that
// does not agree (count_unt) is none: senders who always count one too many are common, and are told so.
const losing = " bad_segment truncated segment_too_long too_many_segments swallowed_segment stray_segment too_many_travellers booking_too_large xml_broken too_many_documents "

// lost reports whether somebody of a message that was taken in may not have been read, so that nobody takes its answer
// for complete.
func lost(findings []travel.Finding) bool {
	for i := range findings {
		if f := &findings[i]; f.Severity == travel.Fault && f.Traveller == 0 && strings.Contains(losing, " "+f.Code+" ") {
			return true
		}
	}
	return false
}

// at0 is a finding about m as a whole.
func at0(m *travel.Message, code, text string) travel.Finding {
	f := travel.Finding{Code: code, Severity: travel.Fault, Text: text}
	if len(m.LegPlaces) > 0 {
		p := m.LegPlaces[0]
		f.Segment, f.Tag, f.Offset = p.Segment, p.Tag, p.Offset
	}
	return f
}

// legFinding puts a finding where its leg stands, and where its format said what is wrong with it.
func legFinding(m *travel.Message, l *travel.Leg, code, text string) travel.Finding {
	if said, ok := worstOf(m, code); ok { // the format said it, with its place
		return said
	}
	f := at0(m, code, text)
	for i := range m.Legs {
		if named(m.Legs[i]) == *l && i < len(m.LegPlaces) {
			p := m.LegPlaces[i]
			f.Segment, f.Tag, f.Offset = p.Segment, p.Tag, p.Offset
		}
	}
	if said, ok := worstOf(m, "bad_leg", "bad_date", "bad_port"); ok && code != NotYourLeg {
		f.Segment, f.Tag, f.Element, f.Component, f.Offset = said.Segment, said.Tag, said.Element, said.Component, said.Offset
	}
	return f
}

// worstOf is the first fault about m as a whole with one of these codes.
func worstOf(m *travel.Message, codes ...string) (travel.Finding, bool) {
	for _, f := range m.Findings {
		for _, c := range codes {
			if f.Code == c && f.Severity == travel.Fault && f.Traveller == 0 {
				return f, true
			}
		}
	}
	return travel.Finding{}, false
}
