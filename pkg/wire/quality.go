package wire

import (
	"strings"

	"fairway/pkg/travel"
)

// oldest is an age nobody has reached; a birth date beyond it is a slip of the pen.
const oldest = 120

// Assess adds what is missing, implausible or contradictory in the travellers of m, by codes of its own. Formats say
// what could not be read; this says what was not sent, or cannot be. Decode calls it for every message that is about
// travellers to decide.
//
//	missing_surname       error    missing_given         note     missing_birth        error
//	missing_document      error    missing_nationality   warning  missing_sex          note
//	missing_issuer        warning  missing_expiry        note     birth_implausible    warning
//	expired_document      warning  issued_before_birth   warning  adult_as_infant      warning
//	embark_off_route      note     debark_off_route      note     issuer_differs       note
//	missing_reference     note     document_repeated     note    no_name              error
//	unnamed_booking       warning
func Assess(m *travel.Message) {
	if m.Function != travel.Query && m.Function != travel.Update && m.Function != travel.CrewList {
		return
	}
	leg, _ := m.ReportLeg()
	on := leg.Departure.Date()
	before := byTraveller(m)
	if m.Kind == travel.PNR {
		unnamedBookings(m)
	}
	for i := range m.Travellers {
		t := &m.Travellers[i]
		if t.Kind == travel.Reference {
			continue
		}
		a := assessor{m, t, before}
		a.identity(on)
		if m.Kind == travel.API {
			a.documents(on)
		}
		a.route()
	}
}

// assessor looks at one traveller.
type assessor struct {
	m      *travel.Message
	t      *travel.Traveller
	before formatFindings
}

// formatFindings are the findings that a format's own decoder made, to be asked for by traveller in no more steps than
// the traveller has findings: a message of many faults is assessed in time linear in them.
type formatFindings struct {
	first, next []int32 // positions in Findings, from 1; 0 ends a chain
}

func byTraveller(m *travel.Message) (f formatFindings) {
	if len(m.Findings) == 0 {
		return f
	}
	f.first, f.next = make([]int32, len(m.Travellers)+1), make([]int32, len(m.Findings)+1)
	for i := range m.Findings {
		if t := m.Findings[i].Traveller; t > 0 && t < len(f.first) {
			f.next[i+1], f.first[t] = f.first[t], int32(i+1)
		}
	}
	return f
}

func (a assessor) say(code string, s travel.Severity, text string) {
	f := travel.Finding{Code: code, Severity: s, Traveller: a.t.Index, Text: text}
	if i := a.t.Index - 1; i >= 0 && i < len(a.m.Places) {
		p := a.m.Places[i]
		f.Segment, f.Tag, f.Offset = p.Segment, p.Tag, p.Offset
	}
	a.m.Findings = append(a.m.Findings, f)
}

// said reports whether the format's own decoder has found code about this traveller already.
func (a assessor) said(codes ...string) bool {
	if a.t.Index < 1 || a.t.Index >= len(a.before.first) {
		return false
	}
	for i := a.before.first[a.t.Index]; i > 0; i = a.before.next[i] {
		for _, c := range codes {
			if a.m.Findings[i-1].Code == c {
				return true
			}
		}
	}
	return false
}

// send is what to send, in the words of the format that the traveller came in: only in EDIFACT do they stand at a segment.
func (a assessor) send(edifact, field string) string {
	if i := a.t.Index - 1; i >= 0 && i < len(a.m.Places) && a.m.Places[i].Segment > 0 {
		return edifact
	}
	return field
}

func (a assessor) identity(on travel.Date) {
	t := a.t
	if (broken(t.Surname) || broken(t.Given) || broken(t.Middle)) && !a.said("unreadable_name") {
		a.say("unreadable_name", travel.Fault, "a character of the name did not survive its way here, so it was not compared with any list; send it again in "+a.send("UTF-8 or a declared ISO 8859 set", "UTF-8"))
	}
	nameless := lettersOnly(t)
	if nameless && !a.said("no_name") {
		a.say("no_name", travel.Fault, "the name has no letter in it, and is none; send it as the document has it")
	}
	if t.Surname == "" && !nameless && !a.said("no_name") {
		a.say("missing_surname", travel.Fault, "no surname was sent; send it as the document has it")
	}
	if t.Surname != "" && t.Given == "" && !a.said("placeholder_name") {
		a.say("missing_given", travel.Note, "no given name was sent; a person with one name has none")
	}
	birth := t.Birth.Date()
	switch age, ok := birth.Age(on); {
	case birth == "" && a.m.Kind == travel.API && !a.said("bad_date", "birth_in_future"):
		a.say("missing_birth", travel.Fault, "no birth date was sent")
	case ok && age > oldest:
		a.say("birth_implausible", travel.Warning, "the birth date makes an age beyond 120; check the year")
	case ok && age > 2 && t.FareType == "IN":
		a.say("adult_as_infant", travel.Warning, "booked as an infant, but too old for one; check the birth date or the type")
	}
	if a.m.Kind != travel.API {
		return
	}
	if t.Nationality == "" {
		a.say("missing_nationality", travel.Warning, "no nationality was sent; send "+a.send("NAT", "nationality"))
	}
	if t.Sex == "" {
		a.say("missing_sex", travel.Note, "no gender was sent; send "+a.send("ATT", "sex"))
	}
	if t.Ref == "" && t.Locator == "" {
		a.say("missing_reference", travel.Note, "neither a passenger reference nor a locator was sent; the answer names the traveller by position only")
	}
}

// broken reports whether a name holds U+FFFD, which somebody put where they could not read a character.
func broken(n travel.Name) bool { return strings.ContainsRune(string(n), '\uFFFD') }

func (a assessor) documents(on travel.Date) {
	t := a.t
	if len(t.Documents) == 0 {
		a.say("missing_document", travel.Fault, "no travel document was sent; send "+a.send("DOC with its type and number", "documents, each with type and number"))
		return
	}
	d := &t.Documents[0]
	if d.Issuer == "" {
		a.say("missing_issuer", travel.Warning, "the document has no issuing State; send "+a.send("LOC+91 after it", "issuer with it"))
	} else if t.Nationality != "" && d.Issuer != t.Nationality {
		a.say("issuer_differs", travel.Note, "the document was issued by another State than the nationality")
	}
	switch {
	case d.Expiry == "" && !a.said("bad_date"):
		a.say("missing_expiry", travel.Note, "the document has no date of expiry; send "+a.send("DTM+36 after it", "expiry with it"))
	case d.Expiry.Full() && on != "" && d.Expiry < on:
		a.say("expired_document", travel.Warning, "the document expires before departure; check the date")
	}
	if birth := t.Birth.Date(); d.Issued.Full() && birth.Full() && d.Issued < birth {
		a.say("issued_before_birth", travel.Warning, "the document was issued before the birth date; check both")
	}
	for i := 1; i < len(t.Documents); i++ {
		if t.Documents[i].Number != "" && t.Documents[i].Type == d.Type && t.Documents[i].Key() == d.Key() {
			a.say("document_repeated", travel.Note, "the same document was sent twice")
			return
		}
	}
}

// route holds where the traveller embarks and disembarks against the legs.
func (a assessor) route() {
	if len(a.m.Legs) == 0 {
		return
	}
	from, to := a.t.Embark == "", a.t.Debark == ""
	for i := range a.m.Legs {
		l := &a.m.Legs[i]
		from = from || l.Origin == a.t.Embark
		to = to || l.Destination == a.t.Debark
	}
	// Travellers connect: an earlier port of embarkation and a later one of arrival are common, and only worth a note.
	if !from {
		a.say("embark_off_route", travel.Note, "the port of embarkation is on no leg of the message")
	}
	if !to {
		a.say("debark_off_route", travel.Note, "the port of disembarkation is on no leg of the message")
	}
}
