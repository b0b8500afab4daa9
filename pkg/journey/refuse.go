package journey

import (
	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// Refuse is the notice about an interchange of which nothing was understood; kind is what its envelope shows, or "".
func Refuse(r event.Received, kind travel.MessageKind, findings []travel.Finding) *event.Advisory {
	return &event.Advisory{V: 1, Kind: event.KindMessage, Outcome: travel.Failed, Findings: findings,
		Message: event.Message{ID: r.ID, Carrier: r.Carrier, Kind: kind, At: r.At, Noted: true}}
}

// Rejected makes the answer for a record that a service had to give up on, from nothing but its headers: the outcome
// error for one traveller, or for the whole message when the record is not a traveller's. It makes none when the
// headers do not say whose message it was.
func Rejected(headers []event.Header, value []byte, _ error) []event.Record {
	m := event.ReadMeta(headers)
	if m.Carrier != "" && m.Index == 0 { // a carrier's own record: its id is derived, not believed
		m.Message = event.MessageID(m.Carrier, value)
	}
	if m.Message == "" || m.Carrier == "" {
		return nil
	}
	a := event.Advisory{
		V: 1, Kind: event.KindMessage, Outcome: travel.Failed, Index: m.Index,
		Message: event.Message{ID: m.Message, Carrier: m.Carrier, Of: m.Of, At: m.Received},
		Findings: []travel.Finding{{
			Code: "not_processed", Severity: travel.Fault, Traveller: m.Index,
			Text: "could not be processed; it is kept for analysis and the targeting centre is told",
		}},
	}
	if m.Index > 0 {
		a.Kind = event.KindTraveller
	}
	r, err := a.Record(m.Trace)
	if err != nil {
		return nil
	}
	return []event.Record{r}
}
