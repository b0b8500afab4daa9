package booking

import (
	"strings"

	"fairway/pkg/travel"
)

// infant is one that only a service names.
type infant struct {
	surname, given string // both empty where the service does not say it so that it can be read
	birth          travel.Date
	of             int // index of the adult
	at             travel.Place
}

// inft notes an infant without a seat, on the adult: "SURNAME/GIVEN 10AUG11", or with a slash before the date.
func (b *Builder) inft(text string, at travel.Place) {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "/"))
	if text == "" { // repeated for a flight
		return
	}
	if len(b.infants) >= maxParty {
		b.Find("too_many_travellers", travel.Fault, at, "the booking has more infants than are read; send it in parts")
		return
	}
	in := infant{at: at}
	if t := b.Person(); t != nil {
		in.of = t.Index
	}
	surname, rest, _ := strings.Cut(text, "/")
	given, born := beforeDate(rest)
	if surname, given = strings.TrimSpace(surname), b.Untitled(given); surname != "" && given != "" {
		in.surname, in.given = surname, given
	}
	if born != "" {
		in.birth = b.Born(born, at)
	}
	b.infants = append(b.infants, in)
}

// beforeDate takes a text of names apart at the first date in it, which may be glued on: "LARS MSTR 12MAR25 SEAT 4A".
func beforeDate(text string) (names, date string) {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '/' })
	for i, word := range words {
		word = strings.Trim(word, ".,")
		if DateLike(word) {
			return strings.Join(words[:i], " "), word
		}
		for _, n := range [...]int{9, 7} {
			if cut := len(word) - n; cut > 0 && letter(word[cut-1]) && DateLike(word[cut:]) {
				words[i] = word[:cut]
				return strings.Join(words[:i+1], " "), word[cut:]
			}
		}
	}
	return strings.Join(words, " "), ""
}

// place gives an infant named only in a service its place among the travellers, or adds to who is there already.
func (b *Builder) place(in *infant) {
	if in.surname == "" {
		b.unread(in)
		return
	}
	i := b.namedInfant(in)
	if i < 0 {
		i = b.named(in.surname, in.given, false)
	}
	if i < 0 || b.Message.Travellers[i].Index == in.of { // a parent may have the same name
		i = b.Append(in.surname, in.given, "IN", in.at)
	}
	t := &b.Message.Travellers[i]
	t.FareType = "IN"
	if t.Birth == "" {
		t.Birth = travel.BirthDate(in.birth)
	}
	if t.InfantOf == 0 {
		t.InfantOf = in.of
	}
}

// unread says that an infant cannot be named from its service, unless the booking has the name elsewhere.
func (b *Builder) unread(in *infant) {
	for k, party := 0, b.partyOf(); k < len(party); k++ {
		if t := &party[k]; t.FareType == "IN" && (in.of == 0 || t.InfantOf == 0 || t.InfantOf == in.of) {
			return
		}
	}
	b.Find("bad_infant", travel.Fault, in.at, "an infant whose name cannot be read was left out; send INFT as SURNAME/GIVEN DDMMMYY, or a TIF of type IN")
}

// namedInfant finds the infant of the booking that in is: of the very name, else of a shorter form of it if the birth
// dates allow.
func (b *Builder) namedInfant(in *infant) int {
	found := -1
	for k, party := 0, b.partyOf(); k < len(party); k++ {
		t := &party[k]
		switch {
		case t.FareType != "IN" || !sameName(string(t.Surname), in.surname):
		case plain(string(t.Given)) == plain(in.given):
			return b.first + k
		case found < 0 && sameName(string(t.Given), in.given) && (t.Birth == "" || in.birth == "" || t.Birth.Date() == in.birth):
			found = b.first + k
		}
	}
	return found
}
