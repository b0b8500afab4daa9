package xml

import (
	"strings"
	"time"

	"fairway/pkg/booking"
	"fairway/pkg/travel"
)

// isoTime reads a date, or a date and time, of ISO 8601: "2026-10-05", "2026-10-05T14:30:00+08:00". The zone is "", "Z"
// or "+08:00"; seconds are dropped. A date alone is the start of that day.
func isoTime(s string) (at travel.LocalTime, zone string, ok bool) {
	if len(s) < len(time.DateOnly) || !travel.Date(s[:len(time.DateOnly)]).Full() {
		return "", "", false
	}
	day, rest := s[:len(time.DateOnly)], s[len(time.DateOnly):]
	if rest == "" || rest == "Z" {
		return travel.LocalTime(day + "T00:00"), rest, true
	}
	if len(rest) < len("T15:04") || rest[0] != 'T' && rest[0] != ' ' || rest[3] != ':' {
		return "", "", false
	}
	if hour, minute := travel.Whole(rest[1:3]), travel.Whole(rest[4:6]); hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return "", "", false
	}
	at = travel.LocalTime(day + "T" + rest[1:6])
	rest = rest[6:]
	if strings.HasPrefix(rest, ":") { // seconds, perhaps with a fraction
		n := 1
		for n < len(rest) && (rest[n] >= '0' && rest[n] <= '9' || rest[n] == '.') {
			n++
		}
		if n < len(":00") {
			return "", "", false
		}
		rest = rest[n:]
	}
	switch {
	case rest == "", rest == "Z":
		return at, rest, true
	case len(rest) == len("+08:00") && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':' && travel.Whole(rest[1:3]) >= 0 && travel.Whole(rest[4:]) >= 0:
		return at, rest, true
	}
	return "", "", false
}

// inUTC takes the offset off a time; one without an offset is taken to be in UTC, as bookings are.
func inUTC(at travel.LocalTime, zone string) travel.LocalTime {
	if len(zone) < len("+08:00") {
		return at
	}
	t, ok := at.Time()
	if !ok {
		return at
	}
	off := time.Duration(travel.Whole(zone[1:3]))*time.Hour + time.Duration(travel.Whole(zone[4:]))*time.Minute
	if zone[0] == '+' {
		off = -off
	}
	return travel.LocalTimeOf(t.Add(off))
}

// moment reads a time of a booking, in UTC; a finding on n says when it is none.
func (d *decoder) moment(n *node, key string) travel.LocalTime {
	s := n.get(key)
	if s == "" {
		return ""
	}
	at, zone, ok := isoTime(s)
	if !ok {
		d.b.Find("bad_date", travel.Fault, n.place(), key+" is not a date and time; send CCYY-MM-DDThh:mm:ss")
		return ""
	}
	return inUTC(at, zone)
}

// local reads a time at a port. A zone that it names is passed over, with a finding: times of flights are local.
func (d *decoder) local(n *node, key string) travel.LocalTime {
	s := n.get(key)
	if s == "" {
		return ""
	}
	at, zone, ok := isoTime(s)
	switch {
	case !ok:
		d.b.Find("bad_date", travel.Fault, n.place(), key+" is not a date and time; send CCYY-MM-DDThh:mm:ss, local to the port")
	case zone != "":
		d.b.Find("zone_ignored", travel.Warning, n.place(), key+" names a zone, which was passed over; send a flight's times local to its ports, without one")
	}
	return at
}

// endLeg takes over the FlightLeg in hand.
func (d *decoder) endLeg() {
	n := d.leg
	if n == nil {
		return
	}
	d.leg = nil
	before := len(d.b.Message.Findings)
	leg, _, _ := d.flightOf(n)
	switch {
	case leg.Departure == "":
		if len(d.b.Message.Findings) == before || n.get("departuredatetime") == "" {
			d.b.Find("bad_date", travel.Fault, n.place(), "the flight has no time of departure; send DepartureDateTime, local to the port")
		}
		return
	case leg.Origin == "" || leg.Carrier == "" || leg.Number == "":
		if leg.Carrier == "" || leg.Number == "" || under(n, "departureairport", "locationcode") == "" {
			d.b.Find("bad_leg", travel.Fault, n.place(), "the flight reported on has no port, carrier or number; send DepartureAirport, CarrierCode and FlightNumber")
		}
		return
	}
	d.b.Reports(leg, n.place())
}

// flightOf reads a flight, under the designator it is sold by, and the carrier and number it is flown under.
func (d *decoder) flightOf(n *node) (leg travel.Leg, flownBy, flownAs string) {
	leg = travel.Leg{Mode: travel.Air, Departure: d.local(n, "departuredatetime"), Arrival: d.local(n, "arrivaldatetime"),
		Origin: d.airport(n, "departureairport"), Destination: d.airport(n, "arrivalairport")}
	flownBy, flownAs = under(n, "operatingairline", "code"), under(n, "operatingairline", "flightnumber")
	leg.Carrier = under(n, "marketingairline", "code")
	if leg.Carrier == "" {
		leg.Carrier = n.get("carriercode", "airlinecode")
	}
	number := n.get("flightnumber")
	if number == "" {
		number = under(n, "marketingairline", "flightnumber")
	}
	if leg.Carrier == "" {
		leg.Carrier = flownBy
	}
	if number == "" {
		number = flownAs
	}
	leg.Number = travel.FlightNumber(number + n.get("operationalsuffix"))
	if flownAs == "" {
		flownAs = leg.Number
	}
	return leg, flownBy, travel.FlightNumber(flownAs)
}

// airport reads a port of a flight.
func (d *decoder) airport(n *node, key string) travel.Port {
	return d.b.Port(under(n, key, "locationcode"), n.place())
}

// under returns an attribute of a child, or the child's text.
func under(n *node, child, key string) string {
	k := n.kid(child)
	if k == nil {
		return ""
	}
	if v := k.get(key); v != "" {
		return v
	}
	return oneLine(k.text)
}

// flight reads one flight of a booking's itinerary, with what it says of the persons on it.
func (d *decoder) flight(n *node) {
	d.b.Who, d.b.Reported, d.at = -1, false, inFlight
	defer func() { d.b.Who, d.b.Reported, d.at = -1, false, inBooking }()
	leg, flownBy, flownAs := d.flightOf(n)
	if party := travel.Whole(n.get("numberinparty")); party < 10_000 {
		d.b.SaysParty(party, n.place())
	}
	switch {
	case leg.Number == "OPEN" || leg.Number == "ARNK": // no flight yet, or none at all
	case leg.Departure == "" || leg.Origin == "":
		if n.get("departuredatetime") == "" || under(n, "departureairport", "locationcode") == "" {
			d.b.Find("bad_leg", travel.Fault, n.place(), "a flight of the booking without its port or time of departure was left out; send DepartureAirport and DepartureDateTime")
		}
	case d.b.AddLeg(travel.BookedLeg{Leg: leg, Class: n.get("resbookdesigcode"), Status: n.get("status")}):
		d.b.MatchReported(leg.Carrier, leg.Number)
		if flownBy != "" && (flownBy != leg.Carrier || flownAs != leg.Number) {
			d.b.MatchReported(flownBy, flownAs)
			d.b.AlsoAs(flownBy, flownAs)
		}
	}
	n.each(func(k *node) {
		switch k.key {
		case "bookingrefid":
			d.bookingRef(k)
		case "ssr", "docssr", "osi", "remark":
			d.special(k)
		case "checkininfo":
			k.each(func(p *node) { d.checkedInAs(p) })
		case "boardingnumber":
			d.checkedInAs(k)
		case "seatnumber":
			d.seatOf(k)
		}
		d.b.Who = -1
	})
}

// checkedInAs reads a person's check-in on the flight in hand: boarding number, seat and bags.
func (d *decoder) checkedInAs(n *node) {
	if n.key != "boardingnumber" && n.key != "passenger" {
		return
	}
	d.at = inCheckIn
	own, surname, given := n.get("rph"), joined(n, "surname"), joined(n, "givenname")
	if d.b.Who = d.b.ByRef(own); d.b.Who < 0 && surname != "" {
		d.b.CheckIn(booking.Caller{Surname: surname, Given: given, Ref: own, At: n.place()}, true)
	}
	if d.b.Who < 0 && surname == "" {
		d.b.Who = d.b.Only()
	}
	t := d.b.Person()
	if t == nil {
		d.b.Find("stray_check_in", travel.Fault, n.place(), "a check-in of nobody in the booking was left out; send the RPH of a passenger of it")
		return
	}
	d.b.Present(t)
	n.each(func(k *node) {
		switch k.key {
		case "seatnumber":
			d.seatOf(k)
		case "checkedbag":
			d.bag(k)
		}
	})
}

// seatOf reads a seat on the flight in hand, of the person in hand or of whom it names.
func (d *decoder) seatOf(n *node) {
	if i := d.b.ByRef(n.get("rph")); i >= 0 {
		d.b.Who = i
	}
	s := n.get("number", "seatnumber", "code")
	if s == "" {
		s = oneLine(n.text)
	}
	if t := d.b.Person(); t != nil && (d.b.Reported || d.at != inFlight && d.at != inCheckIn) {
		if s = booking.Seat(s); s != "" {
			t.Seat = s
		}
	}
}

// bag reads checked bags of the person in hand: one element for each, or for consecutive tags.
func (d *decoder) bag(n *node) {
	t := d.b.Person()
	if t == nil || d.at == inCheckIn && !d.b.Reported {
		return
	}
	count := travel.Whole(n.get("bagcount", "sequencecount"))
	if count < 0 {
		count = 1
	}
	count = min(count, booking.MostTags)
	if t.Bags == nil {
		t.Bags = &travel.Bags{}
	}
	t.Bags.Count += count
	t.Bags.Pool = t.Bags.Pool || n.get("baggagepool") != ""
	t.Bags.Weight += booking.Kilograms(n.get("unitofmeasurequantity"), n.get("unitofmeasurecode", "unitofmeasure"))
	if tag := n.get("serialnumber"); tag != "" && count > 0 && len(t.Bags.Tags) < booking.MostTags {
		t.Bags.Tags = append(t.Bags.Tags, travel.ConsecutiveTags(tag, min(count, booking.MostTags-len(t.Bags.Tags)))...)
	}
}
