package pnrgov

import (
	"strings"

	"fairway/pkg/travel"
)

// infant is one that only a service names.
type infant struct {
	surname, given string // both empty where the service does not say it so that it can be read
	birth          travel.Date
	of             int // index of the adult
	pos            travel.Place
}

// inft notes an infant without a seat, on the adult: "SURNAME/GIVEN 10AUG11", or with a slash before the date.
func (d *decoder) inft(text string, c int) {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "/"))
	if text == "" { // repeated for a flight
		return
	}
	at := d.seg.Pos(1, c)
	if len(d.infants) >= maxParty {
		d.find("too_many_travellers", travel.Fault, at, "the booking has more infants than are read; send it in parts")
		return
	}
	in := infant{pos: at}
	if t := d.person(); t != nil {
		in.of = t.Index
	}
	surname, rest, _ := strings.Cut(text, "/")
	given, born := beforeDate(rest)
	if surname, given = strings.TrimSpace(surname), d.untitled(given); surname != "" && given != "" {
		in.surname, in.given = surname, given
	}
	if born != "" {
		in.birth = d.born(born, c)
	}
	d.infants = append(d.infants, in)
}

// beforeDate takes a text of names apart at the first date in it, which may be glued on: "LARS MSTR 12MAR25 SEAT 4A".
func beforeDate(text string) (names, date string) {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '/' })
	for i, word := range words {
		word = strings.Trim(word, ".,")
		if dateLike(word) {
			return strings.Join(words[:i], " "), word
		}
		for _, n := range [...]int{9, 7} {
			if cut := len(word) - n; cut > 0 && letter(word[cut-1]) && dateLike(word[cut:]) {
				words[i] = word[:cut]
				return strings.Join(words[:i+1], " "), word[cut:]
			}
		}
	}
	return strings.Join(words, " "), ""
}

// place gives an infant named only in a service its place among the travellers, or adds to who is there already.
func (d *decoder) place(in *infant) {
	if in.surname == "" {
		d.unread(in)
		return
	}
	i := d.namedInfant(in)
	if i < 0 {
		i = d.named(in.surname, in.given, false)
	}
	if i < 0 || d.m.Travellers[i].Index == in.of { // a parent may have the same name
		i = d.append(in.surname, in.given, "IN", in.pos)
	}
	t := &d.m.Travellers[i]
	t.FareType = "IN"
	if t.Birth == "" {
		t.Birth = travel.BirthDate(in.birth)
	}
	if t.InfantOf == 0 {
		t.InfantOf = in.of
	}
}

// unread says that an infant cannot be named from its service, unless the booking has the name elsewhere.
func (d *decoder) unread(in *infant) {
	for k, party := 0, d.partyOf(); k < len(party); k++ {
		if t := &party[k]; t.FareType == "IN" && (in.of == 0 || t.InfantOf == 0 || t.InfantOf == in.of) {
			return
		}
	}
	d.find("bad_infant", travel.Fault, in.pos, "an infant whose name cannot be read was left out; send INFT as SURNAME/GIVEN DDMMMYY, or a TIF of type IN")
}

// namedInfant finds the infant of the booking that in is: of the very name, else of a shorter form of it if the birth
// dates allow.
func (d *decoder) namedInfant(in *infant) int {
	found := -1
	for k, party := 0, d.partyOf(); k < len(party); k++ {
		t := &party[k]
		switch {
		case t.FareType != "IN" || !sameName(string(t.Surname), in.surname):
		case plain(string(t.Given)) == plain(in.given):
			return d.first + k
		case found < 0 && sameName(string(t.Given), in.given) && (t.Birth == "" || in.birth == "" || t.Birth.Date() == in.birth):
			found = d.first + k
		}
	}
	return found
}

// named finds a person of this booking by name.
func (d *decoder) named(surname, given string, infant bool) int {
	for k, party := 0, d.partyOf(); k < len(party); k++ {
		t := &party[k]
		if (t.FareType == "IN") == infant && sameName(string(t.Surname), surname) && sameName(string(t.Given), given) {
			return d.first + k
		}
	}
	return -1
}
