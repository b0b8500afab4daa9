package paxlst

import (
	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// Type is the message type in UNH.
const Type = "PAXLST"

// Decode reads every PAXLST message of a body. The error is a *travel.DecodeError that says why nothing was understood, and
// then there are no messages.
func Decode(body []byte) ([]travel.Message, error) {
	messages, _, err := Read(body)
	return messages, err
}

// Read is Decode; others tells whether the body has messages of other types besides, which are passed over.
func Read(body []byte) (messages []travel.Message, others bool, err error) {
	r := edifact.NewReader(body, edifact.DefaultLimits())
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
	return nil, others, &travel.DecodeError{Findings: append(envelope, travel.Finding{Code: "no_paxlst", Severity: travel.Fault,
		Text: "the interchange holds no PAXLST message; UNH names another type"})}
}
