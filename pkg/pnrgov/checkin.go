package pnrgov

import (
	"slices"
	"strings"
	"unicode"

	"fairway/pkg/travel"
)

// maxParty is how many persons and references of one booking are looked through for whom something is about, so that
// the work stays linear. The largest groups have 999.
const maxParty = 1000

// party is those of the booking in hand, as far as they are looked through.
func (d *decoder) partyOf() []travel.Traveller {
	return d.m.Travellers[d.first:min(len(d.m.Travellers), d.first+maxParty)]
}

// tri starts a person's check-in. Whose it is their TIF says; where none follows, the reference alone.
func (d *decoder) triSegment() {
	d.at, d.who, d.tri = inCheckIn, -1, d.seg.Get(2, 4)
	d.pending, d.triAt = true, d.seg.Pos(2, 4)
}

// refersOnly checks in whom the last TRI refers to, since no TIF follows it.
func (d *decoder) refersOnly() {
	d.pending = false
	i := d.byRef(d.tri)
	if i < 0 && len(d.m.Travellers) == d.first+1 {
		i = d.first
	}
	if i < 0 {
		if d.m.Function != travel.Update { // a push of changes need not repeat the names
			d.find("stray_check_in", travel.Fault, d.triAt, "a check-in that names nobody of the booking; send TIF after TRI, or in TRI the reference that TIF has")
		}
		return
	}
	d.who = i
	d.present(&d.m.Travellers[i])
}

// checkIn finds who of the booking checks in here; false when nobody of it does.
func (d *decoder) checkIn(surname, given, own string) bool {
	given = strings.TrimSpace(d.untitled(given))
	i := d.byRefAndName(surname, given, own)
	if i < 0 {
		i = d.exactly(surname, given)
	}
	if i >= 0 && d.reported && d.m.Travellers[i].CheckIn != "" { // did somebody of nearly that name take the place before?
		d.apart(i)
	}
	differs := false
	if i < 0 && d.at == inCheckIn {
		i = d.nearly(surname, given, own)
		differs = i >= 0
	}
	if i < 0 {
		return false
	}
	d.at, d.who = inCheckIn, i
	if t := &d.m.Travellers[i]; differs && t.Surname == "" { // a seat gets its name only now
		t.Surname, t.Given = travel.Name(surname), travel.Name(given)
	} else if differs {
		d.find("checkin_name_differs", travel.Warning, d.seg.Pos(0, 0), "the name at check-in is not quite the one booked; taken for the same person, correct one of them")
		if d.reported {
			d.nears = append(d.nears, near{i, surname, given, d.seg.Pos(0, 0)})
		}
	}
	d.present(&d.m.Travellers[i])
	return true
}

// near is a check-in that was taken for a person of nearly the same name.
type near struct {
	who            int
	surname, given string
	pos            travel.Place
}

// apart makes a person of their own of who was taken for the i-th by a nearly equal name, now that the i-th checks in.
func (d *decoder) apart(i int) {
	at := slices.IndexFunc(d.nears, func(n near) bool { return n.who == i })
	if at < 0 {
		return
	}
	n := d.nears[at]
	d.nears = slices.Delete(d.nears, at, at+1)
	d.who = d.append(n.surname, n.given, "", n.pos)
	d.find("late_name", travel.Note, n.pos, "a person who checked in is not among the names of the booking; send their TIF before the flights")
	d.present(d.person())
}

// byRefAndName finds a person whose reference and name both agree.
func (d *decoder) byRefAndName(surname, given, own string) int {
	for _, name := range [...]string{own, d.tri} {
		if i := d.byRef(name); i >= 0 && sameName(string(d.m.Travellers[i].Surname), surname) && sameName(string(d.m.Travellers[i].Given), given) {
			return i
		}
	}
	return -1
}

// exactly finds a person by name: letter by letter, else as far as the shorter form of it goes.
func (d *decoder) exactly(surname, given string) int {
	found := -1
	for k, party := 0, d.partyOf(); k < len(party); k++ {
		t := &party[k]
		if !sameName(string(t.Surname), surname) || !sameName(string(t.Given), given) {
			continue
		}
		if string(t.Given) == given && string(t.Surname) == surname {
			return d.first + k
		}
		if found < 0 {
			found = d.first + k
		}
	}
	return found
}

// nearly finds the one person whose name differs by a letter. Under the reference that TIF has, another given name is
// taken for the same person too, and a seat without a name gets it; the number in TRI is trusted less, since some
// senders count anew there. Two that fit are kept apart from who checks in.
func (d *decoder) nearly(surname, given, own string) int {
	for k, name := range [...]string{own, d.tri} {
		if i := d.byRef(name); i >= 0 {
			t := &d.m.Travellers[i]
			if t.Surname == "" || alike(t, surname, given, 1) || k == 0 && sameName(string(t.Surname), surname) {
				return i
			}
		}
	}
	found, seat := -1, -1
	for k, party := 0, d.partyOf(); k < len(party); k++ {
		t := &party[k]
		switch {
		case d.reported && t.CheckIn != "":
		case t.Surname == "" && seat < 0:
			seat = d.first + k
		case !alike(t, surname, given, 3):
		case found >= 0:
			d.find("checkin_name_unclear", travel.Warning, d.seg.Pos(0, 0), "the name at check-in is nearly that of two persons of the booking and was kept apart; send the reference of one in TIF")
			return -1
		default:
			found = d.first + k
		}
	}
	if found < 0 && !travel.Filler(surname) {
		return seat
	}
	return found
}

// alike reports whether one part of the name is t's and the other differs by one letter and has at least so many.
func alike(t *travel.Traveller, surname, given string, least int) bool {
	return sameName(string(t.Surname), surname) && oneLetter(string(t.Given), given, least) ||
		sameName(string(t.Given), given) && oneLetter(string(t.Surname), surname, least)
}

// oneLetter reports whether one letter, changed, put in or left out, makes a of b. Both have at least so many letters.
func oneLetter(a, b string, least int) bool {
	if len(a) > len(b)+4 || len(b) > len(a)+4 {
		return false
	}
	x, y := letters(a), letters(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < least || len(y) > len(x)+1 {
		return false
	}
	k := 0
	for k < len(x) && x[k] == y[k] {
		k++
	}
	if len(x) == len(y) {
		return k == len(x) || slices.Equal(x[k+1:], y[k+1:])
	}
	return slices.Equal(x[k:], y[k+1:])
}

// letters are the letters of a name, in one case.
func letters(s string) []rune {
	all := make([]rune, 0, len(s))
	for _, r := range s {
		if unicode.IsLetter(r) {
			all = append(all, unicode.ToUpper(r))
		}
	}
	return all
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

// refer notes the reference of the person in hand within the booking.
func (d *decoder) refer(own string, infant bool) {
	if len(d.refs) < maxParty {
		d.refs = append(d.refs, ref{trimRef(own), d.who, infant})
	}
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
