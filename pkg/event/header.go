package event

import "strconv"

// Header is one record header; the same type as stream.Header, so that neither package needs the other.
type Header = struct {
	Key   string
	Value []byte
}

// Record is one record to produce; the same type as stream.Out.
type Record = struct {
	Topic   string
	Key     string
	Value   []byte
	Headers []Header
}

// The header keys. A carrier that produces to message.received sets HeaderCarrier, and the others if it likes.
const (
	HeaderMessage     = "fairway-message"      // message id; derived from carrier and body when absent
	HeaderCarrier     = "fairway-carrier"      // carrier's code as configured in the gateway
	HeaderTransport   = "fairway-transport"    // "http" or "kafka"
	HeaderContentType = "content-type"         // "application/edifact", "application/json", "application/xml"
	HeaderIndex       = "fairway-index"        // position of the traveller in the message
	HeaderOf          = "fairway-of"           // travellers in the message
	HeaderReceived    = "fairway-received"     // Unix milliseconds when the message was received
	HeaderUnscreened  = "fairway-unscreened"   // advisories: "1" on a default given at the deadline
	HeaderTrace       = "traceparent"          // W3C trace context
	HeaderReason      = "fairway-dead-reason"  // dead letters: why
	HeaderOrigin      = "fairway-dead-origin"  // dead letters: topic/partition/offset
	HeaderService     = "fairway-dead-service" // dead letters: which service refused it
)

// Meta is what every record of a traveller's journey carries in its headers, readable when its value is not.
type Meta struct {
	Message   string // message id
	Carrier   string
	Index, Of int   // traveller's position and the number of travellers; 0 on message.received
	Received  int64 // Unix milliseconds
	Trace     string

	Unscreened bool // a carrier's default, given at the deadline
}

// Headers returns m as record headers.
func (m Meta) Headers() []Header {
	h := make([]Header, 0, 6)
	h = append(h, Header{HeaderMessage, []byte(m.Message)}, Header{HeaderCarrier, []byte(m.Carrier)},
		Header{HeaderReceived, strconv.AppendInt(nil, m.Received, 10)})
	if m.Index > 0 {
		h = append(h, Header{HeaderIndex, strconv.AppendInt(nil, int64(m.Index), 10)},
			Header{HeaderOf, strconv.AppendInt(nil, int64(m.Of), 10)})
	}
	if m.Trace != "" {
		h = append(h, Header{HeaderTrace, []byte(m.Trace)})
	}
	if m.Unscreened {
		h = append(h, Header{HeaderUnscreened, []byte("1")})
	}
	return h
}

// ReadMeta reads the headers of a record; what is absent or malformed stays zero.
func ReadMeta(headers []Header) (m Meta) {
	for _, h := range headers {
		switch h.Key {
		case HeaderMessage:
			m.Message = string(h.Value)
		case HeaderCarrier:
			m.Carrier = string(h.Value)
		case HeaderIndex:
			m.Index, _ = strconv.Atoi(string(h.Value))
		case HeaderOf:
			m.Of, _ = strconv.Atoi(string(h.Value))
		case HeaderReceived:
			m.Received, _ = strconv.ParseInt(string(h.Value), 10, 64)
		case HeaderTrace:
			m.Trace = string(h.Value)
		case HeaderUnscreened:
			m.Unscreened = true
		}
	}
	return m
}

// Lookup returns the value of one header, or "".
func Lookup(headers []Header, key string) string {
	for _, h := range headers {
		if h.Key == key {
			return string(h.Value)
		}
	}
	return ""
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// record encodes e, with m as its headers.
func record(topic, key string, e Event, m Meta) (Record, error) {
	value, err := Encode(e)
	return Record{Topic: topic, Key: key, Value: value, Headers: m.Headers()}, err
}
