package pnrgov

import (
	"strings"

	"fairway/pkg/travel"
)

// assign gives a paper to its person: by what the service says, by name, and an infant's to the infant. A name that no
// TIF has names a seat booked without one, or a person in a booking that names nobody.
func (d *decoder) assign(p *paper) {
	i := p.who
	infant := len(p.sex) == 2
	if i < 0 || d.m.Travellers[i].FareType == "IN" != infant || !d.fits(i, p) {
		i = d.holder(p, infant)
	}
	if i < 0 && len(d.m.Travellers) == d.first+1 {
		i = d.first
	}
	if i < 0 && p.surname != "" {
		i = d.freeSeat()
	}
	if i < 0 && p.surname != "" && len(d.m.Travellers) == d.first {
		i = d.append(p.surname, p.given, "", p.pos)
		d.note("name_from_document", travel.Note, p, "the booking names this person only on a document; send TIF too")
	}
	if i < 0 {
		d.note("stray_document", travel.Fault, p, "a document that is of nobody in the booking was left out; send DOCS after the person's TIF")
		return
	}
	d.who = i
	d.identify(&d.m.Travellers[i], p)
	d.who = -1
}

// holder finds whose paper it is by the name on it; else it is of whom the service says, but never an infant's of an
// adult.
func (d *decoder) holder(p *paper, infant bool) int {
	if j := d.named(p.surname, p.given, infant); j >= 0 {
		return j
	}
	if p.who < 0 || infant {
		if j := d.namedNearly(p, infant); j >= 0 {
			return j
		}
	}
	if infant && p.surname != "" {
		i := d.append(p.surname, p.given, "IN", p.pos)
		if p.who >= 0 {
			d.m.Travellers[i].InfantOf = d.m.Travellers[p.who].Index
		}
		return i
	}
	if j := d.named(p.surname, p.given, !infant); j >= 0 {
		return j
	}
	return p.who
}

// namedNearly finds the one person without a document whose name differs from the paper's by a letter.
func (d *decoder) namedNearly(p *paper, infant bool) int {
	found := -1
	for k, party := 0, d.partyOf(); k < len(party); k++ {
		t := &party[k]
		if (t.FareType == "IN") != infant || len(t.Documents) > 0 || !alike(t, p.surname, p.given, 3) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = d.first + k
	}
	return found
}

// fits reports whether a paper can be of whom it stands with: by the surname, and no other of the family has the given
// name on it.
func (d *decoder) fits(i int, p *paper) bool {
	t := &d.m.Travellers[i]
	if p.surname == "" {
		return true
	}
	return sameName(string(t.Surname), p.surname) && (p.given == "" || sameName(string(t.Given), p.given) || d.named(p.surname, p.given, len(p.sex) == 2) < 0)
}

// note adds a finding at a paper.
func (d *decoder) note(code string, s travel.Severity, p *paper, text string) {
	d.find(code, s, p.pos, text)
}

// identify takes over what the document says of its holder; the document's name counts more than the booked one.
func (d *decoder) identify(t *travel.Traveller, p *paper) {
	if p.surname != "" {
		given := unpasted(p.given, string(t.Given))
		switch same := sameName(string(t.Surname), p.surname); {
		case t.Surname == "" && t.Given == "": // a seat booked without a name
			t.Surname, t.Given, t.Middle = travel.Name(p.surname), travel.Name(given), travel.Name(p.second)
		case !same, p.given != "" && t.Given != "" && !sameName(string(t.Given), given) && !sameName(string(t.Given), p.second):
			d.note("name_differs", travel.Warning, p, "the name on the document is not the one booked; correct one of them")
			t.Surname, t.Given, t.Middle = travel.Name(p.surname), travel.Name(given), travel.Name(p.second)
		case given != "" && (t.Middle == "" || p.second != ""):
			if len(plain(p.surname)) >= len(plain(string(t.Surname))) && plain(p.surname) != plain(string(t.Surname)) {
				t.Surname = travel.Name(p.surname)
			}
			if plain(given) != plain(string(t.Given)) {
				t.Given = travel.Name(given)
			}
			t.Middle = travel.Name(p.second)
		}
	}
	if p.birth != "" {
		t.Birth = travel.BirthDate(p.birth)
	}
	if p.nationality != "" {
		t.Nationality = p.nationality
	}
	if p.sex != "" {
		t.Sex = travel.Sex(p.sex[:1])
	}
	if p.doc.Number == "" {
		return
	}
	for i := range t.Documents {
		if t.Documents[i].Key() == p.doc.Key() && t.Documents[i].Type != "V" {
			return // repeated for a flight
		}
	}
	t.Documents = append(t.Documents, p.doc)
	if last := len(t.Documents) - 1; t.Documents[0].Type == "V" { // a visa came before the passport it is in
		t.Documents[0], t.Documents[last] = t.Documents[last], t.Documents[0]
	}
}

// plain is a name without the spaces that line wraps leave in it.
func plain(s string) string { return strings.ReplaceAll(s, " ", "") }

// unpasted takes titles off a document's given names, which carriers paste in from the booking: after a space, and
// glued on only where the booked name shows that it is one, or where no name begins so.
func unpasted(given, booked string) string {
	given, _ = untailed(given)
	if bare := unglued(given, 1); booked != "" && bare == booked {
		return bare
	}
	if rest, ok := strings.CutPrefix(given, "MR"); ok && len(rest) > 2 && !strings.ContainsRune("AEIOUY", rune(rest[0])) {
		return strings.TrimPrefix(rest, "S")
	}
	return given
}
