package cusres

import (
	"strconv"
	"strings"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// FTX+AAP holds five lines of 70 characters.
const (
	lines    = 5
	lineLong = 70
	maxText  = lines*lineLong - 20 // room for breaking at words
)

// Encode appends r as one interchange to dst, worded by p.
func Encode(dst []byte, r *Reply, p Profile) []byte {
	w := edifact.NewWriter(dst, edifact.Default())
	date, clock := edifact.Stamp(r.At)
	application, profile := r.Application, r.Profile
	if application == "" {
		application = p.Application
	}
	if profile == "" {
		profile = "D:05B:UN:" + p.Association
	}
	d := strings.SplitN(profile+":::", ":", 5)
	i := edifact.Interchange{Syntax: "UNOA:4", Sender: r.Sender, Recipient: r.Recipient, Date: date, Time: clock,
		Control: r.Control, Application: application, Test: r.Test}
	if p.Qualified {
		i.Qualifier = "ZZ"
	}
	w.Interchange(i)
	if p.Group {
		w.Group(i, Type, "1", "UN", d[0], d[1])
	}
	w.Message("R1", Type, d[0], d[1], d[2], strings.TrimRight(d[3], ":"), "", 0, "")
	w.Segment("BGM").Element(r.Code).End()
	reference(w, "TN", r.Reference)
	flight(w, &r.Leg)
	if r.Rejected != nil {
		w.Segment("ERP").Element("1").End()
		code := r.Rejected.Code
		if p.Rejected != "" && r.Code != Acknowledged && code != Accepted {
			code = p.Rejected
		}
		w.Segment("ERC").Element(code).End()
		freeText(w, r.Rejected.Text)
		return w.Close()
	}
	for i := range r.Answers {
		answer(w, &r.Answers[i], p, r.Code)
	}
	if r.Notice != "" && p.Text && r.Code == Answered && len(r.Answers) > 0 {
		w.Segment("ERP").Element("1").End()
		w.Segment("ERC").Element(Accepted).End()
		freeText(w, r.Notice)
	}
	return w.Close()
}

func flight(w *edifact.Writer, l *travel.Leg) {
	reference(w, "AF", l.Carrier+l.Number)
	moment(w, "189", l.Departure)
	moment(w, "232", l.Arrival)
	place(w, "125", l.Origin)
	place(w, "87", l.Destination)
}

func answer(w *edifact.Writer, a *Answer, p Profile, kind string) {
	w.Segment("ERP").Element("2").End()
	reference(w, "AVF", a.Locator)
	reference(w, "ABO", a.Ref)
	who := ""
	if a.Position > 0 {
		reference(w, "LI", strconv.Itoa(a.Position))
		words := strings.Fields(strings.NewReplacer(":", " ", "…", "").Replace(a.Document))
		who = strings.Join(append([]string{"TRAVELLER", strconv.Itoa(a.Position)}, words...), " ") + " - "
	}
	code := a.Code
	if code == "" {
		code = p.Code(a.Outcome, a.Unscreened)
	}
	w.Segment("ERC").Element(code).End()
	if kind != Answered || !p.Text {
		return
	}
	if t := a.Text; t != "" && (a.Outcome == travel.Insufficient || a.Outcome == travel.Failed) {
		freeText(w, who+t)
		return
	}
	freeText(w, who+text(a.Outcome, a.Unscreened))
}

func reference(w *edifact.Writer, kind, value string) {
	if value != "" {
		w.Segment("RFF").Composite(kind, value).End()
	}
}

func moment(w *edifact.Writer, kind string, t travel.LocalTime) {
	if date, clock := edifact.Stamp(t); date != "" {
		w.Segment("DTM").Composite(kind, date+clock, "201").End()
	}
}

func place(w *edifact.Writer, kind string, p travel.Port) {
	if p != "" {
		w.Segment("LOC").Element(kind).Element(string(p)).End()
	}
}

// freeText writes FTX+AAP, broken at words into lines of at most 70 characters.
func freeText(w *edifact.Writer, s string) {
	if s == "" {
		return
	}
	var parts []string
	for s = repertoire(s); s != "" && len(parts) < lines; {
		cut := len(s)
		if cut > lineLong {
			if cut = strings.LastIndexByte(s[:lineLong+1], ' '); cut <= 0 {
				cut = lineLong
			}
		}
		parts = append(parts, s[:cut])
		s = strings.TrimLeft(s[cut:], " ")
	}
	w.Segment("FTX").Element("AAP").Element("").Element("").Composite(parts...).End()
}
