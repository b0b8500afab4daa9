package travel

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"strconv"
	"strings"
)

// Kind says in what capacity a person travels (PAXLST NAD 3035: FL, FM, DDU, DDT, ZZZ).
type Kind string

// The kinds of traveller.
const (
	Passenger   Kind = "passenger"
	Crew        Kind = "crew"
	Transit     Kind = "transit"      // passenger in transit
	TransitCrew Kind = "transit_crew" // crew in transit
	Reference   Kind = "reference"    // named only by reference, as in a close-out
)

// Sex is M, F, X (other) or U (unknown, or not one of the others).
type Sex string

// Traveller is one person as one message presents them. Fields a message did not carry are empty.
type Traveller struct {
	Index       int        `json:"index"` // 1-based position in its message
	Kind        Kind       `json:"kind"`
	Surname     Name       `json:"surname,omitempty"`
	Given       Name       `json:"given,omitempty"`  // first given name, or all of them; empty for a single-name person
	Middle      Name       `json:"middle,omitempty"` // further given names where the message separates them
	Sex         Sex        `json:"sex,omitempty"`
	Birth       BirthDate  `json:"birth,omitempty"`
	BirthState  State      `json:"birth_state,omitempty"`
	BirthPlace  Text       `json:"birth_place,omitempty"`
	Nationality State      `json:"nationality,omitempty"`
	Residence   State      `json:"residence,omitempty"`
	Documents   []Document `json:"documents,omitempty"`

	Ref       string `json:"ref,omitempty"`     // carrier's unique passenger reference (RFF+ABO): the key of every reply
	Locator   string `json:"locator,omitempty"` // booking reference (RFF+AVF, RCI)
	Seat      string `json:"seat,omitempty"`
	Ticket    Number `json:"ticket,omitempty"`
	Frequent  Number `json:"frequent,omitempty"`  // frequent-flyer number
	Redress   Number `json:"redress,omitempty"`   // redress number of a cleared person
	Known     Number `json:"known,omitempty"`     // known- or trusted-traveller number
	Authority Number `json:"authority,omitempty"` // travel authorisation number, or government reference (RFF+AEA)
	CrewRole  string `json:"crew_role,omitempty"` // CR1 … CR5
	FareType  string `json:"fare_type,omitempty"` // PNR passenger type: A adult, C child, IN infant, G group
	InfantOf  int    `json:"infant_of,omitempty"` // index of the adult an infant travels with
	CheckIn   string `json:"check_in,omitempty"`  // "", "checked_in", "no_show", "go_show"
	Verified  string `json:"verified,omitempty"`  // document data "verified" or "unverified" (GEI 173, 174)
	Embark    Port   `json:"embark,omitempty"`    // where this person embarks (LOC 178)
	Debark    Port   `json:"debark,omitempty"`    // where this person disembarks (LOC 179)
	Clearance Port   `json:"clearance,omitempty"` // port of clearance (LOC 22)
	Address   Text   `json:"address,omitempty"`   // address given to the carrier
	Bags      *Bags  `json:"bags,omitempty"`      // nil when the message says nothing about bags
	Contacts  []Text `json:"contacts,omitempty"`  // e-mail addresses and telephone numbers, each with its kind: "phone:…"
	Absent    bool   `json:"absent,omitempty"`    // listed as not on board (CLNB)
	Removed   int    `json:"removed,omitempty"`   // sensitive elements removed before storage (count, never content)
}

// Document is one travel document, visa or authorisation a traveller shows.
type Document struct {
	Type   string `json:"type"` // P passport, V visa, I identity card, A/C resident card, AC crew certificate, …
	Number Number `json:"number"`
	Issuer State  `json:"issuer,omitempty"`
	Expiry Date   `json:"expiry,omitempty"`
	Issued Date   `json:"issued,omitempty"`
	Place  Text   `json:"place,omitempty"` // place of issue
	For    State  `json:"for,omitempty"`   // State a visa is valid for
	MRZ    Text   `json:"mrz,omitempty"`   // machine-readable zone, on input only: what it says fills the other fields, then it goes
}

// Bags is what a traveller checked in. Weight is in kilograms.
type Bags struct {
	Count  int      `json:"count"`
	Weight int      `json:"weight,omitempty"`
	Tags   []string `json:"tags,omitempty"` // one per bag: a tag with a count of consecutive numbers is expanded
	Pool   bool     `json:"pool,omitempty"` // bags pooled with other travellers
}

// Kilograms reads a weight of at most nine characters, with or without decimals, which some write after a comma, to the
// nearest kilogram; ok is false when it is none, or more than a thousand tonnes.
func Kilograms(s string, pounds bool) (kg int, ok bool) {
	s = strings.Replace(strings.TrimSpace(s), ",", ".", 1)
	if s == "" || len(s) > 9 || strings.Trim(s, "0123456789.") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	if pounds {
		v *= 0.45359237
	}
	if err != nil || v > 1_000_000 {
		return 0, false
	}
	return int(math.Round(v)), true
}

// ConsecutiveTags lists n bag tags that count up from first, whose last digits are the number; fewer where they overflow,
// and first alone when it ends in no digit.
func ConsecutiveTags(first string, n int) []string {
	all := []string{first}
	for len(all) < n {
		next, carry := []byte(all[len(all)-1]), true
		for i := len(next) - 1; i >= 0 && carry && next[i] >= '0' && next[i] <= '9'; i-- {
			if carry = next[i] == '9'; carry {
				next[i] = '0'
			} else {
				next[i]++
			}
		}
		if carry {
			break
		}
		all = append(all, string(next))
	}
	return all
}

// FullGiven returns all given names joined by a space.
func (t *Traveller) FullGiven() Name {
	if t.Middle == "" {
		return t.Given
	}
	if t.Given == "" {
		return t.Middle
	}
	return t.Given + " " + t.Middle
}

// Key identifies the person within one leg, as 24 hex digits that do not show who it is: the carrier's unique
// reference when there is one, else locator, surname and birth date, else document, else the names and birth date.
func (t *Traveller) Key() string {
	var s string
	switch {
	case t.Ref != "":
		s = "ref|" + t.Ref
	case t.Locator != "" && t.Surname != "" && t.Birth != "":
		s = "loc|" + t.Locator + "|" + string(t.Surname) + "|" + string(t.Given) + "|" + string(t.Birth)
	case len(t.Documents) > 0:
		s = "doc|" + t.Documents[0].Key()
	default:
		s = "name|" + string(t.Surname) + "|" + string(t.FullGiven()) + "|" + string(t.Birth)
	}
	return hash24(s)
}

// PersonKey identifies the person across legs and carriers: issuer and number of the first document that is not a
// visa, else names, full birth date and nationality. It is "" when the message holds neither.
func (t *Traveller) PersonKey() string {
	for i := range t.Documents {
		if d := &t.Documents[i]; d.Number != "" && d.Type != "V" {
			return hash24("doc|" + d.Key())
		}
	}
	if t.Surname == "" || !t.Birth.Date().Full() {
		return ""
	}
	return hash24("name|" + string(t.Surname) + "|" + string(t.FullGiven()) + "|" + string(t.Birth) + "|" + string(t.Nationality))
}

// DocumentKeys identifies the person by every document that is not a visa and can tell one from another, as digests that
// do not show it.
func (t *Traveller) DocumentKeys() (keys []string) {
	for i := range t.Documents {
		d := &t.Documents[i]
		n := CleanNumber(d.Number)
		if d.Type == "V" || d.Issuer == "" || len(n) < 4 || strings.Count(n, n[:1]) == len(n) {
			continue
		}
		keys = append(keys, hash24("doc|"+string(d.Issuer)+"|"+n))
	}
	return keys
}

// NameKey identifies the person among those of one leg by whole name and birth date, "" without either. Two people may
// share it: it is no identity beyond the leg.
func (t *Traveller) NameKey() string {
	if t.Surname == "" || !t.Birth.Date().Full() {
		return ""
	}
	return hash24("name|" + strings.ToUpper(string(t.Surname+"|"+t.FullGiven())) + "|" + string(t.Birth))
}

// Key is issuer and number in the one form that documents are looked up by: upper case, letters and digits only.
func (d *Document) Key() string { return string(d.Issuer) + "|" + CleanNumber(d.Number) }

// CleanNumber returns n in upper case with everything but letters and digits removed.
func CleanNumber(n Number) string {
	clean := true
	for i := range len(n) {
		if c := n[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			clean = false
			break
		}
	}
	if clean {
		return string(n)
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, string(n))
}

func hash24(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:12])
}
