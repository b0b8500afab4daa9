package paxlst

import (
	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// peekBytes is how much of a body is looked at: envelopes and legs stand before the first person.
const peekBytes = 8192

// Peek is what a cheap look at the start of a message shows.
type Peek struct {
	Leg       travel.LegID
	Reference string
	Sender    string
	Recipient string
}

// PeekAt looks at the start of a body, up to the first person; ok is false when it shows no leg. It reads the same as
// Decode would.
func PeekAt(body []byte) (p Peek, ok bool) {
	r := edifact.NewReader(body[:min(len(body), peekBytes)], edifact.DefaultLimits())
	for r.Next() {
		if r.Message().Type != Type {
			continue
		}
		d := newDecoder(r.Message())
		for r.NextSegment() {
			if d.seg = r.Segment(); d.seg.Tag == "NAD" && personKind(d.seg.Get(1, 1)) != "" {
				break
			}
			d.take()
		}
		d.finish()
		leg, ok := d.m.ReportLeg()
		if !ok || leg.Departure == "" {
			return p, false
		}
		return Peek{leg.ID(), d.m.Reference, d.m.Sender, d.m.Recipient}, true
	}
	return p, false
}
