package paxlst

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// EncodeOptions are what a message does not say itself. The zero value is usable.
type EncodeOptions struct {
	At          travel.LocalTime // of preparation, in UNB; empty writes the departure
	Application string           // UNB 0026; "APIS" when empty
	Reference   string           // UNH 0062; "1" when empty
	Syntax      string           // UNB S001; "UNOA:4" when empty
}

// Encode appends m as one interchange with one PAXLST message, default delimiters, counts and references right. It
// writes what this package reads; Decode of it gives m again, but for the findings.
func Encode(dst []byte, m *travel.Message, o EncodeOptions) []byte {
	at := o.At
	if at == "" && len(m.Legs) > 0 {
		at = m.Legs[0].Departure
	}
	app, ref := o.Application, o.Reference
	if app == "" {
		app = "APIS"
	}
	if ref == "" {
		ref = "1"
	}
	if o.Syntax == "" {
		o.Syntax = "UNOA:4"
	}
	w := edifact.NewWriter(dst, edifact.Default())
	date, clock := edifact.Stamp(at)
	w.Interchange(edifact.Interchange{Syntax: o.Syntax, Qualifier: "ZZ", Sender: m.Sender, Recipient: m.Recipient, Date: date,
		Time: clock, Control: control(m, at), Application: app, Test: m.Test})
	version, release, agency, association := "D", "05B", "UN", "IATA"
	if p := strings.Split(m.Profile, ":"); len(p) >= 3 {
		version, release, agency, association = p[0], p[1], p[2], ""
		if len(p) > 3 {
			association = p[3]
		}
	}
	w.Message(ref, Type, version, release, agency, association, m.Part.Series, m.Part.Number, partMark(m.Part))
	writeHeader(w, m)
	writeLegs(w, m)
	crew := 0
	for i := range m.Travellers {
		if k := m.Travellers[i].Kind; k == travel.Crew || k == travel.TransitCrew {
			crew++
		}
		writePerson(w, &m.Travellers[i])
	}
	kind := "42"
	if crew > 0 && crew == len(m.Travellers) {
		kind = "41"
	}
	n := m.Declared
	if n == 0 {
		n = len(m.Travellers)
	}
	w.Segment("CNT").Composite(kind, strconv.Itoa(n)).End()
	return w.Close()
}

// control is UNB 0020, which every interchange needs so that a reply can name it: as the message has it, else made of
// what tells the message from others.
func control(m *travel.Message, at travel.LocalTime) string {
	if m.Control != "" {
		return m.Control
	}
	var leg travel.LegID
	if l, ok := m.ReportLeg(); ok {
		leg = l.ID()
	}
	h := sha256.New()
	for _, s := range []string{m.Reference, m.Sender, m.Recipient, m.Code, string(m.Function), string(at), string(leg), m.Part.Series, strconv.Itoa(m.Part.Number)} {
		h.Write([]byte(s + "\x00"))
	}
	for i := range m.Travellers {
		h.Write([]byte(m.Travellers[i].Key()))
	}
	return strings.ToUpper(hex.EncodeToString(h.Sum(nil)[:7])) // 14 characters, which is all that fit
}

// writeLegs writes each leg once. The leg that is reported on crosses the border: a list that names none by LOC+125 and
// LOC+87 leaves it open which one it is about.
func writeLegs(w *edifact.Writer, m *travel.Message) {
	border := false
	for i := range m.Legs {
		border = border || m.Legs[i].Border
	}
	for i := range m.Legs {
		l := m.Legs[i]
		if !border && i == m.Report {
			l.Border = true
		}
		if !slices.ContainsFunc(m.Legs[:i], func(o travel.Leg) bool { return sameLeg(o, l) }) {
			writeLeg(w, &l)
		}
	}
}

// sameLeg reports whether two entries are one leg. One without a date may be another.
func sameLeg(a, b travel.Leg) bool {
	return a.Departure != "" && a.ID() == b.ID() && a.Destination == b.Destination && a.Departure == b.Departure && a.Border == b.Border
}

func partMark(p travel.Part) string {
	switch {
	case p.Last:
		return "F"
	case p.First && p.Number > 0:
		return "C"
	}
	return ""
}

// shortDate writes a date as YYMMDD, 00 for what is not known.
func shortDate(d travel.Date) string {
	y, m, day := d.Parts()
	if y == 0 {
		return ""
	}
	b := []byte{byte('0' + y/10%10), byte('0' + y%10), byte('0' + m/10), byte('0' + m%10), byte('0' + day/10), byte('0' + day%10)}
	return string(b)
}

func writeHeader(w *edifact.Writer, m *travel.Message) {
	code := m.Code
	if code == "" {
		code = defaultCode(m)
	}
	bgm, sub, _ := strings.Cut(code, "+")
	w.Segment("BGM").Element(bgm).Element(sub).End()
	if m.Reference != "" {
		w.Segment("RFF").Composite("TN", m.Reference).End()
	}
	w.Segment("NAD").Element("MS").Element("").Element("").Element(m.Sender).End()
}

// defaultCode is BGM for a message that was not decoded from one.
func defaultCode(m *travel.Message) string {
	base := "745"
	if len(m.Travellers) > 0 && (m.Travellers[0].Kind == travel.Crew || m.Travellers[0].Kind == travel.TransitCrew) {
		base = "250"
	}
	switch m.Function {
	case travel.Update:
		if base == "250" {
			return "250+CC"
		}
		return "745+CP"
	case travel.Cancel:
		return base + "+XR"
	case travel.Reduction:
		return base + "+RP"
	case travel.CloseOut:
		return "266+CLOB"
	case travel.LegCancel:
		return "266+XF"
	case travel.LegChange:
		return "266+CF"
	case travel.CrewList:
		return "336+G"
	case travel.GatePass:
		return "655"
	}
	return base
}

func writeLeg(w *edifact.Writer, l *travel.Leg) {
	number := l.Number
	if !strings.HasPrefix(number, l.Carrier) {
		number = l.Carrier + number
	}
	s := w.Segment("TDT").Element("20").Element(number)
	if l.Mode == travel.Sea {
		s.Element("1").Element("").Element(l.Carrier)
		v := travel.Vessel{}
		if l.Vessel != nil {
			v = *l.Vessel
		}
		s.Element("").Element("").Composite(v.IMO, "146", "11", v.Name, string(v.Flag)).End()
	} else {
		s.Element("").Element("").Element(l.Carrier).End()
	}
	from, to := "92", "92"
	if l.Border {
		from, to = "125", "87"
	}
	writePort(w, from, l.Origin, "189", l.Departure)
	writePort(w, to, l.Destination, "232", l.Arrival)
}

func writePort(w *edifact.Writer, code string, p travel.Port, kind string, at travel.LocalTime) {
	if p != "" {
		s := w.Segment("LOC").Element(code)
		if len(p) == 5 {
			s.Composite(string(p), "139", "6").End()
		} else {
			s.Element(string(p)).End()
		}
	}
	if at != "" {
		date, clock := edifact.Stamp(at)
		w.Segment("DTM").Composite(kind, date+clock, "201").End()
	}
}
