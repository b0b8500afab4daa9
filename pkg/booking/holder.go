package booking

import (
	"strings"

	"fairway/pkg/travel"
)

// assign gives a paper to its person: by what the service says, by name, and an infant's to the infant. A name that no
// TIF has names a seat booked without one, or a person in a booking that names nobody.
func (b *Builder) assign(p *Paper) {
	i := p.Who
	infant := len(p.Sex) == 2
	if i < 0 || b.Message.Travellers[i].FareType == "IN" != infant || !b.fits(i, p) {
		i = b.holderOf(p, infant)
	}
	if i < 0 && len(b.Message.Travellers) == b.first+1 {
		i = b.first
	}
	if i < 0 && p.Surname != "" {
		i = b.freeSeat()
	}
	if i < 0 && p.Surname != "" && len(b.Message.Travellers) == b.first {
		i = b.Append(p.Surname, p.Given, "", p.At)
		b.Find("name_from_document", travel.Note, p.At, "the booking names this person only on a document; send TIF too")
	}
	if i < 0 {
		b.Find("stray_document", travel.Fault, p.At, "a document that is of nobody in the booking was left out; send DOCS after the person's TIF")
		return
	}
	b.Who = i
	b.identify(&b.Message.Travellers[i], p)
	b.Who = -1
}

// holderOf finds whose paper it is by the name on it; else it is of whom the service says, but never an infant's of an
// adult.
func (b *Builder) holderOf(p *Paper, infant bool) int {
	if j := b.named(p.Surname, p.Given, infant); j >= 0 {
		return j
	}
	if p.Who < 0 || infant {
		if j := b.namedNearly(p, infant); j >= 0 {
			return j
		}
	}
	if infant && p.Surname != "" {
		i := b.Append(p.Surname, p.Given, "IN", p.At)
		if p.Who >= 0 {
			b.Message.Travellers[i].InfantOf = b.Message.Travellers[p.Who].Index
		}
		return i
	}
	if j := b.named(p.Surname, p.Given, !infant); j >= 0 {
		return j
	}
	return p.Who
}

// namedNearly finds the one person without a document whose name differs from the paper's by a letter.
func (b *Builder) namedNearly(p *Paper, infant bool) int {
	found := -1
	for k, party := 0, b.partyOf(); k < len(party); k++ {
		t := &party[k]
		if (t.FareType == "IN") != infant || len(t.Documents) > 0 || !alike(t, p.Surname, p.Given, 3) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = b.first + k
	}
	return found
}

// fits reports whether a paper can be of whom it stands with: by the surname, and no other of the family has the given
// Name on it.
func (b *Builder) fits(i int, p *Paper) bool {
	t := &b.Message.Travellers[i]
	if p.Surname == "" {
		return true
	}
	return sameName(string(t.Surname), p.Surname) && (p.Given == "" || sameName(string(t.Given), p.Given) || b.named(p.Surname, p.Given, len(p.Sex) == 2) < 0)
}

// identify takes over what the document says of its holder; the document's name counts more than the booked one.
func (b *Builder) identify(t *travel.Traveller, p *Paper) {
	if p.Surname != "" {
		given := unpasted(p.Given, string(t.Given))
		switch same := sameName(string(t.Surname), p.Surname); {
		case t.Surname == "" && t.Given == "": // a seat booked without a name
			t.Surname, t.Given, t.Middle = travel.Name(p.Surname), travel.Name(given), travel.Name(p.Second)
		case !same, p.Given != "" && t.Given != "" && !sameName(string(t.Given), given) && !sameName(string(t.Given), p.Second):
			b.Find("name_differs", travel.Warning, p.At, "the name on the document is not the one booked; correct one of them")
			t.Surname, t.Given, t.Middle = travel.Name(p.Surname), travel.Name(given), travel.Name(p.Second)
		case given != "" && (t.Middle == "" || p.Second != ""):
			if len(plain(p.Surname)) >= len(plain(string(t.Surname))) && plain(p.Surname) != plain(string(t.Surname)) {
				t.Surname = travel.Name(p.Surname)
			}
			if plain(given) != plain(string(t.Given)) {
				t.Given = travel.Name(given)
			}
			t.Middle = travel.Name(p.Second)
		}
	}
	if p.Birth != "" {
		t.Birth = travel.BirthDate(p.Birth)
	}
	if p.Nationality != "" {
		t.Nationality = p.Nationality
	}
	if p.Sex != "" {
		t.Sex = travel.Sex(p.Sex[:1])
	}
	if p.Document.Number == "" {
		return
	}
	for i := range t.Documents {
		if t.Documents[i].Key() == p.Document.Key() && t.Documents[i].Type != "V" {
			return // repeated for a flight
		}
	}
	t.Documents = append(t.Documents, p.Document)
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
