package booking

import (
	"strings"

	"fairway/pkg/sensitive"
	"fairway/pkg/travel"
)

// Phone keeps a telephone number of the person in hand, else of the booking; false when s holds too few digits for one.
func (b *Builder) Phone(s string) bool {
	if !phone(s) {
		return false
	}
	b.contact("phone:" + s)
	return true
}

// Email keeps an address of the person in hand, else of the booking.
func (b *Builder) Email(s string) { b.contact("email:" + s) }

// Address keeps the parts of a postal address: of the person in hand, the first that is known, else of the booking.
func (b *Builder) Address(parts []string) {
	if len(parts) == 0 {
		return
	}
	text := strings.Join(parts, ", ")
	if t := b.Person(); t == nil {
		b.contact("address:" + text)
	} else if t.Address == "" {
		t.Address = travel.Text(text)
	}
}

// phone reports whether s holds at least seven digits.
func phone(s string) bool {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n >= 7
}

// contact keeps a contact, once.
func (b *Builder) contact(c string) {
	list := &b.Booking.Contacts
	if t := b.Person(); t != nil {
		list = &t.Contacts
	}
	if len(*list) >= maxContacts {
		return
	}
	for _, have := range *list {
		if string(have) == c {
			return
		}
	}
	*list = append(*list, travel.Text(c))
}

// Remark keeps a line of free text that passes the filter; a contact in it is kept as one.
func (b *Builder) Remark(text string) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return
	case sensitive.Text(text):
		b.Remove()
		return
	}
	if c, ok := contactIn(text); ok {
		b.contact(c)
		return
	}
	b.keep(text)
}

// History keeps a line of the history that passes the filter. It may say that they did not come.
func (b *Builder) History(text string) {
	switch {
	case text == "":
		return
	case sensitive.Text(text):
		b.Remove()
		return
	case strings.Contains(text, "NOSHOW"), strings.Contains(text, "NO SHOW"), strings.Contains(text, "NO-SHOW"):
		b.noShow = true
	}
	b.keep(text)
}

// keep keeps free text that passed the filter, as much of it as has room.
func (b *Builder) keep(text string) {
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	if len(b.Booking.Remarks) < maxRemarks {
		b.Booking.Remarks = append(b.Booking.Remarks, travel.Text(text))
	}
}

// contactIn finds a contact that OSI text holds: "CTCE NAME..X//MAIL.EXAMPLE", "AM CTCP MEX1800 002 5200".
func contactIn(text string) (string, bool) {
	at := strings.Index(text, "CTC")
	if at < 0 || at > 4 || at > 0 && text[at-1] != ' ' || len(text) < at+5 {
		return "", false
	}
	value := strings.TrimSpace(text[at+4:])
	switch text[at+3] {
	case 'E':
		return "email:" + mail(value), value != ""
	case 'M', 'B', 'H', 'T', 'P', 'F', 'R', 'A':
		return "phone:" + value, phone(value)
	}
	return "", false
}

// mail undoes what telex does to an address: // for @, .. for an underscore, ./ for a hyphen.
func mail(s string) string {
	s = strings.ReplaceAll(s, "//", "@")
	s = strings.ReplaceAll(s, "..", "_")
	return strings.ReplaceAll(s, "./", "-")
}
