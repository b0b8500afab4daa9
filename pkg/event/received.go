package event

import (
	"strconv"

	"fairway/pkg/travel"
)

// Received is one interchange as it arrived. It has no JSON form: the body is the record's value.
type Received struct {
	ID          string // message id
	Carrier     string
	Transport   string // "http", "kafka"
	ContentType string
	At          int64 // Unix milliseconds when it arrived; the record's timestamp when no header says
	Trace       string
	Body        []byte
}

// Headers returns the record headers of r.
func (r Received) Headers() []Header {
	h := []Header{
		{HeaderMessage, []byte(r.ID)}, {HeaderCarrier, []byte(r.Carrier)}, {HeaderTransport, []byte(r.Transport)},
		{HeaderContentType, []byte(r.ContentType)}, {HeaderReceived, strconv.AppendInt(nil, r.At, 10)},
	}
	if r.Trace != "" {
		h = append(h, Header{HeaderTrace, []byte(r.Trace)})
	}
	return h
}

// Record returns r as a record of message.received; leg is the leg id a cheap scan found, or "".
func (r Received) Record(leg travel.LegID) Record {
	key := string(leg)
	if key == "" {
		key = r.Carrier
	}
	return Record{Topic: TopicReceived, Key: key, Value: r.Body, Headers: r.Headers()}
}

// ReadReceived reads a record of message.received. The id is derived again rather than believed, so that nobody who
// may only produce can answer for another message. at is the record's timestamp in Unix milliseconds.
func ReadReceived(headers []Header, body []byte, at int64) Received {
	m := ReadMeta(headers)
	r := Received{
		ID: MessageID(m.Carrier, body), Carrier: m.Carrier, At: m.Received, Trace: m.Trace, Body: body,
		Transport: Lookup(headers, HeaderTransport), ContentType: Lookup(headers, HeaderContentType),
	}
	if r.At == 0 {
		r.At = at
	}
	if r.Transport == "" {
		r.Transport = "kafka"
	}
	return r
}

// Message is what every event of a journey repeats of the message it came from.
type Message struct {
	ID        string             `json:"id"`
	Carrier   string             `json:"carrier"`
	Kind      travel.MessageKind `json:"kind,omitempty"`
	Function  travel.Function    `json:"function,omitempty"`
	Reference string             `json:"reference,omitempty"` // transaction number, echoed to the carrier
	Sender    string             `json:"sender,omitempty"`    // carrier's interchange address
	Recipient string             `json:"recipient,omitempty"` // our interchange address as the carrier wrote it
	Profile   string             `json:"profile,omitempty"`   // version of a PNRGOV, "15:1:IA", which its acknowledgement repeats
	Of        int                `json:"of"`                  // travellers in the message that get an advisory
	Noted     bool               `json:"noted,omitempty"`     // a message-level notice follows on advisory.issued as well
	At        int64              `json:"at"`                  // Unix milliseconds received
	Exercise  bool               `json:"exercise,omitempty"`  // an exercise or a test interchange
}
