package cusres

import (
	"strings"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// Decode reads every CUSRES of a body. The error is a *travel.DecodeError, and then there are no replies.
func Decode(body []byte) ([]Reply, error) {
	doc, err := edifact.Parse(body, edifact.DefaultLimits())
	if err != nil {
		return nil, err
	}
	var replies []Reply
	for i := range doc.Messages {
		if doc.Messages[i].Type == Type {
			replies = append(replies, read(&doc.Messages[i]))
		}
	}
	envelope := doc.Findings
	if len(replies) == 0 {
		return nil, &travel.DecodeError{Findings: append(envelope, travel.Finding{Code: "no_cusres", Severity: travel.Fault,
			Text: "the interchange holds no CUSRES message; UNH names another type"})}
	}
	if len(envelope) > 0 {
		replies[0].Findings = append(envelope, replies[0].Findings...)
	}
	return replies, nil
}

// reader reads one message.
type reader struct {
	r      Reply
	seg    *edifact.Segment
	answer *Answer // in hand; nil before the first ERP+2 and after ERP+1
}

func read(src *edifact.Message) Reply {
	i := src.Interchange
	d := reader{r: Reply{Sender: i.Sender, Recipient: i.Recipient, Control: i.Control, Application: i.Application,
		Profile: src.Profile(), Test: i.Test, At: readTime("20" + i.Date + i.Time)}}
	for k := range src.Segments {
		d.seg = &src.Segments[k]
		d.take()
	}
	if d.r.Code == "" {
		d.find("no_bgm", travel.Warning, src.Header.Pos(0, 0), "BGM is missing; send 962, 132 or 312")
	}
	if r := d.r.Rejected; r != nil && r.Code == Accepted && len(d.r.Answers) > 0 { // taken in, with a word about it
		d.r.Notice, d.r.Rejected = r.Text, nil
	}
	return d.r
}

func (d *reader) find(code string, s travel.Severity, p travel.Place, text string) {
	d.r.Findings = append(d.r.Findings, p.Finding(code, s, text))
}

func (d *reader) take() {
	s := d.seg
	switch s.Tag {
	case "BGM":
		d.r.Code = s.Get(1, 1)
		d.r.CodeAt = s.Pos(1, 1).Finding("", "", "")
	case "RFF":
		d.reference(s.Get(1, 1), s.Get(1, 2))
	case "DTM":
		d.moment()
	case "LOC":
		switch s.Get(1, 1) {
		case "125":
			d.r.Leg.Origin = travel.Port(s.Get(2, 1))
		case "87":
			d.r.Leg.Destination = travel.Port(s.Get(2, 1))
		}
	case "ERP":
		d.scope()
	case "ERC":
		d.result()
	case "FTX":
		d.text()
	default:
		d.find("unknown_segment", travel.Note, s.Pos(0, 0), "a segment that CUSRES does not have here; it was passed over")
	}
}

func (d *reader) scope() {
	d.answer = nil
	if d.seg.Get(1, 1) == "1" {
		d.r.Rejected = &Rejection{}
		return
	}
	d.r.Answers = append(d.r.Answers, Answer{Outcome: travel.Failed})
	d.answer = &d.r.Answers[len(d.r.Answers)-1]
}

func (d *reader) reference(kind, value string) {
	switch {
	case kind == "TN" && d.answer == nil:
		d.r.Reference = value
	case kind == "AF" && d.answer == nil:
		d.r.Leg.Carrier, d.r.Leg.Number = travel.SplitFlight(value, "")
	case kind == "AVF" && d.answer != nil:
		d.answer.Locator = value
	case kind == "ABO" && d.answer != nil:
		d.answer.Ref = value
	case kind == "LI" && d.answer != nil:
		d.answer.Position = max(travel.Whole(value), 0)
	default:
		d.find("unknown_code", travel.Note, d.seg.Pos(1, 1), "a reference that is not known here; it was passed over")
	}
}

func (d *reader) moment() {
	raw := d.seg.Get(1, 2)
	if f := d.seg.Get(1, 3); f == "201" || f == "" {
		raw = "20" + raw
	}
	t := readTime(raw)
	if t == "" {
		d.find("bad_date", travel.Fault, d.seg.Pos(1, 2), "not a date and time in its format; send YYMMDDHHMM with format 201")
		return
	}
	switch d.seg.Get(1, 1) {
	case "189":
		d.r.Leg.Departure = t
	case "232":
		d.r.Leg.Arrival = t
	}
}

// readTime reads CCYYMMDDHHMM, or "" when it is none.
func readTime(s string) travel.LocalTime {
	if len(s) != len("200601021504") {
		return ""
	}
	t, _ := travel.NewLocalTime(travel.Whole(s[:4]), travel.Whole(s[4:6]), travel.Whole(s[6:8]), travel.Whole(s[8:10]), travel.Whole(s[10:]))
	return t
}

func (d *reader) result() {
	code := d.seg.Get(1, 1)
	switch {
	case d.answer != nil:
		o, unscreened, ok := outcome(code)
		d.answer.Code, d.answer.Outcome, d.answer.Unscreened = code, o, unscreened
		if !ok {
			d.find("unknown_result", travel.Warning, d.seg.Pos(1, 1), "a result code of no known table; read it as: do not board yet")
		}
	case d.r.Rejected != nil:
		d.r.Rejected.Code = code
	}
}

func (d *reader) text() {
	parts := make([]string, 0, lines)
	for c := 1; c <= lines; c++ {
		if t := d.seg.Get(4, c); t != "" {
			parts = append(parts, t)
		}
	}
	t := strings.Join(parts, " ")
	switch {
	case d.answer != nil:
		d.answer.Text = t
	case d.r.Rejected != nil:
		d.r.Rejected.Text = t
	}
}
