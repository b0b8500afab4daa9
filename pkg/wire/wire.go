package wire

import (
	"bytes"

	"fairway/pkg/edifact"
	"fairway/pkg/paxlst"
	"fairway/pkg/travel"
)

// Decode reads every message of body and assesses its travellers. contentType is not believed; what the body is counts.
// The error is a *travel.DecodeError whose findings say where and why nothing was understood.
func Decode(_ string, body []byte) ([]travel.Message, error) {
	messages, err := decode(body)
	for i := range messages {
		Assess(&messages[i])
	}
	return messages, err
}

func decode(body []byte) ([]travel.Message, error) {
	if IsJSON(body) {
		return decodeJSON(body)
	}
	switch kind := edifact.Sniff(body); kind {
	case paxlst.Type:
		return paxlst.Decode(body)
	case "":
		if looksBinary(body) {
			return nil, refuse("not_understood", "the body is neither EDIFACT nor JSON nor XML; send an interchange that starts with UNB or UNA")
		}
		return paxlst.Decode(body) // its findings say what is missing
	default:
		return nil, refuse("unknown_message", "the message type in UNH is not one that carriers send here; send PAXLST")
	}
}

// Peek finds the leg a body is about with a cheap scan, for the record's key; ok is false when it shows none.
func Peek(body []byte) (leg travel.LegID, ok bool) {
	if IsJSON(body) || edifact.Sniff(body) != "PAXLST" {
		return "", false
	}
	p, ok := paxlst.PeekAt(body)
	if !ok {
		return "", false
	}
	return p.Leg, true
}

// IsJSON reports whether body starts as a JSON object or array.
func IsJSON(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n\ufeff")
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}

func looksBinary(body []byte) bool {
	return bytes.IndexByte(body[:min(len(body), 512)], 0) >= 0 || !bytes.Contains(body, []byte("UN"))
}

func refuse(code, text string) error {
	return &travel.DecodeError{Findings: []travel.Finding{{Code: code, Severity: travel.Fault, Text: text}}}
}
