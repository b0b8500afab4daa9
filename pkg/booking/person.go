package booking

import (
	"strings"

	"fairway/pkg/travel"
)

// Unnamed notes a seat that is booked without a name: what stands for one is fillers and titles. The person in hand
// stays as it is until the booking is complete: a document or a check-in may still name it.
func (b *Builder) Unnamed(surname, given string) bool {
	filler := travel.Filler(surname)
	if !filler && surname != "" || !filler && !travel.Filler(given) {
		return false
	}
	if is, _ := title(given); given != "" && len(given) > 1 && !is && !travel.Filler(given) {
		return false
	}
	b.nameless = append(b.nameless, b.Who)
	return true
}

// Call gives the person in hand their name; a single name counts as the surname. False when there is none: fillers for an
// unknown name are no name.
func (b *Builder) Call(surname, given string, surnameAt, givenAt travel.Place) bool {
	t := b.Person()
	t.Surname, t.Given = b.name(surname, surnameAt), b.name(given, givenAt)
	if t.Surname == "" {
		t.Surname, t.Given = t.Given, ""
	}
	return t.Surname != ""
}

// name reads one part of a name.
func (b *Builder) name(n string, at travel.Place) travel.Name {
	if travel.Filler(n) {
		b.Find("placeholder_name", travel.Note, at, "a filler for an unknown name was taken as none; send the name as it is on the document")
		return ""
	}
	return travel.Name(n)
}

// freeSeat is the first seat of the booking that has no name yet; -1 when there is none.
func (b *Builder) freeSeat() int {
	for _, i := range b.nameless {
		if b.Message.Travellers[i].Surname == "" && len(b.Message.Travellers[i].Documents) == 0 {
			return i
		}
	}
	return -1
}

// Append adds a person of the booking in hand; it returns their index in Message.Travellers.
func (b *Builder) Append(surname, given, kind string, at travel.Place) int {
	b.Message.Travellers = append(b.Message.Travellers, travel.Traveller{Index: len(b.Message.Travellers) + 1, Kind: travel.Passenger, FareType: kind,
		Surname: travel.Name(surname), Given: travel.Name(given), Locator: b.Booking.Locator})
	b.placed(at)
	return len(b.Message.Travellers) - 1
}

// placed notes whose booking the last traveller is of, and where they stand.
func (b *Builder) placed(at travel.Place) {
	b.Message.BookingOf = append(b.Message.BookingOf, len(b.Message.Bookings)-1)
	b.Message.Places = append(b.Message.Places, at.Start())
}

// party is those of the booking in hand, as far as they are looked through.
func (b *Builder) partyOf() []travel.Traveller {
	return b.Message.Travellers[b.first:min(len(b.Message.Travellers), b.first+maxParty)]
}

// named finds a person of this booking by name.
func (b *Builder) named(surname, given string, infant bool) int {
	for k, party := 0, b.partyOf(); k < len(party); k++ {
		t := &party[k]
		if (t.FareType == "IN") == infant && sameName(string(t.Surname), surname) && sameName(string(t.Given), given) {
			return b.first + k
		}
	}
	return -1
}

// Only is the one person of the booking; -1 when it names none yet, or several.
func (b *Builder) Only() int {
	if len(b.Message.Travellers) == b.first+1 {
		return b.first
	}
	return -1
}

// PersonOrOnly is the person in hand, or the only one of the booking, or nil.
func (b *Builder) PersonOrOnly() *travel.Traveller {
	if t := b.Person(); t != nil {
		return t
	}
	if i := b.Only(); i >= 0 {
		return &b.Message.Travellers[i]
	}
	return nil
}

// ByCarrierRef finds a person of the booking by the carrier's unique reference; -1 when nobody has it.
func (b *Builder) ByCarrierRef(own string) int {
	for k, party := 0, b.partyOf(); k < len(party); k++ {
		if party[k].Ref == own {
			return b.first + k
		}
	}
	return -1
}

// ref is a name's own reference within its booking, "1" or "1.1".
type ref struct {
	name string
	who  int // index in Message.Travellers
	inf  bool
}

// Refer notes the reference of the person in hand within the booking.
func (b *Builder) Refer(own string, infant bool) {
	if len(b.refs) < maxParty {
		b.refs = append(b.refs, ref{trimRef(own), b.Who, infant})
	}
}

// ByRef finds a person of this booking by their reference in it; -1 when nobody has it.
func (b *Builder) ByRef(name string) int {
	if name = trimRef(name); name == "" {
		return -1
	}
	for i := range b.refs {
		if b.refs[i].name == name {
			return b.refs[i].who
		}
	}
	return -1
}

func trimRef(s string) string { return strings.TrimLeft(strings.TrimSpace(s), "0") }
