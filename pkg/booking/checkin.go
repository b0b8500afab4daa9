package booking

import (
	"slices"
	"strings"

	"fairway/pkg/travel"
)

// Caller is who checks in: a name, and references to one of the booking.
type Caller struct {
	Surname, Given string
	Ref            string // the reference that names of the booking have
	Count          string // a number that some senders count anew; trusted less
	At             travel.Place
}

// CheckIn finds who of the booking checks in on the flight in hand and takes them in hand; false when nobody of it does.
// With near, a name that differs by a letter is found too.
func (b *Builder) CheckIn(c Caller, near bool) bool {
	c.Given = strings.TrimSpace(b.Untitled(c.Given))
	i := b.byRefAndName(&c)
	if i < 0 {
		i = b.exactly(c.Surname, c.Given)
	}
	if i >= 0 && b.Reported && b.Message.Travellers[i].CheckIn != "" { // did somebody of nearly that name take the place before?
		b.apart(i)
	}
	differs := false
	if i < 0 && near {
		i = b.like(&c)
		differs = i >= 0
	}
	if i < 0 {
		return false
	}
	b.Who = i
	if t := &b.Message.Travellers[i]; differs && t.Surname == "" { // a seat gets its name only now
		t.Surname, t.Given = travel.Name(c.Surname), travel.Name(c.Given)
	} else if differs {
		b.Find("checkin_name_differs", travel.Warning, c.At, "the name at check-in is not quite the one booked; taken for the same person, correct one of them")
		if b.Reported {
			b.nears = append(b.nears, nearly{i, c})
		}
	}
	b.Present(&b.Message.Travellers[i])
	return true
}

// nearly is a check-in that was taken for a person of nearly the same name.
type nearly struct {
	who    int
	caller Caller
}

// apart makes a person of their own of who was taken for the i-th by a nearly equal name, now that the i-th checks in.
func (b *Builder) apart(i int) {
	at := slices.IndexFunc(b.nears, func(n nearly) bool { return n.who == i })
	if at < 0 {
		return
	}
	n := b.nears[at]
	b.nears = slices.Delete(b.nears, at, at+1)
	b.Who = b.Append(n.caller.Surname, n.caller.Given, "", n.caller.At)
	b.Find("late_name", travel.Note, n.caller.At, "a person who checked in is not among the names of the booking; send their TIF before the flights")
	b.Present(b.Person())
}

// byRefAndName finds a person whose reference and name both agree.
func (b *Builder) byRefAndName(c *Caller) int {
	for _, name := range [...]string{c.Ref, c.Count} {
		if i := b.ByRef(name); i >= 0 && sameName(string(b.Message.Travellers[i].Surname), c.Surname) && sameName(string(b.Message.Travellers[i].Given), c.Given) {
			return i
		}
	}
	return -1
}

// exactly finds a person by name: letter by letter, else as far as the shorter form of it goes.
func (b *Builder) exactly(surname, given string) int {
	found := -1
	for k, party := 0, b.partyOf(); k < len(party); k++ {
		t := &party[k]
		if !sameName(string(t.Surname), surname) || !sameName(string(t.Given), given) {
			continue
		}
		if string(t.Given) == given && string(t.Surname) == surname {
			return b.first + k
		}
		if found < 0 {
			found = b.first + k
		}
	}
	return found
}

// like finds the one person whose name differs by a letter. Under the reference of the booking, another given name is
// taken for the same person too, and a seat without a name gets it; the number that is counted is trusted less. Two that fit are kept apart from who checks in.
func (b *Builder) like(c *Caller) int {
	for k, name := range [...]string{c.Ref, c.Count} {
		if i := b.ByRef(name); i >= 0 {
			t := &b.Message.Travellers[i]
			if t.Surname == "" || alike(t, c.Surname, c.Given, 1) || k == 0 && sameName(string(t.Surname), c.Surname) {
				return i
			}
		}
	}
	found, seat := -1, -1
	for k, party := 0, b.partyOf(); k < len(party); k++ {
		t := &party[k]
		switch {
		case b.Reported && t.CheckIn != "":
		case t.Surname == "" && seat < 0:
			seat = b.first + k
		case !alike(t, c.Surname, c.Given, 3):
		case found >= 0:
			b.Find("checkin_name_unclear", travel.Warning, c.At, "the name at check-in is nearly that of two persons of the booking and was kept apart; send the reference of one in TIF")
			return -1
		default:
			found = b.first + k
		}
	}
	if found < 0 && !travel.Filler(c.Surname) {
		return seat
	}
	return found
}

// Present notes that t checked in for the flight in hand, if that is the one reported on.
func (b *Builder) Present(t *travel.Traveller) {
	switch {
	case !b.Reported || t.CheckIn != "":
	case b.Direct:
		b.Came(t, "go_show")
	default:
		b.Came(t, "checked_in")
	}
}

// Came notes that t came, and how: "checked_in", or "go_show" for who had no booking.
func (b *Builder) Came(t *travel.Traveller, how string) {
	t.CheckIn = how
	b.checkedIn++
}

// Here reports whether t checked in.
func Here(t *travel.Traveller) bool { return t.CheckIn == "checked_in" || t.CheckIn == "go_show" }
