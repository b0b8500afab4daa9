package fact

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"fairway/pkg/travel"
)

func gatherBooking(in *Input) *Booking {
	b := in.Booking
	f := &Booking{
		Group: b.Group != "", Split: len(b.Split), Cancelled: b.Cancel, Tickets: len(b.Tickets), Contacts: len(b.Contacts),
		Minor: slices.ContainsFunc(b.Services, func(s string) bool { return strings.HasPrefix(s, "UMNR") || strings.HasPrefix(s, "UM ") || s == "UM" }),
	}
	departure, known := in.Leg.Departure.Time()
	if known {
		f.CreatedHours = hoursBefore(b.Created, departure)
		f.ChangedHours = hoursBefore(b.Changed, departure)
		var issued travel.LocalTime
		for _, t := range b.Tickets {
			issued = max(issued, t.Issued)
		}
		f.TicketHours = hoursBefore(issued, departure)
	}
	if b.Party > 0 {
		f.Party = new(b.Party)
	}
	if b.Bags != nil {
		f.Bags = new(b.Bags.Count)
	}
	gatherChanges(f, b.Changes, departure, known)
	gatherItinerary(f, b, in.Leg)
	gatherAgency(f, b.Agency)
	gatherPayment(f, b.Payments, in.Traveller)
	return f
}

// hoursBefore is nil when t is not known.
func hoursBefore(t travel.LocalTime, departure time.Time) *int {
	at, ok := t.Time()
	if !ok {
		return nil
	}
	return new(hoursBetween(at, departure))
}

// gatherChanges counts the booking's history; without one nothing is known about changes.
func gatherChanges(f *Booking, changes []travel.Change, departure time.Time, known bool) {
	if len(changes) == 0 {
		return
	}
	names, late := 0, 0
	for _, c := range changes {
		if c.What == "TIF" {
			names++
		}
		if h := hoursBefore(c.At, departure); known && h != nil && *h >= 0 && *h <= 48 {
			late++
		}
	}
	f.Changes, f.NameChanges = new(len(changes)), &names
	if known {
		f.LateChanges = &late
	}
}

// flown reports whether a segment's status lets it be flown: cancelled, refused and waiting ones do not count.
func flown(status string) bool {
	switch status {
	case "XX", "XL", "XR", "HX", "UN", "UC", "NO", "US", "UU":
		return false
	}
	return true
}

func gatherItinerary(f *Booking, b *travel.Booking, leg travel.Leg) {
	var legs []travel.BookedLeg
	for _, l := range b.Legs {
		switch {
		case !flown(l.Status):
			f.CancelledLegs++
		case l.Origin != "" && l.Destination != "" && len(legs) < maxList:
			legs = append(legs, l)
		}
	}
	slices.SortStableFunc(legs, func(a, b travel.BookedLeg) int { return strings.Compare(sortable(a), sortable(b)) })
	f.Legs = len(legs)
	if len(legs) == 0 {
		return
	}
	f.First, f.Final = string(legs[0].Origin), string(legs[len(legs)-1].Destination)
	f.OneWay = new(f.First != f.Final)
	broken := false
	for i, l := range legs {
		if n := len(f.Ports); n == 0 || f.Ports[n-1] != string(l.Origin) {
			broken = broken || n > 0
			f.Ports = append(f.Ports, string(l.Origin))
		}
		f.Ports = append(f.Ports, string(l.Destination))
		if l.Origin == leg.Origin && l.Destination == leg.Destination && l.Departure.Date() == leg.Departure.Date() {
			gatherNext(f, l.Leg, legs[i+1:])
		}
	}
	f.Broken = &broken
	seen := map[string]bool{}
	for i, p := range f.Ports {
		if seen[p] && !(i == len(f.Ports)-1 && p == f.First) {
			f.Revisits++
		}
		seen[p] = true
	}
}

// sortable orders segments by departure; those that give none keep their place at the end.
func sortable(l travel.BookedLeg) string {
	if l.Departure == "" {
		return "~"
	}
	return string(l.Departure)
}

// gatherNext looks at what follows leg in the booking. Arrival and next departure are wall-clock times of one port.
func gatherNext(f *Booking, leg travel.Leg, after []travel.BookedLeg) {
	f.Onward = new(len(after) > 0)
	if len(after) == 0 || after[0].Origin != leg.Destination {
		return
	}
	arrival, ok := leg.Arrival.Time()
	if next, ok2 := after[0].Departure.Time(); ok && ok2 {
		f.Connection = new(hoursBetween(arrival, next))
	}
	day := leg.Arrival.Date()
	if day == "" {
		day = leg.Departure.Date()
	}
	if days, ok := day.Days(after[0].Departure.Date()); ok {
		f.StayDays = &days
	}
}

func gatherAgency(f *Booking, a *travel.Agency) {
	if a == nil {
		return
	}
	switch {
	case a.Kind == "A":
		f.AgencyKind = "airline"
	case a.Kind == "T" || a.IATA != "":
		f.AgencyKind = "agency"
	}
	f.AgencyCountry, f.AgencyPlace = a.Country, a.Place
	if a.Place != "" && len(f.Ports) > 0 {
		f.AgencyFar = new(!slices.Contains(f.Ports, a.Place))
	}
}

func gatherPayment(f *Booking, payments []travel.Payment, t *travel.Traveller) {
	if len(payments) == 0 {
		return
	}
	cash := false
	for i, p := range payments {
		form := paymentForm(p.Form)
		if i == 0 {
			f.Payment = form
		}
		cash = cash || form == "cash"
		if p.Payer != "" && t != nil && f.ThirdParty == nil {
			f.ThirdParty = new(!shareName(p.Payer, t))
		}
	}
	f.Cash = &cash
}

// paymentForm names the form of payment (PADIS 9888).
func paymentForm(code string) string {
	switch code {
	case "CA":
		return "cash"
	case "CC", "DC":
		return "card"
	case "CK", "CQ":
		return "cheque"
	case "GR":
		return "government"
	}
	return "other"
}

// shareName reports whether the payer has a name part of two letters or more in common with t: a relative often has.
func shareName(payer travel.Name, t *travel.Traveller) bool {
	words := func(n travel.Name) []string {
		return strings.FieldsFunc(strings.ToUpper(string(n)), func(r rune) bool { return !unicode.IsLetter(r) })
	}
	own := append(words(t.Surname), words(t.FullGiven())...)
	return slices.ContainsFunc(words(payer), func(w string) bool { return len(w) > 1 && slices.Contains(own, w) })
}
