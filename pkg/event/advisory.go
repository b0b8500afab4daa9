package event

import "fairway/pkg/travel"

// Kinds of advisory record.
const (
	KindTraveller = "traveller" // one traveller on one leg
	KindMessage   = "message"   // a notice about the whole message: accepted without travellers, or not understood
)

// Advisory is what a carrier is told: about one traveller, or about a whole message. Key: leg id; a message-level
// error has no leg and is keyed by carrier. The advisory with the highest Version of one (carrier, leg, person) is
// current; of equal versions they are the same.
type Advisory struct {
	V           int              `json:"v"`
	Kind        string           `json:"kind"`
	Message     Message          `json:"message"`
	Leg         travel.Leg       `json:"leg"`
	Index       int              `json:"index,omitempty"`    // traveller's position in Message
	Person      string           `json:"person,omitempty"`   // Traveller.Key
	Ref         string           `json:"ref,omitempty"`      // carrier's unique passenger reference
	Locator     string           `json:"locator,omitempty"`  // booking reference
	Document    string           `json:"document,omitempty"` // masked: type, issuer, last characters
	Outcome     travel.Outcome   `json:"outcome"`
	Version     int              `json:"version"` // 0 for an answer given at the deadline or on failure; decisions count from 1
	Decision    string           `json:"decision,omitempty"`
	Unscreened  bool             `json:"unscreened,omitempty"`  // deadline passed: the carrier's default was given
	Unsolicited bool             `json:"unsolicited,omitempty"` // differs from what this carrier was told last of this person on this leg
	Release     string           `json:"release,omitempty"`
	Lists       int64            `json:"lists,omitempty"`    // watchlist revision
	Findings    []travel.Finding `json:"findings,omitempty"` // what the carrier should correct
	Refused     []Refusal        `json:"refused,omitempty"`  // notices: messages of the interchange that were not taken in
	Lost        bool             `json:"lost,omitempty"`     // notices: a part of a message was not read, and somebody may have been in it

	// What a confirmation needs. None of it is shown to a carrier.
	Confirmable []string       `json:"confirmable,omitempty"` // list/entry of the no_board entries this traveller resembles
	Decided     travel.Outcome `json:"decided,omitempty"`     // what the rules decided, where a confirmation stands above it
	Confirmed   string         `json:"confirmed,omitempty"`   // id of the confirmation in force
	Entry       string         `json:"entry,omitempty"`       // the entry it confirms
	Withdrawn   string         `json:"withdrawn,omitempty"`   // id of the confirmation that this advisory takes back
	Documents   []string       `json:"documents,omitempty"`   // Traveller.DocumentKeys, where Confirmable is not empty
	NameKey     string         `json:"name_key,omitempty"`    // Traveller.NameKey, where Confirmable is not empty
}

// Refusal is one message of an interchange that was refused as a whole.
type Refusal struct {
	Reference string         `json:"reference,omitempty"` // its transaction number
	Leg       travel.Leg     `json:"leg"`
	Finding   travel.Finding `json:"finding"`
	// Others are what else is wrong with it as a whole.
	Others []travel.Finding `json:"others,omitempty"`
}

// ExercisePerson starts the Person of everybody in an exercise or a test: apart from the live journey of the same
// reference, so that neither answer replaces the other.
const ExercisePerson = "exercise:"

func (a Advisory) version() int { return a.V }

// Meta returns the headers' view of a.
func (a *Advisory) Meta(trace string) Meta {
	return Meta{Message: a.Message.ID, Carrier: a.Message.Carrier, Index: a.Index, Of: a.Message.Of,
		Received: a.Message.At, Trace: trace, Unscreened: a.Unscreened}
}

// Record returns a as a record of advisory.issued; without a leg its key is the carrier.
func (a *Advisory) Record(trace string) (Record, error) {
	key := a.Message.Carrier
	if a.Leg.Carrier != "" {
		key = string(a.Leg.ID())
	}
	return record(TopicAdvisory, key, a, a.Meta(trace))
}

// Name is how the carrier knows the traveller of a: the unique passenger reference, else the booking locator.
func (a *Advisory) Name() string {
	if a.Ref != "" {
		return a.Ref
	}
	return a.Locator
}
