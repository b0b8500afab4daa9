package paxlst

import (
	"errors"
	"strings"

	"fairway/pkg/edifact"
	"fairway/pkg/travel"
)

// Type is the message type in UNH.
const Type = "PAXLST"

// elsewhere is the type of messages that package pnrgov reads.
const elsewhere = "PNRGOV"

// Decode reads every PAXLST message of a body, and makes a stub of each that nobody reads: a message without travellers,
// whose finding unknown_message says so. The error is a *travel.DecodeError that says why nothing was understood, and
// then there are no messages.
func Decode(body []byte) ([]travel.Message, error) {
	messages, _, err := Read(body)
	return messages, err
}

// Read is Decode; other tells whether the body has PNRGOV messages besides, which are passed over.
func Read(body []byte) (messages []travel.Message, other bool, err error) {
	r := edifact.NewReader(body, edifact.DefaultLimits())
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
			messages = append(messages, stub(r))
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
	return nil, other, &travel.DecodeError{Findings: append(envelope, travel.Finding{Code: "no_paxlst", Severity: travel.Fault,
		Text: "the interchange holds no PAXLST message; UNH names another type"})}
}

// stub stands for the message that r is at, whose type nobody reads.
func stub(r *edifact.Reader) travel.Message {
	src := r.Message()
	m := travel.Message{Kind: travel.API, Function: travel.Query, Control: src.Interchange.Control, Sender: src.Interchange.Sender,
		Recipient: src.Interchange.Recipient, Test: src.Interchange.Test}
	text := "the message is of a type that is not read here, and nobody in it was screened; send PAXLST or PNRGOV"
	if src.Type == "CUSRES" {
		text = "an acknowledgement that comes with a list was not read; send CUSRES by itself"
	}
	p := src.Header.Pos(0, 0)
	m.Findings = []travel.Finding{{Code: "unknown_message", Severity: travel.Fault, Segment: p.Segment, Tag: p.Tag, Offset: p.Offset, Text: text}}
	for r.NextSegment() {
		if s := r.Segment(); s.Tag == "RFF" && s.Get(1, 1) == "TN" && m.Reference == "" {
			m.Reference = strings.TrimSpace(s.Get(1, 2))
		}
	}
	return m
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
