package paxlst

import (
	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// peekBytes is how much of a body is looked at: envelopes and legs stand before the first person.
const peekBytes = 1536

// Peek is what a cheap look at the start of a message shows.
type Peek struct {
	Leg       travel.LegID
	Reference string
	Sender    string
	Recipient string
}

// PeekAt looks at the start of a body; ok is false when it shows no leg. It reads the same as Decode would.
func PeekAt(body []byte) (p Peek, ok bool) {
	doc, err := edifact.Parse(body[:min(len(body), peekBytes)], edifact.DefaultLimits())
	if err != nil {
		return p, false
	}
	for i := range doc.Messages {
		src := &doc.Messages[i]
		if src.Type != Type {
			continue
		}
		for j := range src.Segments {
			if s := &src.Segments[j]; s.Tag == "NAD" && personKind(s.Get(1, 1)) != "" {
				src.Segments = src.Segments[:j]
				break
			}
		}
		m := decodeMessage(src)
		leg, ok := m.ReportLeg()
		if !ok || leg.Departure == "" {
			return p, false
		}
		return Peek{leg.ID(), m.Reference, m.Sender, m.Recipient}, true
	}
	return p, false
}
