package wire

import (
	"bytes"

	"fairway/pkg/edifact"
	"fairway/pkg/paxlst"
	"fairway/pkg/pnrgov"
	"fairway/pkg/pnrgov/xml"
	"fairway/pkg/travel"
)

// Decode reads every message of body and assesses its travellers. contentType is not believed; what the body is counts.
// The error is a *travel.DecodeError whose findings say where and why nothing was understood.
func Decode(_ string, body []byte) ([]travel.Message, error) {
	messages, err := decode(body)
	for i := range messages {
		Assess(&messages[i])
		if IsJSON(body) {
			locate(body, messages[i].Findings)
		}
	}
	return messages, err
}

func decode(body []byte) ([]travel.Message, error) {
	if IsJSON(body) {
		return decodeJSON(body)
	}
	if IsXML(body) {
		if xml.Peek(body) {
			return xml.Decode(body)
		}
		return nil, refuse("unknown_message", "the root of the document is not one that carriers send here; send IATA_PNRGOV_NotifRQ")
	}
	if isZone(body) {
		return decodeZone(body)
	}
	return decodeEDIFACT(body)
}

// Peek finds the leg a body is about with a cheap scan, for the record's key; ok is false when it shows none.
func Peek(body []byte) (leg travel.LegID, ok bool) {
	if IsJSON(body) || IsXML(body) {
		return "", false
	}
	switch edifact.Sniff(body) {
	case paxlst.Type:
		p, ok := paxlst.PeekAt(body)
		return p.Leg, ok
	case pnrgov.Type:
		return pnrgov.PeekAt(body)
	}
	return "", false
}

// Kind is the view that a body gives, as far as its envelope shows: PNR for PNRGOV, API for PAXLST, else "".
func Kind(body []byte) travel.MessageKind {
	if IsJSON(body) {
		return ""
	}
	if IsXML(body) {
		return travel.PNR
	}
	switch edifact.Sniff(body) {
	case paxlst.Type:
		return travel.API
	case pnrgov.Type:
		return travel.PNR
	}
	return ""
}

// Mask returns body with what must not be stored blotted out: the same bytes for a body that holds none, a copy of the
// same length otherwise. Decode reads both alike. What is blotted is blotted no further: gateway and decoder name a
// message by what is left of it, and both must find the same name.
func Mask(body []byte) []byte {
	for range mostPasses {
		masked := mask(body)
		if bytes.Equal(masked, body) {
			return body
		}
		body = masked
	}
	return body
}

// mostPasses bounds Mask. One blots everything; another sees that it did, or what reads differently without it.
const mostPasses = 4

func mask(body []byte) []byte {
	switch {
	case IsJSON(body):
		return maskJSON(body)
	case !bytes.Contains(body, []byte(pnrgov.Type)) && Kind(body) != travel.PNR: // its type may be wrapped
		return body
	}
	masked, mask := bytes.Clone(body), pnrgov.Mask
	if IsXML(body) {
		mask = xml.Mask
	}
	if mask(masked) == 0 {
		return body
	}
	return masked
}

// IsJSON reports whether body starts as a JSON object or array.
func IsJSON(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n\ufeff")
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}

// IsXML reports whether body starts as an XML document.
func IsXML(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n\ufeff")
	return len(body) > 0 && body[0] == '<'
}

func refuse(code, text string) error {
	return &travel.DecodeError{Findings: []travel.Finding{{Code: code, Severity: travel.Fault, Text: text}}}
}
