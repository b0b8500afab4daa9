package wire

import (
	"bytes"

	"fairway/pkg/edifact"
	"fairway/pkg/paxlst"
	"fairway/pkg/pnrgov"
	"fairway/pkg/travel"
)

// reader decodes the messages of one type, and tells whether the body has those of the other.
type reader func(body []byte) (messages []travel.Message, other bool, err error)

// decodeEDIFACT reads the lists of a body, whatever stands before them.
func decodeEDIFACT(body []byte) ([]travel.Message, error) {
	switch edifact.Sniff(body) {
	case paxlst.Type:
		return both(body, paxlst.Read, pnrgov.Read)
	case pnrgov.Type:
		return both(body, pnrgov.Read, paxlst.Read)
	case "":
		if looksBinary(body) {
			return nil, refuse("not_understood", "the body is neither EDIFACT nor JSON nor XML; send an interchange that starts with UNB or UNA")
		}
		return both(body, paxlst.Read, pnrgov.Read) // its findings say what is missing
	}
	messages, err := both(body, paxlst.Read, pnrgov.Read)
	if err != nil {
		return nil, refuse("unknown_message", "the message type in UNH is not one that carriers send here; send PAXLST or PNRGOV")
	}
	return messages, nil
}

// both decodes the messages of one type, and those of the other type where there are any.
func both(body []byte, read, readOther reader) ([]travel.Message, error) {
	messages, other, err := read(body)
	if !other {
		return messages, err
	}
	more, _, errOther := readOther(body)
	if err != nil {
		if errOther == nil {
			return more, nil
		}
		return nil, err
	}
	said := map[travel.Finding]bool{} // both read the envelopes
	for i := range messages {
		for _, f := range messages[i].Findings {
			said[f] = true
		}
	}
	for i := range more {
		m := &more[i]
		if unread(m) {
			continue
		}
		kept := m.Findings[:0]
		for _, f := range m.Findings {
			if f.Traveller > 0 || !said[f] {
				kept = append(kept, f)
			}
		}
		m.Findings = kept
		messages = append(messages, *m)
	}
	return messages, nil
}

// unread reports whether m stands for a message of a type that nobody reads; both decoders make it.
func unread(m *travel.Message) bool {
	return len(m.Findings) == 1 && m.Findings[0].Code == "unknown_message"
}

// IsAcknowledgement reports whether body is a CUSRES: how a carrier acknowledges a changed advisory (standards.md C.5).
// One that comes with a list, or what may have been meant as one, is none: nobody of the list would be screened.
func IsAcknowledgement(body []byte) bool {
	return !IsJSON(body) && !IsXML(body) && edifact.Sniff(body) == "CUSRES" && edifact.Only(body, "CUSRES", "CONTRL", "APERAK")
}

func looksBinary(body []byte) bool {
	return bytes.IndexByte(body[:min(len(body), 512)], 0) >= 0 || !bytes.Contains(body, []byte("UN"))
}
