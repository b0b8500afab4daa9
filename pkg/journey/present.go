package journey

import (
	"strconv"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// Present turns the messages of one interchange into the events of its travellers, numbered through the whole
// interchange, and the notice about it. The notice is nil when there is nothing to say of the interchange as a whole:
// every traveller gets an advisory of their own. A message whose travellers cannot be placed, or that asks for an answer
// about nobody or on another carrier's leg, is refused by [Gate.refuse]; the others of its interchange are not. Of a
// close-out or a cancellation the carrier is told that it arrived.
func Present(r event.Received, messages []travel.Message, g Gate) (*event.Advisory, []event.Presented) {
	notice := event.Advisory{V: 1, Kind: event.KindMessage}
	var all []event.Presented
	for i := range messages {
		m := &messages[i]
		head := header(r, m)
		if i == 0 {
			notice.Message = head
			notice.Leg, _ = m.ReportLeg()
		}
		presented, left := presentMessage(m, len(all))
		if f, bad := g.refuse(&r, m, presented); bad {
			left, presented = first(f, left), nil
			notice.Refused = append(notice.Refused, event.Refusal{Reference: m.Reference, Leg: reportLeg(m), Finding: f, Others: ForCarrier(left[1:])})
		}
		notice.Lost = notice.Lost || lost(m.Findings)
		for k := range presented {
			head := head
			presented[k].Message = head
			presented[k].ID = event.TravellerID(r.ID, presented[k].Traveller.Index)
			if head.Exercise { // apart from the live person of the same reference: no answer to one replaces the other's
				presented[k].Person = event.ExercisePerson + presented[k].Person
			}
		}
		all = append(all, presented...)
		notice.Findings = append(notice.Findings, left...)
	}
	notice.Findings = ForCarrier(notice.Findings)
	noted := len(all) == 0 || len(notice.Findings) > 0
	notice.Message.Of, notice.Message.Noted = len(all), noted
	for i := range all {
		all[i].Message.Of, all[i].Message.Noted = len(all), noted
	}
	if len(all) == 0 && len(notice.Refused) > 0 {
		notice.Outcome = travel.Failed
	}
	if !noted {
		return nil, all
	}
	return &notice, all
}

// first puts f before the others; it is among them when the format said it.
func first(f travel.Finding, others []travel.Finding) []travel.Finding {
	all := append(make([]travel.Finding, 0, len(others)+1), f)
	for _, o := range others {
		if o != f {
			all = append(all, o)
		}
	}
	return all
}

// header is what the events of one message repeat of it.
func header(r event.Received, m *travel.Message) event.Message {
	h := event.Message{ID: r.ID, Carrier: r.Carrier, Kind: m.Kind, Function: m.Function, Reference: m.Reference, Sender: m.Sender,
		Recipient: m.Recipient, At: r.At, Exercise: m.Test}
	if m.Kind == travel.PNR {
		h.Profile = m.Profile
	}
	if m.Function == travel.CrewList { // a list of crew on a flight asks the same as any list
		h.Function = travel.Query
	}
	return h
}

func reportLeg(m *travel.Message) travel.Leg {
	leg, _ := m.ReportLeg()
	return leg
}

// mostFindings is how many findings a carrier is told of one message, or of one traveller.
const mostFindings = 200

// ForCarrier keeps of findings what a carrier should act on. Notes are for the count, and for whoever asks with
// fairwayctl decode.
func ForCarrier(findings []travel.Finding) []travel.Finding {
	kept := findings[:0:0]
	for _, f := range findings {
		if f.Severity == travel.Note {
			continue
		}
		if len(kept) == mostFindings { // a record must fit a batch, whatever was sent
			return append(kept, travel.Finding{Code: "more_findings", Severity: travel.Warning, Offset: f.Offset,
				Text: "more is wrong than is listed; correct this and send again"})
		}
		kept = append(kept, f)
	}
	return kept
}

// decides reports whether a message of this function asks for an answer about its travellers. The others report after
// the fact, or take people off.
func decides(f travel.Function) bool {
	return f == travel.Query || f == travel.Update || f == travel.CrewList || f == ""
}

// presentMessage returns m's travellers, numbered from offset+1, and its findings that are about no single one.
func presentMessage(m *travel.Message, offset int) ([]event.Presented, []travel.Finding) {
	about := map[int][]travel.Finding{}
	var general []travel.Finding
	for _, f := range m.Findings {
		if f.Traveller > 0 {
			f.Traveller += offset
			about[f.Traveller] = append(about[f.Traveller], f)
		} else {
			general = append(general, f)
		}
	}
	if !decides(m.Function) || len(m.Legs) == 0 {
		return nil, general
	}
	presented := make([]event.Presented, 0, len(m.Travellers))
	persons := make(map[string]bool, len(m.Travellers))
	for i := range m.Travellers {
		t := m.Travellers[i]
		t.Index = offset + i + 1
		if t.InfantOf > 0 {
			t.InfantOf += offset
		}
		p := event.Presented{V: 1, Traveller: t, Person: t.Key(), Findings: bounded(about[t.Index])}
		p.Leg, p.Legs = journey(m, &t)
		if persons[p.Person] { // two people under one reference: neither answer may replace the other
			p.Person += "#" + strconv.Itoa(t.Index)
		}
		persons[p.Person] = true
		if i < len(m.BookingOf) && m.BookingOf[i] < len(m.Bookings) {
			p.Booking = &m.Bookings[m.BookingOf[i]]
		}
		presented = append(presented, p)
	}
	return presented, general
}

// Remembered is the person and leg that p adds to somebody's history; ok is false when it adds none: nobody travels in
// an exercise, and who cannot be told from others has no history.
func Remembered(p *event.Presented) (person string, leg travel.LegID, ok bool) {
	person = p.Traveller.PersonKey()
	return person, p.Leg.ID(), person != "" && !p.Message.Exercise
}

// bounded keeps the first of many findings about one traveller.
func bounded(findings []travel.Finding) []travel.Finding {
	return findings[:min(len(findings), 2*mostFindings)]
}

// journey picks the leg t is decided on, and the others: the border leg, else the one t embarks on, else the first.
func journey(m *travel.Message, t *travel.Traveller) (travel.Leg, []travel.Leg) {
	at := m.Report
	if !m.Legs[at].Border && t.Embark != "" {
		for i := range m.Legs {
			if m.Legs[i].Origin == t.Embark {
				at = i
				break
			}
		}
	}
	if len(m.Legs) == 1 {
		return named(m.Legs[at]), nil
	}
	others := make([]travel.Leg, 0, len(m.Legs)-1)
	others = append(append(others, m.Legs[:at]...), m.Legs[at+1:]...)
	return named(m.Legs[at]), others
}

// named gives a voyage without a number its ship's, so that two ferries of one line on one day are two legs.
func named(l travel.Leg) travel.Leg {
	if l.Mode == travel.Sea && l.Number == "" && l.Vessel != nil {
		l.Number = l.Vessel.IMO
	}
	return l
}
