package cusres

import (
	"errors"
	"strings"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// The codes of BGM 1001.
const (
	Answer      = "962" // reply to a PAXLST
	Change      = "132" // an earlier answer is changed, unprompted
	Acknowledge = "312" // the carrier's acknowledgement of a change
)

// Error codes of a message-level ERC (ERP+1).
const (
	Accepted  = "0"
	Exception = "1"
	NotFound  = "118" // in a 312: the person or flight of the 132 is not known
)

// Type is the message type in UNH.
const Type = "CUSRES"

// maxText is the length of one FTX text component (4440, an..512 from D.02B on).
const maxText = 512

// Reply is one CUSRES message.
type Reply struct {
	Code      string // 962, 132, 312
	Reference string // transaction number: the query's, or a new one in a 132
	Sender    string // UNB S002
	Recipient string // UNB S003
	Control   string // UNB 0020
	At        travel.LocalTime
	Leg       travel.Leg
	Message   *MessageResult // ERP+1: about the message as a whole
	Persons   []PersonResult // ERP+2
}

// MessageResult says what became of a message as a whole.
type MessageResult struct {
	Code  string // 0 accepted, 1 exception, 118 not found
	Texts []string
}

// PersonResult is the result for one person, named by the carrier's references.
type PersonResult struct {
	Locator string // RFF+AVF
	Ref     string // RFF+ABO
	Code    string // ERC, set by Decode; Encode takes it from the profile when Outcome is set
	Text    string // FTX, set by Decode

	Outcome    travel.Outcome
	Unscreened bool
}

// Encode appends one interchange with one CUSRES message.
func Encode(dst []byte, r *Reply, p Profile) []byte {
	w := edifact.NewWriter(dst, edifact.Default())
	w.Interchange(edifact.Interchange{Syntax: "UNOA:4", Sender: r.Sender, Recipient: r.Recipient, Control: r.Control,
		Date: stamp(r.At)[:6], Time: stamp(r.At)[6:], Application: "IAPI"})
	w.Message("R1", Type, "D", "05B", "UN", p.Association, "", 0, "")
	w.Segment("BGM").Element(r.Code).End()
	if r.Reference != "" {
		w.Segment("RFF").Composite("TN", r.Reference).End()
	}
	writeLeg(w, &r.Leg)
	if m := r.Message; m != nil {
		w.Segment("ERP").Element("1").End()
		w.Segment("ERC").Element(m.Code).End()
		for _, t := range m.Texts {
			w.Segment("FTX").Element("AAP").Element("").Element("").Element(plain(t)).End()
		}
	}
	for i := range r.Persons {
		writePerson(w, r.Code, &r.Persons[i], p)
	}
	return w.Close()
}

func stamp(t travel.LocalTime) string {
	if len(t) < len("2006-01-02T15:04") {
		return "0001010000"
	}
	return string(t[2:4] + t[5:7] + t[8:10] + t[11:13] + t[14:16])
}

func writeLeg(w *edifact.Writer, l *travel.Leg) {
	if l.Carrier == "" {
		return
	}
	w.Segment("RFF").Composite("AF", l.Carrier+l.Number).End()
	if l.Departure != "" {
		w.Segment("DTM").Composite("189", stamp(l.Departure), "201").End()
	}
	if l.Arrival != "" {
		w.Segment("DTM").Composite("232", stamp(l.Arrival), "201").End()
	}
	if l.Origin != "" {
		w.Segment("LOC").Element("125").Element(string(l.Origin)).End()
	}
	if l.Destination != "" {
		w.Segment("LOC").Element("87").Element(string(l.Destination)).End()
	}
}

func writePerson(w *edifact.Writer, kind string, r *PersonResult, p Profile) {
	w.Segment("ERP").Element("2").End()
	if r.Locator != "" {
		w.Segment("RFF").Composite("AVF", r.Locator).End()
	}
	if r.Ref != "" {
		w.Segment("RFF").Composite("ABO", r.Ref).End()
	}
	code, words := r.Code, r.Text
	if r.Outcome != "" {
		code, words = p.Code(r.Outcome, r.Unscreened), text(r.Outcome, r.Unscreened)
	}
	w.Segment("ERC").Element(code).End()
	if kind == Answer && words != "" { // a change carries no text (standards.md C.5)
		w.Segment("FTX").Element("AAP").Element("").Element("").Element(words).End()
	}
}

// plain makes a text fit for level A: upper case, no characters that its repertoire lacks, one line.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= ' ' && r <= '_' && r != '@' && r != '#' && r != '$' && r != '[' && r != ']' && r != '\\' && r != '^' && r != '_':
			return r
		}
		return ' '
	}, s)
	return s[:min(len(s), maxText)]
}

// Decode reads every CUSRES message of a body.
func Decode(body []byte) ([]Reply, error) {
	doc, err := edifact.Parse(body, edifact.DefaultLimits())
	if err != nil {
		return nil, err
	}
	var all []Reply
	for i := range doc.Messages {
		if doc.Messages[i].Type == Type {
			all = append(all, decodeMessage(&doc.Messages[i]))
		}
	}
	if len(all) == 0 {
		return nil, errors.New("cusres: the interchange holds no CUSRES message")
	}
	return all, nil
}

func decodeMessage(m *edifact.Message) Reply {
	i := m.Interchange
	r := Reply{Sender: i.Sender, Recipient: i.Recipient, Control: i.Control, At: local(i.Date + i.Time)}
	var person *PersonResult
	for j := range m.Segments {
		s := &m.Segments[j]
		switch s.Tag {
		case "BGM":
			r.Code = s.Get(1, 1)
		case "RFF":
			r.reference(person, s.Get(1, 1), s.Get(1, 2))
		case "DTM":
			if t := local(s.Get(1, 2)); s.Get(1, 1) == "189" {
				r.Leg.Departure = t
			} else if s.Get(1, 1) == "232" {
				r.Leg.Arrival = t
			}
		case "LOC":
			if s.Get(1, 1) == "125" {
				r.Leg.Origin = travel.Port(s.Get(2, 1))
			} else if s.Get(1, 1) == "87" {
				r.Leg.Destination = travel.Port(s.Get(2, 1))
			}
		case "ERP":
			if person = nil; s.Get(1, 1) == "2" {
				r.Persons = append(r.Persons, PersonResult{})
				person = &r.Persons[len(r.Persons)-1]
			} else {
				r.Message = &MessageResult{}
			}
		case "ERC":
			if person != nil {
				person.Code = s.Get(1, 1)
			} else if r.Message != nil {
				r.Message.Code = s.Get(1, 1)
			}
		case "FTX":
			if person != nil {
				person.Text = s.Get(4, 1)
			} else if r.Message != nil {
				r.Message.Texts = append(r.Message.Texts, s.Get(4, 1))
			}
		}
	}
	return r
}

func (r *Reply) reference(p *PersonResult, kind, value string) {
	switch {
	case kind == "TN":
		r.Reference = value
	case kind == "AF":
		at := 2
		for at < len(value) && at < 3 && value[at] >= 'A' && value[at] <= 'Z' {
			at++
		}
		at = min(at, len(value))
		r.Leg.Carrier, r.Leg.Number = value[:at], value[at:]
	case kind == "AVF" && p != nil:
		p.Locator = value
	case kind == "ABO" && p != nil:
		p.Ref = value
	}
}

// local reads YYMMDDHHMM; anything else is "".
func local(s string) travel.LocalTime {
	if len(s) != 10 || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return travel.LocalTime("20" + s[:2] + "-" + s[2:4] + "-" + s[4:6] + "T" + s[6:8] + ":" + s[8:])
}
