package event

import (
	"crypto/sha256"
	"encoding/hex"

	"fairway/pkg/travel"
)

// The kinds of a case event.
const (
	CaseConfirm  = "confirmation"           // an officer says that a match is this person
	CaseWithdraw = "confirmation_withdrawn" // an officer takes it back
	CaseApplied  = "applied"                // the advisor carried out another event; Outcome is what the carrier is told now
	CaseRefused  = "refused"                // the advisor could not; Reason says why
)

// LongestReason is how many bytes an officer's reason may have; more belongs in the case file.
const LongestReason = 500

// CaseEvent is what an officer did about one person on one leg, or what came of it. Key: leg id.
type CaseEvent struct {
	V       int            `json:"v"`
	ID      string         `json:"id"`   // CaseID, repeated by what came of it
	Kind    string         `json:"kind"` // of the constants above
	Leg     travel.LegID   `json:"leg"`
	Message string         `json:"message"` // the message the person came with
	Index   int            `json:"index"`   // the person's position in it
	Entry   string         `json:"entry,omitempty"`
	Always  bool           `json:"always,omitempty"`  // for this person and entry on every leg
	Officer string         `json:"officer,omitempty"` // who
	Reason  string         `json:"reason,omitempty"`  // why, in the officer's words; why not, in ours
	At      int64          `json:"at"`                // Unix milliseconds
	Keys    []string       `json:"keys,omitempty"`    // applied, always: Traveller.DocumentKeys, by which the person is known on other legs
	Undoes  []string       `json:"undoes,omitempty"`  // applied withdrawal: the confirmations that it takes back, on every leg
	Outcome travel.Outcome `json:"outcome,omitempty"` // applied: what the carrier is told now
	Version int            `json:"version,omitempty"` // applied: of the advisory
}

func (c CaseEvent) version() int { return c.V }

// Record returns c as a record of case.event.
func (c *CaseEvent) Record() (Record, error) {
	value, err := Encode(c)
	return Record{Topic: TopicCase, Key: string(c.Leg), Value: value}, err
}

// CaseID derives the id of what an officer did from what, of whom, who and when.
func CaseID(c *CaseEvent) string {
	sum := sha256.Sum256([]byte(c.Kind + "|" + string(c.Leg) + "|" + TravellerID(c.Message, c.Index) + "|" + c.Entry + "|" + c.Officer + "|" + itoa(c.At)))
	return hex.EncodeToString(sum[:12])
}
