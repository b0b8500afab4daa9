package event

import "fairway/pkg/travel"

// TopicProposal is where whatever waits for a second person is made, and what became of it: [Proposal].
const TopicProposal = "proposal.made"

// What a record of proposal.made says of its proposal. Of several decisions the first on the topic counts, so that two
// officers at two curators cannot decide differently.
const (
	ProposalMade     = "made"     // it waits for a second person; in parts where it is large
	ProposalApproved = "approved" // by somebody else than who made it, in time: it is carried out from here on
	ProposalRejected = "rejected" // by anybody, or withdrawn by who made it
	ProposalExpired  = "expired"  // nobody decided in time
	ProposalInForce  = "in_force" // carried out: every change is on watchlist.changed
)

// Proposal is a record about one set of list changes that waits, or waited, for a second person. Key: its id.
type Proposal struct {
	V       int    `json:"v"`
	ID      string `json:"id"`
	State   string `json:"state"`             // of the constants above
	Officer string `json:"officer,omitempty"` // who made, approved or rejected it; "" when a curator says what became of it
	Reason  string `json:"reason,omitempty"`  // rejected: why, in the officer's words
	At      int64  `json:"at"`                // Unix milliseconds

	// Made: part Part of Of, from 1. A proposal of which a part is missing was never made.
	Part     int                `json:"part,omitempty"`
	Of       int                `json:"of,omitempty"`
	Until    int64              `json:"until,omitempty"`    // Unix milliseconds; approvals after it count for nothing
	Entries  []travel.ListEntry `json:"entries,omitempty"`  // to be as they stand here
	Remove   []travel.ListEntry `json:"remove,omitempty"`   // to be deleted; only list and id
	Findings []RowFinding       `json:"findings,omitempty"` // on the rows of the file it came from

	Changes int `json:"changes,omitempty"` // in force: how many changes Kafka has acknowledged; the others were in force already
}

// RowFinding is a finding on one row of a list file. It holds nothing of the row's content.
type RowFinding struct {
	Line    int    `json:"line"`
	Column  string `json:"column,omitempty"`
	Code    string `json:"code"`
	Warning bool   `json:"warning,omitempty"` // the row was used
	What    string `json:"what"`
	Todo    string `json:"todo"`
	Count   int    `json:"count,omitempty"` // how many rows it stands for, where they are not listed one by one
}

func (p Proposal) version() int { return p.V }

// Record returns p as a record of proposal.made.
func (p *Proposal) Record() (Record, error) {
	value, err := Encode(p)
	return Record{Topic: TopicProposal, Key: p.ID, Value: value}, err
}
