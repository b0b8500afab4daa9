package cusres

import (
	"strconv"
	"strings"

	"fairway/pkg/travel"
)

// Fault is one line of the table of message-level error codes.
type Fault struct {
	Code string // ERC
	Text string
}

// NotFound is the code for a person or flight that the receiver does not know, in carriers' use (standards.md C.3).
const NotFound = "118"

// Accepted is the code of a message that was taken in and asks for no answer on persons (standards.md C.3).
const Accepted = "0"

var faults = [...]struct {
	Fault
	findings string // codes of findings that lead to it, between spaces
}{
	{Fault{"100", "MESSAGE NOT UNDERSTOOD"}, ""},
	{Fault{"101", "NO INTERCHANGE OR MESSAGE FOUND"}, " no_interchange no_message not_understood empty "},
	{Fault{"102", "MESSAGE TYPE NOT TAKEN HERE"}, " no_paxlst unknown_message gate_pass_not_taken "},
	{Fault{"103", "MESSAGE TOO LARGE SEND IN PARTS"}, " too_large too_many_segments too_deep "},
	{Fault{"104", "MESSAGE CUT OFF SEND AGAIN WHOLE"}, " truncated "},
	{Fault{"105", "FLIGHT OR VOYAGE MISSING"}, " no_leg bad_leg no_designator no_origin_port "},
	{Fault{"106", "REFERENCE MISSING"}, " no_reference reference_demanded "},
	{Fault{"107", "DATE NOT READABLE"}, " bad_date no_departure_date "},
	{Fault{"108", "NO TRAVELLER IN MESSAGE"}, " no_travellers "},
	{Fault{"109", "DEPARTURE TOO EARLY OR TOO LATE"}, " departure_out_of_window "},
	{Fault{"110", "NOT YOUR FLIGHT OR VOYAGE"}, " not_your_leg "},
	{Fault{NotFound, "PERSON OR FLIGHT NOT FOUND"}, " not_found "},
}

// Codes lists the message-level error codes that Reject gives.
func Codes() []Fault {
	all := make([]Fault, len(faults))
	for i := range faults {
		all[i] = faults[i].Fault
	}
	return all
}

// Reject makes the rejection of a message out of the finding that caused it. The text says where to look and what to
// do: "DATE NOT READABLE - SEGMENT 14 DTM ELEMENT 1 COMPONENT 2 BYTE 312 NO SUCH DAY; SEND YYMMDD".
func Reject(f travel.Finding) *Rejection {
	row := faults[0].Fault
	for _, c := range faults {
		if strings.Contains(c.findings, " "+f.Code+" ") {
			row = c.Fault
		}
	}
	text := strings.TrimSpace(row.Text + " - " + Place(f) + " " + repertoire(f.Text))
	return &Rejection{Code: row.Code, Text: strings.TrimSpace(text[:min(len(text), maxText)])}
}

// Place words where a finding is, in the characters every syntax level has.
func Place(f travel.Finding) string {
	var b strings.Builder
	part := func(name string, n int) {
		if n > 0 {
			b.WriteString(name)
			b.WriteString(strconv.Itoa(n))
			b.WriteByte(' ')
		}
	}
	part("SEGMENT ", f.Segment)
	if f.Tag != "" {
		b.WriteString(repertoire(f.Tag))
		b.WriteByte(' ')
	}
	part("ELEMENT ", f.Element)
	part("COMPONENT ", f.Component)
	b.WriteString("BYTE ")
	b.WriteString(strconv.Itoa(f.Offset))
	return b.String()
}

// Correct words what is to be corrected about a person: each fault with its place, as many as fit the five lines of
// FTX. Notes and warnings are left out.
func Correct(findings []travel.Finding) string { return words(findings, travel.Fault) }

// Advise is Correct for a message as a whole: its faults, or where there are none its warnings.
func Advise(findings []travel.Finding) string {
	if s := words(findings, travel.Fault); s != "" {
		return s
	}
	return words(findings, travel.Warning)
}

func words(findings []travel.Finding, severity travel.Severity) string {
	var b strings.Builder
	for _, f := range findings {
		if f.Severity != severity {
			continue
		}
		line := Place(f) + " " + repertoire(f.Text)
		if b.Len() > 0 {
			line = " / " + line
		}
		if b.Len()+len(line) > maxText {
			break
		}
		b.WriteString(line)
	}
	return b.String()
}

// repertoire puts s in upper case and blanks what is not in level A (standards.md A.4).
func repertoire(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune(" .,-()/='+:?!\"%&*;<>", r):
			return r
		}
		return ' '
	}, s)
}
