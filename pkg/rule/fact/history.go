package fact

import (
	"slices"
	"strings"

	"fairway/pkg/travel"
)

func gatherHistory(in *Input) *History {
	h := &History{Origins: []string{}}
	departure := in.Leg.Departure.Date()
	var last travel.Date
	refusals, outcomes := 0, false
	for _, e := range in.History {
		days, ok := e.Date.Days(departure)
		carrier, origin := legParts(e.Leg)
		if !ok || e.Leg == in.Leg.ID() {
			continue
		}
		if days == 0 && !calls(in, travel.Port(origin)) {
			h.SameDay++
		}
		if days < 0 {
			continue
		}
		h.Legs++
		if days <= 7 {
			h.Legs7++
		}
		if days <= 30 {
			h.Legs30++
		}
		if days <= 365 {
			h.Legs365++
		}
		if carrier == in.Leg.Carrier {
			h.SameCarrier++
		}
		if len(h.Origins) < maxList {
			h.Origins = append(h.Origins, origin)
		}
		if h.FirstSeen == "" || e.Date < travel.Date(h.FirstSeen) {
			h.FirstSeen = string(e.Date)
		}
		if e.Outcome == travel.NoBoard {
			refusals++
		}
		outcomes = outcomes || e.Outcome != ""
		if e.Date >= last {
			last, h.DaysSinceLast, h.LastOutcome = e.Date, &days, string(e.Outcome)
		}
	}
	if outcomes {
		h.Refusals = &refusals
	}
	return h
}

// calls reports whether port is on this journey, by the message or by the booking.
func calls(in *Input, port travel.Port) bool {
	on := func(l travel.Leg) bool { return l.Origin == port || l.Destination == port }
	if on(in.Leg) || slices.ContainsFunc(in.Legs, on) {
		return true
	}
	return in.Booking != nil && slices.ContainsFunc(in.Booking.Legs, func(l travel.BookedLeg) bool { return on(l.Leg) })
}

// legParts takes carrier and origin out of "ZX-410-DXB-2026-10-05".
func legParts(id travel.LegID) (carrier, origin string) {
	s := string(id)
	carrier, _, _ = strings.Cut(s, "-")
	if i := len(s) - len("-2026-10-05"); i > 0 {
		s = s[:i]
		origin = s[strings.LastIndexByte(s, '-')+1:]
	}
	return carrier, origin
}
