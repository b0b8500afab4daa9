package fact

import (
	"time"

	"fairway/pkg/travel"
)

// Input is what is known of one traveller on one leg; [Gather] makes facts of it. The zero value of a part means that
// nobody looked, or that there was none, as each says.
type Input struct {
	Message   Message
	At        int64 // Unix milliseconds the message was received; 0 when unknown
	Leg       travel.Leg
	Legs      []travel.Leg // the message's other legs
	Traveller *travel.Traveller
	Booking   *travel.Booking // nil without PNR data
	Findings  []travel.Finding

	Listed  bool // the watchlists were asked
	Matches []travel.Match

	Authorised    bool        // it is known whether a permission is needed
	Authorisation *Permission // nil when none is

	HasHistory bool      // earlier legs were looked up
	History    []Earlier // in any order

	Links *Links // nil when nobody counted
}

// Permission is what was found of the permission to travel that this traveller needs.
type Permission struct {
	Status        string // valid, expired, denied, none
	Until         travel.Date
	OtherDocument *bool // granted on another document than those shown; nil when not compared
}

// Earlier is one earlier leg of the same person.
type Earlier struct {
	Leg     travel.LegID
	Date    travel.Date
	Outcome travel.Outcome // "" when not known
}

// maxList bounds every list among the facts, so that a hostile message cannot make rules slow.
const maxList = 64

// Gather derives the facts that rules read. It never mixes up "no" and "not known": what in does not tell is absent.
func Gather(in *Input) *Set {
	m := in.Message
	f := &Set{Message: &m, Leg: gatherLeg(in), Quality: gatherQuality(in.Findings)}
	if t := in.Traveller; t != nil {
		f.Traveller = gatherTraveller(t, in.Leg.Departure.Date())
		f.Document = gatherDocument(t, in.Leg.Departure.Date())
	}
	if in.Listed {
		f.List = gatherList(in.Matches)
	}
	if in.Authorised {
		f.Authorisation = gatherAuthorisation(in.Authorisation, in.Leg.Departure.Date())
	}
	if in.HasHistory {
		f.History = gatherHistory(in)
	}
	if in.Booking != nil {
		f.Booking = gatherBooking(in)
	}
	f.Links = in.Links
	return f
}

func gatherLeg(in *Input) *Leg {
	l := in.Leg
	if l.Carrier == "" && l.Origin == "" && l.Departure == "" {
		return nil
	}
	leg := &Leg{
		Mode: string(l.Mode), Carrier: l.Carrier, Number: l.Number, Origin: string(l.Origin), Destination: string(l.Destination),
		Departure: string(l.Departure.Date()), Border: l.Border,
	}
	if l.Origin != "" && l.Destination != "" {
		leg.Route = string(l.Origin) + "-" + string(l.Destination)
	}
	if at, ok := l.Departure.Time(); ok {
		leg.Hour = new(at.Hour())
		if in.At != 0 {
			leg.HoursToDeparture = new(hoursBetween(time.UnixMilli(in.At), at))
		}
	}
	for _, other := range append([]travel.Leg{l}, in.Legs...) {
		for _, p := range []travel.Port{other.Origin, other.Destination} {
			if n := len(leg.Ports); p != "" && n < maxList && (n == 0 || leg.Ports[n-1] != string(p)) {
				leg.Ports = append(leg.Ports, string(p))
			}
		}
	}
	return leg
}

// hoursBetween rounds down, so that -0.5 hours is -1 and not "now".
func hoursBetween(from, to time.Time) int {
	d := to.Sub(from)
	h := int(d / time.Hour)
	if d < 0 && d%time.Hour != 0 {
		h--
	}
	return h
}

func gatherQuality(findings []travel.Finding) *Quality {
	q := &Quality{Codes: make([]string, 0, len(findings)), Count: len(findings)}
	for _, f := range findings {
		switch f.Severity {
		case travel.Fault:
			q.Faults++
		case travel.Warning:
			q.Warnings++
		}
		if len(q.Codes) < maxList {
			q.Codes = append(q.Codes, f.Code)
		}
	}
	return q
}

func gatherAuthorisation(p *Permission, departure travel.Date) *Authorisation {
	if p == nil {
		return &Authorisation{Status: "not_required"}
	}
	a := &Authorisation{Required: true, Found: p.Status != "none" && p.Status != "", Status: p.Status, OtherDocument: p.OtherDocument}
	if days, ok := departure.Days(p.Until); ok {
		a.DaysLeft = &days
	}
	return a
}
