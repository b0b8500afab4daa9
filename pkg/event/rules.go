package event

// RulesReleased is one immutable release of all rules. Key: release id.
type RulesReleased struct {
	V        int               `json:"v"`
	Release  string            `json:"release"` // content hash
	Files    map[string]string `json:"files"`   // path → YAML
	Author   string            `json:"author"`
	Approved string            `json:"approved"`
	At       int64             `json:"at"`
}

func (r RulesReleased) version() int { return r.V }

// Record returns r as a record of rules.released.
func (r *RulesReleased) Record() (Record, error) {
	value, err := Encode(r)
	return Record{Topic: TopicRules, Key: r.Release, Value: value}, err
}
