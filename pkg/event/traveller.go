package event

import "fairway/pkg/travel"

// Presented is one traveller on one leg, from one message. Key: leg id.
type Presented struct {
	V         int              `json:"v"`
	ID        string           `json:"id"` // TravellerID
	Message   Message          `json:"message"`
	Leg       travel.Leg       `json:"leg"`
	Legs      []travel.Leg     `json:"legs,omitempty"` // the journey's other legs, when the message names any
	Person    string           `json:"person"`         // Traveller.Key: the person within the leg
	Traveller travel.Traveller `json:"traveller"`
	Booking   *travel.Booking  `json:"booking,omitempty"`
	Findings  []travel.Finding `json:"findings,omitempty"` // about this traveller
}

func (p Presented) version() int { return p.V }

// Meta returns the headers' view of p.
func (p *Presented) Meta(trace string) Meta {
	return Meta{Message: p.Message.ID, Carrier: p.Message.Carrier, Index: p.Traveller.Index, Of: p.Message.Of,
		Received: p.Message.At, Trace: trace}
}

// Record returns p as a record of traveller.presented.
func (p *Presented) Record(trace string) (Record, error) {
	return record(TopicPresented, string(p.Leg.ID()), p, p.Meta(trace))
}

// Authorisation is what is known of the permission a traveller needs.
type Authorisation struct {
	Number     string      `json:"number,omitempty"` // id of the entry, not the traveller's own number
	Status     string      `json:"status"`           // "valid", "expired", "denied", "none"
	ValidUntil travel.Date `json:"valid_until,omitempty"`
}

// EarlierLeg is one earlier leg of the same person.
type EarlierLeg struct {
	Leg  travel.LegID `json:"leg"`
	Date travel.Date  `json:"date"`
}

// Enriched is a presented traveller with everything that rules may look at. Key: leg id.
type Enriched struct {
	Presented
	Matches       []travel.Match `json:"matches,omitempty"`       // list entries resembled
	Authorisation *Authorisation `json:"authorisation,omitempty"` // nil when none is required
	History       []EarlierLeg   `json:"history,omitempty"`       // earlier legs, newest last
	HasHistory    bool           `json:"has_history,omitempty"`   // history was looked up (an empty one is known to be empty)
	ListRevision  int64          `json:"list_revision"`           // watchlist revision matched against
}

// Record returns e as a record of traveller.enriched.
func (e *Enriched) Record(trace string) (Record, error) {
	return record(TopicEnriched, string(e.Leg.ID()), e, e.Meta(trace))
}

// RuleResult is one rule that did not simply miss.
type RuleResult struct {
	Rule    string            `json:"rule"`  // family/name
	Value   string            `json:"value"` // hit, suppressed, not_evaluable, error
	Points  int               `json:"points,omitempty"`
	Force   travel.Outcome    `json:"force,omitempty"`
	Explain string            `json:"explain,omitempty"`
	Seen    map[string]string `json:"seen,omitempty"`   // the values the rule saw
	Shadow  bool              `json:"shadow,omitempty"` // experimental: recorded, without effect
	By      string            `json:"by,omitempty"`     // the rule that suppressed it, or "clearance"

	Unfounded bool `json:"unfounded,omitempty"` // it forced no_board without evidence: counted as hold
}

// Scored is the decision on one traveller. Key: leg id.
type Scored struct {
	V            int              `json:"v"`
	ID           string           `json:"id"`       // TravellerID
	Decision     string           `json:"decision"` // DecisionID
	Message      Message          `json:"message"`
	Leg          travel.Leg       `json:"leg"`
	Traveller    travel.Traveller `json:"traveller"`
	Person       string           `json:"person"`
	Outcome      travel.Outcome   `json:"outcome"`
	Score        int              `json:"score"`
	Reason       string           `json:"reason"` // what decided: "forced", "points", "protection", "redress", "clean"
	Protect      bool             `json:"protect,omitempty"`
	Evidence     string           `json:"evidence,omitempty"` // what may refuse this traveller: "document", "authorisation"
	Results      []RuleResult     `json:"results,omitempty"`
	Matches      []travel.Match   `json:"matches,omitempty"`
	Rules        int              `json:"rules"`                   // rules evaluated
	Unevaluable  []string         `json:"not_evaluable,omitempty"` // rules that lacked a field
	Release      string           `json:"release"`
	ListRevision int64            `json:"list_revision"`
	Findings     []travel.Finding `json:"findings,omitempty"`
}

func (s Scored) version() int { return s.V }

// Meta returns the headers' view of s.
func (s *Scored) Meta(trace string) Meta {
	return Meta{Message: s.Message.ID, Carrier: s.Message.Carrier, Index: s.Traveller.Index, Of: s.Message.Of,
		Received: s.Message.At, Trace: trace}
}

// Record returns s as a record of traveller.scored.
func (s *Scored) Record(trace string) (Record, error) {
	return record(TopicScored, string(s.Leg.ID()), s, s.Meta(trace))
}
