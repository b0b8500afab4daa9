package pnrgov

import (
	"strings"

	"fairway/pkg/travel"
)

// tif reads a name: booked, or checked in when it follows TRI.
func (d *decoder) tif() {
	s := d.seg
	surname, given := strings.TrimSpace(s.Get(1, 1)), strings.TrimSpace(s.Get(2, 1))
	kind, own := strings.TrimSpace(s.Get(2, 2)), strings.TrimSpace(s.Get(2, 3))
	if d.at == inLeg || d.at == inCheckIn {
		if d.checkIn(surname, given, own) {
			return
		}
	}
	late := d.at != inBooking && d.at != inName
	if kind == "G" || s.Get(1, 2) == "G" {
		d.b.Group, d.who = "yes", -1
		return
	}
	d.m.Travellers = append(d.m.Travellers, travel.Traveller{Index: len(d.m.Travellers) + 1, Kind: travel.Passenger, FareType: kind,
		Locator: d.b.Locator})
	d.placed(s.Pos(0, 0))
	d.who = len(d.m.Travellers) - 1
	t := d.person()
	t.Surname = d.name(surname, 1)
	t.Given = d.name(d.untitled(given), 2)
	if t.Surname == "" { // a single name counts as the surname
		t.Surname, t.Given = t.Given, ""
	}
	if t.Surname == "" {
		d.find("no_name", travel.Fault, s.Pos(0, 0), "the person has no name; send TIF with surname and given names")
	}
	d.refs = append(d.refs, ref{trimRef(own), d.who, s.Get(2, 4) == "1"})
	switch {
	case d.at == inCheckIn: // checked in, but not booked by that name
		d.find("late_name", travel.Note, s.Pos(0, 0), "a person who checked in is not among the names of the booking")
		d.present(t)
	case late:
		d.find("late_name", travel.Note, s.Pos(0, 0), "a name after the flights; send TIF before them")
		d.at = inName
	default:
		d.at = inName
	}
}

// name reads one part of a name. Fillers for an unknown name are no name.
func (d *decoder) name(n string, e int) travel.Name {
	switch n {
	case "FNU", "LNU", "XXX", "NFN", "NLN", "UNKNOWN":
		d.find("placeholder_name", travel.Note, d.seg.Pos(e, 1), "a filler for an unknown name; taken as none")
		return ""
	}
	return travel.Name(n)
}

// checkIn finds who of the booking checks in here; false when nobody of it does.
func (d *decoder) checkIn(surname, given, own string) bool {
	i := -1
	given = strings.TrimSpace(d.untitled(given))
	for _, name := range [...]string{own, d.tri} {
		if j := d.byRef(name); i < 0 && j >= 0 && sameName(string(d.m.Travellers[j].Surname), surname) {
			i = j
		}
	}
	for j := d.first; i < 0 && j < len(d.m.Travellers); j++ {
		if t := &d.m.Travellers[j]; sameName(string(t.Surname), surname) && sameName(string(t.Given), given) {
			i = j
		}
	}
	if i < 0 {
		return false
	}
	d.at, d.who = inCheckIn, i
	d.present(&d.m.Travellers[i])
	return true
}

// present notes that t checked in for the flight in hand, if that is the one reported on.
func (d *decoder) present(t *travel.Traveller) {
	if !d.reported || t.CheckIn != "" {
		return
	}
	t.CheckIn = "checked_in"
	if d.direct {
		t.CheckIn = "go_show"
	}
	d.checkedIn++
}

// byRef finds a person of this booking by their reference in it; -1 when nobody has it.
func (d *decoder) byRef(name string) int {
	if name = trimRef(name); name == "" {
		return -1
	}
	for i := range d.refs {
		if d.refs[i].name == name {
			return d.refs[i].who
		}
	}
	return -1
}

func trimRef(s string) string { return strings.TrimLeft(strings.TrimSpace(s), "0") }

// sameName compares names by their letters; where one was cut short, or the other has more given names, as far as the
// shorter goes.
func sameName(a, b string) bool {
	i, j := 0, 0
	for {
		for i < len(a) && !letter(a[i]) {
			i++
		}
		for j < len(b) && !letter(b[j]) {
			j++
		}
		if i == len(a) || j == len(b) {
			return len(a) > 0 && len(b) > 0 || len(a) == len(b)
		}
		if a[i]|0x20 != b[j]|0x20 {
			return false
		}
		i++
		j++
	}
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }

// untitled takes the titles off given names: after a space always, glued on where that cannot well be the name.
// Titles of clergy and rank are counted as removed (standards.md F.6).
func (d *decoder) untitled(given string) string {
	given = strings.TrimSpace(given)
	for {
		at := strings.LastIndexByte(given, ' ')
		if at < 0 {
			break
		}
		is, private := title(given[at+1:])
		if !is {
			break
		}
		if private {
			d.removed()
		}
		given = strings.TrimSpace(given[:at])
	}
	least := 3 // AMR and NIMR are names
	if d.glues {
		least = 1
	}
	bare := unglued(given, least)
	d.glues = d.glues || bare != given
	return bare
}

// title reports whether a word is a title; private says that it tells of clergy or military rank.
func title(word string) (is, private bool) {
	switch word {
	case "MR", "MRS", "MS", "MISS", "MSTR", "MST", "MASTER", "DR", "PROF", "CHD", "INF", "MME", "MLLE", "SR", "SRA", "HERR", "FRAU",
		"PHD", "MD":
		return word != "SR", false // SR is Senior as often
	case "REV", "FR", "RABBI", "IMAM", "SISTER", "BISHOP", "FATHER", "PASTOR", "CAPT", "COL", "GEN", "LT", "MAJ", "SGT", "CPL":
		return true, true
	}
	return false, false
}

// unglued takes off a title that is written together with the name: "JOHNMR", "ANNAMRS". At least so many letters stay.
func unglued(given string, least int) string {
	for _, t := range [...]string{"MSTR", "MISS", "MRS", "MR", "MS"} {
		if rest, ok := strings.CutSuffix(given, t); ok && len(rest) >= least && letter(rest[len(rest)-1]) {
			if t == "MS" && (rest == "ADA" || rest == "WILLIA" || rest == "ABRAHA") {
				return given
			}
			return rest
		}
	}
	return given
}

// fti reads a frequent-flyer number.
func (d *decoder) fti() {
	if t := d.person(); t != nil && t.Frequent == "" && d.seg.Get(1, 2) != "" {
		t.Frequent = travel.Number(strings.TrimSpace(d.seg.Get(1, 1)) + strings.TrimSpace(d.seg.Get(1, 2)))
	}
}

// ref reads the carrier's unique reference of a person, the one PAXLST has in RFF+ABO.
func (d *decoder) ref() {
	if t := d.person(); t != nil && d.at == inName && t.Ref == "" {
		t.Ref = strings.TrimSpace(d.seg.Get(1, 2))
	}
}

// close finishes the booking in hand: papers and infants find their persons.
func (d *decoder) close() {
	if d.b == nil {
		return
	}
	d.who = -1
	if d.b.Locator == "" {
		p := d.seg.Pos(0, 0)
		d.find("no_locator", travel.Warning, p, "the booking before here has no locator; send RCI after SRC")
	}
	for i := range d.papers {
		d.assign(&d.papers[i])
	}
	for i := range d.infants {
		d.place(&d.infants[i])
	}
	for i := d.first; i < len(d.m.Travellers); i++ {
		t := &d.m.Travellers[i]
		t.Locator = d.b.Locator
		if t.FareType == "IN" {
			t.InfantOf = d.adultOf(i)
		}
		if d.noShow && t.CheckIn == "" {
			t.CheckIn = "no_show"
		}
	}
	d.b.Party = max(d.party, len(d.m.Travellers)-d.first)
	d.b, d.who, d.at = nil, -1, inHeader
}

// adultOf is the index of the adult that an infant travels with: the one said to carry one, nearest before it; else the
// only adult.
func (d *decoder) adultOf(infant int) int {
	if of := d.m.Travellers[infant].InfantOf; of > 0 {
		return of
	}
	found, adults, only := 0, 0, 0
	for _, r := range d.refs {
		t := &d.m.Travellers[r.who]
		if t.FareType == "IN" || t.FareType == "C" {
			continue
		}
		adults++
		only = t.Index
		if r.inf && (found == 0 || r.who < infant) {
			found = t.Index
		}
	}
	if found == 0 && adults == 1 {
		return only
	}
	return found
}
