package pnrgov

import (
	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// peekBytes is how much of a body is looked at: the flight stands before the first booking.
const peekBytes = 8192

// PeekAt looks at the start of a body, up to the first booking; ok is false when it shows no flight. It reads the same
// as Decode would.
func PeekAt(body []byte) (leg travel.LegID, ok bool) {
	r := edifact.NewReader(body[:min(len(body), peekBytes)], limits())
	for r.Next() {
		if r.Message().Type != Type {
			continue
		}
		d := newDecoder(r.Message())
		for r.NextSegment() {
			if d.seg = r.Segment(); d.seg.Tag == "SRC" || d.starts(d.seg.Tag) {
				break
			}
			d.take()
		}
		l, ok := d.b.Message.ReportLeg()
		return l.ID(), ok
	}
	return "", false
}
