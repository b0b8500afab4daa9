package paxlst

import (
	"errors"

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
		envelope = around(envelope, r)
		m := decodeMessage(r, room)
		if room -= len(m.Travellers); room < 0 || len(messages) == travel.MostMessages {
			return nil, others, travel.TooMany(travel.Place{Segment: r.Segment().Number, Tag: r.Segment().Tag, Offset: r.Segment().Offset})
		}
		m.Findings = append(envelope, around(m.Findings, r)...)
		messages, envelope = append(messages, m), nil
	}
	if err := r.Err(); err != nil {
		var bad *edifact.Error
		if errors.As(err, &bad) {
			return nil, others, &travel.DecodeError{Findings: []travel.Finding{finding(bad.Issue)}}
		}
		return nil, others, err
	}
	if envelope = around(envelope, r); len(messages) > 0 {
		last := &messages[len(messages)-1]
		last.Findings = append(last.Findings, envelope...)
		return messages, others, nil
	}
	return nil, others, &travel.DecodeError{Findings: append(envelope, travel.Finding{Code: "no_paxlst", Severity: travel.Fault,
		Text: "the interchange holds no PAXLST message; UNH names another type"})}
}

// around adds what was found about the envelopes.
func around(list []travel.Finding, r *edifact.Reader) []travel.Finding {
	for _, issue := range r.Issues() {
		list = append(list, finding(issue))
	}
	return list
}

func finding(i edifact.Issue) travel.Finding {
	return travel.Finding{Code: i.Code, Severity: travel.Severity(i.Severity), Segment: i.Pos.Segment, Tag: i.Pos.Tag,
		Element: i.Pos.Element, Component: i.Pos.Component, Offset: i.Pos.Offset, Text: i.Text}
}
