package event

import "fairway/pkg/travel"

// TopicAcknowledged is where carriers' receipts of advisories are: [Acknowledged].
const TopicAcknowledged = "advisory.acknowledged"

// How a carrier acknowledged.
const (
	ByCUSRES = "cusres" // a CUSRES 312
	ByHTTP   = "http"   // POST /v1/advisories/ack
)

// Acknowledged is a carrier's receipt of one version of one advisory. Key: leg id; the advisory on somebody who could not be
// processed has no leg, and its receipt is keyed by carrier as it is. Message, Index and Version, which are
// derived, say which: who acknowledges again writes the same receipt again, and the first says when. It names nobody.
type Acknowledged struct {
	V       int          `json:"v"`
	Message string       `json:"message"` // id of the message that the advisory is about
	Index   int          `json:"index"`   // traveller's position in it
	Version int          `json:"version"` // of the advisory; 0 is the default that was given at the deadline
	Carrier string       `json:"carrier"`
	Leg     travel.LegID `json:"leg,omitempty"`
	At      int64        `json:"at"` // Unix milliseconds when it was acknowledged
	By      string       `json:"by"` // of the constants above
}

func (a Acknowledged) version() int { return a.V }

// Acknowledge returns the receipt of adv, which is about a traveller.
func Acknowledge(adv *Advisory, at int64, by string) Acknowledged {
	a := Acknowledged{V: 1, Message: adv.Message.ID, Index: adv.Index, Version: adv.Version, Carrier: adv.Message.Carrier, At: at, By: by}
	if adv.Leg.Carrier != "" {
		a.Leg = adv.Leg.ID()
	}
	return a
}

// Record returns a as a record of advisory.acknowledged. Its headers say nothing of when the message came or how many were
// on it: a receipt does not.
func (a *Acknowledged) Record(trace string) (Record, error) {
	key := string(a.Leg)
	if key == "" {
		key = a.Carrier
	}
	value, err := Encode(a)
	h := []Header{{HeaderMessage, []byte(a.Message)}, {HeaderCarrier, []byte(a.Carrier)}, {HeaderIndex, []byte(itoa(int64(a.Index)))}}
	if trace != "" {
		h = append(h, Header{HeaderTrace, []byte(trace)})
	}
	return Record{Topic: TopicAcknowledged, Key: key, Value: value, Headers: h}, err
}
