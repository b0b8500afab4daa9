package cusres

import "fairway/pkg/travel"

// Type is the message type in UNH.
const Type = "CUSRES"

// The codes of a reply (BGM 1001).
const (
	Answered     = "962" // reply to a PAXLST
	Changed      = "132" // the government changes an earlier answer, unprompted
	Acknowledged = "312" // a carrier acknowledges a change
)

// Reply is one CUSRES message.
type Reply struct {
	Code        string // Answered, Changed or Acknowledged
	Reference   string // RFF+TN: of the query; of its own for a change
	Sender      string // UNB S002
	Recipient   string // UNB S003
	Control     string // UNB 0020
	Application string // UNB 0026; Encode takes the profile's when empty
	Profile     string // directory and association of UNH, "D:05B:UN:IATA"; Encode takes the profile's when empty
	At          travel.LocalTime
	Leg         travel.Leg // carrier and number, and the border pair with its times as far as known
	Rejected    *Rejection // the whole message was refused; then there are no answers
	Answers     []Answer
	Test        bool             // UNB 0035: the answer to an exercise or a test
	CodeAt      travel.Finding   // where BGM 1001 stands in what Decode read: place only
	Notice      string           // beside answers: what to correct about the message as a whole (ERP+1, ERC+0), where the profile has texts
	Findings    []travel.Finding // what Decode forgave
}

// Rejection says why nothing of a message was processed (ERP+1).
type Rejection struct {
	Code string // ERC: of the table in [Codes], or a carrier's
	Text string // what to correct and where; no personal data
}

// Answer is the answer on one person (ERP+2).
type Answer struct {
	Locator    string // RFF+AVF
	Ref        string // RFF+ABO
	Position   int    // RFF+LI: place among the travellers of the query, from 1; 0 where a reference tells them
	Document   string // type, issuer and last characters, said in FTX beside Position
	Outcome    travel.Outcome
	Unscreened bool   // the deadline passed: the agreed default, the real answer follows
	Code       string // ERC as received; Encode works it out of Outcome and Unscreened when empty
	Text       string // FTX+AAP as received; Encode writes it only where the carrier must correct something
}
