package pnrgov

import (
	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// Type is the message type in UNH.
const Type = "PNRGOV"

// Decode reads every PNRGOV message of a body. Message.Declared is the number in EQN: of bookings as the guide has it,
// of persons as some senders write it; of the whole push, also in a part of it. The error is a *travel.DecodeError that says
// why nothing was understood, and then there are no messages.
func Decode(body []byte) ([]travel.Message, error) {
	messages, _, err := Read(body)
	return messages, err
}

// Read is Decode; others tells whether the body has messages of other types besides, which are passed over.
func Read(body []byte) (messages []travel.Message, others bool, err error) {
	r := edifact.NewReader(body, limits())
	var envelope []travel.Finding // what was found around the messages, since the last one
	room := travel.MostPeople
	for r.Next() {
		if r.Message().Type != Type {
			others = true
			continue
		}
		envelope = append(envelope, r.Findings()...)
		m := decodeMessage(r, room)
		if room -= len(m.Travellers); room < 0 || len(messages) == travel.MostMessages {
			return nil, others, travel.TooMany(r.Segment().Pos(0, 0))
		}
		m.Findings = append(append(envelope, m.Findings...), r.Findings()...)
		messages, envelope = append(messages, m), nil
	}
	if err := r.Err(); err != nil {
		return nil, others, err
	}
	if envelope = append(envelope, r.Findings()...); len(messages) > 0 {
		last := &messages[len(messages)-1]
		last.Findings = append(last.Findings, envelope...)
		return messages, others, nil
	}
	return nil, others, &travel.DecodeError{Findings: append(envelope, travel.Finding{Code: "no_pnrgov", Severity: travel.Fault,
		Text: "the interchange holds no PNRGOV message; UNH names another type"})}
}

// decodeMessage reads the message that r stands at, and not beyond the first person for whom there is no room.
func decodeMessage(r *edifact.Reader, room int) travel.Message {
	d := newDecoder(r.Message())
	if n := min(r.Ahead("TIF"), room+1); n > 0 {
		d.b.Room(n)
	}
	for len(d.b.Message.Travellers) <= room && r.NextSegment() {
		d.seg = r.Segment()
		d.take()
	}
	d.close()
	d.b.Finish(d.src.Header.Pos(0, 0), "no flight with a port and a date of departure; send TVL before the first SRC")
	return d.b.Message
}

// limits are wider than for API messages: history segments are long (standards.md A.7).
func limits() edifact.Limits {
	l := edifact.DefaultLimits()
	l.Bytes, l.Segment = 64<<20, 64<<10
	return l
}
