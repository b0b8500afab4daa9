package event

import (
	"strconv"

	"fairway/pkg/travel"
)

// Present turns the messages of one interchange into the events of its travellers, numbered through the whole
// interchange, and the notice about it. The notice is nil when there is nothing to say of the interchange as a whole:
// every traveller gets an advisory of their own. Only queries and changes are about travellers to decide; of a
// close-out, cancellation or crew master list the carrier is told that it arrived.
func Present(r Received, messages []travel.Message) (*Advisory, []Presented) {
	base := Message{ID: r.ID, Carrier: r.Carrier, At: r.At}
	var findings []travel.Finding
	var all []Presented
	var noticeLeg travel.Leg
	for i := range messages {
		m := &messages[i]
		if i == 0 {
			base.Kind, base.Function, base.Reference = m.Kind, m.Function, m.Reference
			base.Sender, base.Recipient = m.Sender, m.Recipient
			if m.Kind == travel.PNR {
				base.Profile = m.Profile
			}
			noticeLeg, _ = m.ReportLeg()
		}
		base.Exercise = base.Exercise || m.Test
		presented, left := presentMessage(m, len(all))
		all = append(all, presented...)
		findings = append(findings, left...)
	}
	findings = ForCarrier(findings)
	base.Of, base.Noted = len(all), len(all) == 0 || len(findings) > 0
	for i := range all {
		head := &all[i].Message
		kind, function, reference := head.Kind, head.Function, head.Reference
		*head = base
		head.Kind, head.Function, head.Reference = kind, function, reference
		all[i].ID = TravellerID(base.ID, all[i].Traveller.Index)
	}
	if !base.Noted {
		return nil, all
	}
	return &Advisory{V: 1, Kind: KindMessage, Message: base, Leg: noticeLeg, Findings: findings}, all
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

// Refuse is the notice about an interchange of which nothing was understood; kind is what its envelope shows, or "".
func Refuse(r Received, kind travel.MessageKind, findings []travel.Finding) *Advisory {
	return &Advisory{V: 1, Kind: KindMessage, Outcome: travel.Failed, Findings: findings,
		Message: Message{ID: r.ID, Carrier: r.Carrier, Kind: kind, At: r.At, Noted: true}}
}

// presentMessage returns m's travellers, numbered from offset+1, and its findings that are about no single one.
func presentMessage(m *travel.Message, offset int) ([]Presented, []travel.Finding) {
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
	if m.Function != travel.Query && m.Function != travel.Update {
		return nil, general
	}
	if len(m.Legs) == 0 {
		if len(m.Travellers) > 0 {
			general = append(general, travel.Finding{Code: "no_leg", Severity: travel.Fault,
				Text: "the message names no flight or voyage, so its travellers cannot be placed; send TDT, LOC and DTM"})
		}
		return nil, general
	}
	presented := make([]Presented, 0, len(m.Travellers))
	persons := make(map[string]bool, len(m.Travellers))
	for i := range m.Travellers {
		t := m.Travellers[i]
		t.Index = offset + i + 1
		if t.InfantOf > 0 {
			t.InfantOf += offset
		}
		p := Presented{V: 1, Leg: m.Legs[m.Report], Traveller: t, Person: t.Key(), Findings: bounded(about[t.Index])}
		p.Message.Kind, p.Message.Function, p.Message.Reference = m.Kind, m.Function, m.Reference
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
		return m.Legs[at], nil
	}
	others := make([]travel.Leg, 0, len(m.Legs)-1)
	others = append(append(others, m.Legs[:at]...), m.Legs[at+1:]...)
	return m.Legs[at], others
}
