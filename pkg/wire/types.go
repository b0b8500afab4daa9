package wire

import (
	"bytes"
	"slices"
	"strings"

	"fairway/pkg/edifact"
	"fairway/pkg/paxlst"
	"fairway/pkg/pnrgov"
	"fairway/pkg/travel"
)

// decodeEDIFACT reads the lists of a body, whatever stands before and between them, and stands in for every message that
// is no list: nobody in it was screened, and no answer may sound as if.
func decodeEDIFACT(body []byte) ([]travel.Message, error) {
	first, read, readOther := edifact.Sniff(body), paxlst.Read, pnrgov.Read
	if first == pnrgov.Type {
		read, readOther = readOther, read
	}
	if first == "" && looksBinary(body) {
		return nil, refuse("not_understood", "the body is neither EDIFACT nor JSON nor XML; send an interchange that starts with UNB or UNA")
	}
	messages, others, err := read(body)
	if !others {
		return messages, err // its findings say what is missing
	}
	more, _, errMore := readOther(body)
	if err != nil && errMore != nil {
		return nil, refuse("unknown_message", "the message type in UNH is not one that carriers send here; send PAXLST or PNRGOV")
	}
	said := map[travel.Finding]bool{} // both read the envelopes
	for i := range messages {
		for _, f := range messages[i].Findings {
			said[f] = true
		}
	}
	for i := range more {
		m := &more[i]
		m.Findings = slices.DeleteFunc(m.Findings, func(f travel.Finding) bool { return said[f] })
	}
	return append(append(messages, more...), unread(body)...), nil
}

// unread stands in for the messages of a body that are of no type read here: no travellers, and a fault that says so.
func unread(body []byte) (messages []travel.Message) {
	for r := edifact.NewReader(body, edifact.DefaultLimits()); r.Next(); {
		src := *r.Message()
		if src.Type == paxlst.Type || src.Type == pnrgov.Type {
			continue
		}
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
		messages = append(messages, m)
	}
	return messages
}

// IsAcknowledgement reports whether body is a CUSRES: how a carrier acknowledges a changed advisory (standards.md C.5).
// One that comes with a list, or what may have been meant as one, is none: nobody of the list would be screened.
func IsAcknowledgement(body []byte) bool {
	return !IsJSON(body) && !IsXML(body) && edifact.Sniff(body) == "CUSRES" && edifact.Only(body, "CUSRES", "CONTRL", "APERAK")
}

func looksBinary(body []byte) bool {
	return bytes.IndexByte(body[:min(len(body), 512)], 0) >= 0 || !bytes.Contains(body, []byte("UN"))
}
