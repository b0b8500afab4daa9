package pnrgov

import (
	"strings"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// Ack is what an acknowledgement says of the push it answers.
type Ack struct {
	Sender    string // ours
	Recipient string // the sender of the push
	Control   string // our interchange control reference, an..14
	Group     string // our group reference; Control when empty
	Reference string // common access reference of the push
	Profile   string // of the push, "15:1:IA"
	At        travel.LocalTime
	Findings  []travel.Finding // faults and warnings go into it, each with its place
}

// The bounds of an acknowledgement.
const (
	maxErrors = 99
	maxLine   = 280 // characters of one IFT text
)

// Acknowledge appends one interchange with an ACKRES (standards.md D.1, example N4). Every fault and warning becomes an
// ERC, with our code 118 for what was not processed and 1 for what was, and an IFT that says where it is and what to do.
func Acknowledge(dst []byte, a Ack) []byte {
	w := edifact.NewWriter(dst, edifact.PNR())
	i := edifact.Interchange{Syntax: "IATA:1", Sender: a.Sender, Recipient: a.Recipient, Control: a.Control}
	i.Date, i.Time = edifact.Stamp(a.At)
	w.Interchange(i)
	version, release, agency := versions(a.Profile)
	if a.Group == "" {
		a.Group = a.Control
	}
	w.Group(i, "ACKRES", a.Group, agency, version, release)
	w.Message("1", "ACKRES", version, release, agency, "", a.Reference, 0, "")
	w.Segment("MSG").Composite("", "23").End()
	said := 0
	for _, f := range a.Findings {
		code := "1"
		switch f.Severity {
		case travel.Fault:
			code = "118"
		case travel.Warning:
		default:
			continue
		}
		if said++; said > maxErrors {
			break
		}
		w.Segment("ERC").Composite(code, "", "ZZZ").End()
		w.Segment("IFT").Composite("4", f.Code).Element(where(f)).End()
	}
	return w.Close()
}

// where says where a finding is and what it is.
func where(f travel.Finding) string {
	_, text, _ := strings.Cut(f.String(), ": ")
	if len(text) > maxLine {
		text = text[:maxLine]
	}
	return strings.ToUpper(strings.ToValidUTF8(text, ""))
}

// versions takes a profile apart; 15:1:IA when it is none.
func versions(profile string) (version, release, agency string) {
	p := strings.Split(profile, ":")
	if len(p) < 3 || p[0] == "D" {
		return "15", "1", "IA"
	}
	return p[0], p[1], p[2]
}
