package pnrgov

import (
	"errors"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// Type is the message type in UNH.
const Type = "PNRGOV"

// elsewhere is the type of messages that package paxlst reads.
const elsewhere = "PAXLST"

// Decode reads every PNRGOV message of a body. Message.Declared is the number in EQN: of bookings as the guide has it,
// of persons as some senders write it; of the whole push, also in a part of it. Of each message that nobody reads it
// makes a stub, which has no travellers and the finding unknown_message. The error is a *travel.DecodeError that says
// why nothing was understood, and then there are no messages.
func Decode(body []byte) ([]travel.Message, error) {
	messages, _, err := Read(body)
	return messages, err
}

// Read is Decode; other tells whether the body has PAXLST messages besides, which are passed over.
func Read(body []byte) (messages []travel.Message, other bool, err error) {
	r := edifact.NewReader(body, limits())
	var envelope []travel.Finding // what was found around the messages, since the last one
	last := -1                    // the last that was read
	for r.Next() {
		switch r.Message().Type {
		case Type:
			envelope = around(envelope, r)
			m := decodeMessage(r)
			m.Findings = append(envelope, around(m.Findings, r)...)
			messages, envelope, last = append(messages, m), nil, len(messages)
		case elsewhere:
			other = true
		default:
			messages = append(messages, stub(r.Message()))
		}
	}
	if err := r.Err(); err != nil {
		var bad *edifact.Error
		if errors.As(err, &bad) {
			return nil, other, &travel.DecodeError{Findings: []travel.Finding{finding(bad.Issue)}}
		}
		return nil, other, err
	}
	if envelope = around(envelope, r); last >= 0 {
		messages[last].Findings = append(messages[last].Findings, envelope...)
		return messages, other, nil
	}
	return nil, other, &travel.DecodeError{Findings: append(envelope, travel.Finding{Code: "no_pnrgov", Severity: travel.Fault,
		Text: "the interchange holds no PNRGOV message; UNH names another type"})}
}

// decodeMessage reads the message that r stands at.
func decodeMessage(r *edifact.Reader) travel.Message {
	d := newDecoder(r.Message())
	if n := r.Ahead("TIF"); n > 0 {
		d.m.Travellers = make([]travel.Traveller, 0, n)
	}
	for r.NextSegment() {
		d.seg = r.Segment()
		d.take()
	}
	d.finish()
	return d.m
}

// stub stands for a message whose type nobody reads.
func stub(src *edifact.Message) travel.Message {
	text := "the message is of a type that is not read here, and nobody in it was screened; send PAXLST or PNRGOV"
	if src.Type == "CUSRES" {
		text = "an acknowledgement that comes with a list was not read; send CUSRES by itself"
	}
	p := src.Header.Pos(0, 0)
	return travel.Message{Kind: travel.API, Function: travel.Query, Control: src.Interchange.Control, Sender: src.Interchange.Sender,
		Recipient: src.Interchange.Recipient, Test: src.Interchange.Test, Findings: []travel.Finding{
			{Code: "unknown_message", Severity: travel.Fault, Segment: p.Segment, Tag: p.Tag, Offset: p.Offset, Text: text}}}
}

// limits are wider than for API messages: history segments are long (standards.md A.7).
func limits() edifact.Limits {
	l := edifact.DefaultLimits()
	l.Bytes, l.Segment = 64<<20, 64<<10
	return l
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
