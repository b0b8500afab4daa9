package paxlst

import (
	"strings"

	"fairway/pkg/travel"
)

// personKind reads NAD 3035; "" when it is no traveller.
func personKind(code string) travel.Kind {
	switch code {
	case "FL":
		return travel.Passenger
	case "FM":
		return travel.Crew
	case "DDU":
		return travel.Transit
	case "DDT":
		return travel.TransitCrew
	case "ZZZ":
		return travel.Reference
	}
	return ""
}

// nad starts a person, or names the reporting party.
func (d *decoder) nad() {
	s := d.seg
	if s.Components(0) > 0 && personKind(s.Get(0, 1)) != "" { // NAD:FL
		d.misspelt()
		return
	}
	d.closePerson()
	code := strings.TrimSpace(s.Get(1, 1))
	kind := personKind(code)
	known := kind != ""
	if !known {
		kind = personKind(strings.ToUpper(code))
	}
	if kind == "" {
		if code == "MS" || len(d.m.Legs) == 0 && !d.transportOpen {
			d.party(code)
			return
		}
		kind = travel.Passenger // after the legs come the persons; nobody may be lost for a code
	}
	d.closeTransport()
	t := d.addPerson(kind)
	if !known {
		d.find("unknown_person", travel.Warning, s.Pos(1, 1), "a NAD of a kind that is not known here was read as a passenger, or as what it is in capitals; send FL, FM, DDU or DDT")
	}
	d.names(t, 4, 5)
	d.address(t)
	t.Absent = d.m.Code == "266+CLNB"
}

// party passes over a NAD that is nobody on board.
func (d *decoder) party(code string) {
	if code != "MS" {
		d.find("unknown_code", travel.Note, d.seg.Pos(1, 1), "a kind of party that is not known here; it was passed over")
	}
	d.closeTransport()
}

// misspelt passes over a NAD with another tag, or none that ends. What follows it is about nobody.
func (d *decoder) misspelt() {
	d.closePerson()
	d.closeTransport()
	d.find("bad_segment", travel.Fault, d.seg.Pos(0, 0), "a segment that lists a person, but not as NAD and its separator, and the person was left out; send NAD+FL")
}

// addPerson starts a person at the segment in hand.
func (d *decoder) addPerson(kind travel.Kind) *travel.Traveller {
	d.findingsBefore = len(d.m.Findings)
	d.m.Travellers = append(d.m.Travellers, travel.Traveller{Index: len(d.m.Travellers) + 1, Kind: kind})
	d.m.Places = append(d.m.Places, d.seg.Pos(0, 0))
	d.person = &d.m.Travellers[len(d.m.Travellers)-1]
	return d.person
}

// closePerson ends the person in hand. A seat that was booked without a name, which carriers fill with TBA for all of
// it, is nobody: it is counted, and not presented. A document or a birth date makes it somebody.
func (d *decoder) closePerson() {
	t := d.person
	d.person, d.document = nil, nil
	if t == nil || !d.fillersOnly || t.Kind == travel.Reference || len(t.Documents) > 0 || t.Birth != "" {
		return
	}
	n := len(d.m.Travellers) - 1
	at := d.m.Places[n]
	d.m.Travellers, d.m.Places = d.m.Travellers[:n], d.m.Places[:n]
	d.m.Findings = d.m.Findings[:min(len(d.m.Findings), d.findingsBefore)] // they are about nobody
	d.unnamed++
	d.find("unnamed", travel.Warning, at,
		"a person with a filler for a name and neither a birth date nor a document, who was left out; send them when their name is known")
}

func (d *decoder) address(t *travel.Traveller) {
	s := d.seg
	if s.Elements() < 5 {
		return
	}
	parts := make([]string, 0, 5)
	for e := 5; e <= 9; e++ {
		if p := strings.TrimSpace(s.Get(e, 1)); p != "" {
			parts = append(parts, p)
		}
	}
	t.Address = travel.Text(strings.Join(parts, ", "))
}

func (d *decoder) att(t *travel.Traveller) {
	if d.seg.Get(1, 1) == "2" {
		d.readSex(t, 3, 1)
	}
}

func (d *decoder) readSex(t *travel.Traveller, e, c int) {
	switch code := d.seg.Get(e, c); code {
	case "M", "F", "U", "X":
		t.Sex = travel.Sex(code)
	case "":
	default:
		t.Sex = "U"
		d.find("unknown_sex", travel.Note, d.seg.Pos(e, c), "a gender code that is not M, F, U or X; taken as U")
	}
}

func bags(t *travel.Traveller) *travel.Bags {
	if t.Bags == nil {
		t.Bags = new(travel.Bags)
	}
	return t.Bags
}

func (d *decoder) gei(t *travel.Traveller) {
	if d.seg.Get(1, 1) != "4" {
		return
	}
	switch d.seg.Get(2, 1) {
	case "173", "ZZZ":
		t.Verified = "verified"
	case "174":
		t.Verified = "unverified"
	}
}

// mostTags bounds the tags one FTX may stand for.
const mostTags = 50

// ftx reads bag tags: a tag, and how many consecutive ones it stands for.
func (d *decoder) ftx(t *travel.Traveller) {
	if d.seg.Get(1, 1) != "BAG" {
		return
	}
	tag := strings.TrimSpace(d.seg.Get(4, 1))
	if tag == "" || tag == "NULL" || tag == "0" {
		return
	}
	n := travel.Whole(d.seg.Get(4, 2))
	b := bags(t)
	b.Tags = append(b.Tags, travel.ConsecutiveTags(tag, min(max(n, 1), mostTags))...)
	b.Count = max(b.Count, len(b.Tags))
}

// loc reads a place of the leg, the person or the document (3227).
func (d *decoder) loc() {
	s := d.seg
	code, place := s.Get(1, 1), strings.TrimSpace(s.Get(2, 1))
	if d.person == nil {
		switch code {
		case "125", "87", "92":
			d.legLoc(code, place)
		case "130", "188", "172", "22", "91":
			d.legLoc("", "")
		default:
			d.legLoc("", "")
			d.find("unknown_code", travel.Note, s.Pos(1, 1), "a kind of place that is not known here; it was passed over")
		}
		return
	}
	t := d.person
	switch code {
	case "22":
		t.Clearance, _ = d.port(place, spot{2, 1}, travel.Warning, "clearance")
	case "174":
		t.Residence = d.state(2, 1)
	case "178":
		t.Embark, _ = d.port(place, spot{2, 1}, travel.Warning, "embarkation")
	case "179":
		t.Debark, _ = d.port(place, spot{2, 1}, travel.Warning, "disembarkation")
	case "180":
		t.BirthState = d.state(2, 1)
		t.BirthPlace = travel.Text(strings.TrimSpace(s.Get(2, 4)))
	case "91":
		d.whenDocument(func(doc *travel.Document) {
			if doc.Issuer = d.state(2, 1); doc.Place == "" {
				doc.Place = travel.Text(strings.TrimSpace(s.Get(2, 4)))
			}
		})
	default:
		d.find("unknown_code", travel.Note, s.Pos(1, 1), "a kind of place that is not known here; it was passed over")
	}
}

// state reads a State code and says what it had to do to it.
func (d *decoder) state(e, c int) travel.State {
	raw := d.seg.Get(e, c)
	if raw == "" || strings.TrimSpace(raw) == "" {
		return ""
	}
	if raw == d.lastState { // a passport says its State twice or three times, and a flight has few
		return travel.State(raw)
	}
	code, known, mapped := travel.ParseState(raw)
	if known && !mapped && raw == string(code) {
		d.lastState = raw
	}
	switch {
	case !known:
		d.find("unknown_state", travel.Warning, d.seg.Pos(e, c), "not a State code; send the three letters of ISO 3166 or ICAO 9303")
	case mapped:
		d.find("state_mapped", travel.Note, d.seg.Pos(e, c), "a State code of fewer than three letters; it was read as its three letters")
	}
	return code
}

// rff reads a reference of the message or the person (1153).
func (d *decoder) rff() {
	kind, ref := d.seg.Get(1, 1), strings.TrimSpace(d.seg.Get(1, 2))
	if d.person == nil {
		if kind == "TN" {
			d.m.Reference = ref
		}
		return
	}
	t := d.person
	switch kind {
	case "AVF":
		t.Locator = ref
	case "ABO":
		d.unique(t, ref)
	case "SEA":
		t.Seat = ref
	case "AEA":
		t.Authority = travel.Number(ref)
	case "CR":
		t.Frequent = travel.Number(ref)
	case "YZY":
		t.Ticket = travel.Number(ref)
	case "RN", "RDR": // redress number, by bilateral agreement
		t.Redress = travel.Number(ref)
	case "KTN":
		t.Known = travel.Number(ref)
	default:
		d.find("unknown_code", travel.Note, d.seg.Pos(1, 1), "a kind of reference that is not known here; it was passed over")
	}
}

// unique notes the carrier's unique passenger reference, which another person of the message must not have.
func (d *decoder) unique(t *travel.Traveller, ref string) {
	if ref == "" || ref == t.Ref {
		return
	}
	if d.seen == nil {
		d.seen = make(map[string]struct{}, cap(d.m.Travellers))
	}
	if _, ok := d.seen[ref]; ok {
		d.find("duplicate_reference", travel.Warning, d.seg.Pos(1, 2), "the same unique passenger reference (RFF+ABO) is on two persons of this message")
	}
	d.seen[ref] = struct{}{}
	t.Ref = ref
}

// com reads contacts: up to three in one segment.
func (d *decoder) com() {
	if d.person == nil {
		return // the reporting party's own
	}
	for e := 1; e <= d.seg.Elements(); e++ {
		value, kind := strings.TrimSpace(d.seg.Get(e, 1)), d.seg.Get(e, 2)
		if value == "" {
			continue
		}
		prefix := "phone:"
		if kind == "EM" {
			prefix = "email:"
		}
		d.person.Contacts = append(d.person.Contacts, travel.Text(prefix+value))
	}
}
