package event

import "fairway/pkg/travel"

// WatchlistChanged is one approved change to one entry. Key: entry id.
type WatchlistChanged struct {
	V         int              `json:"v"`
	Revision  int64            `json:"revision"` // rises by one with every change of any entry
	Entry     travel.ListEntry `json:"entry"`    // only the id when Deleted
	Deleted   bool             `json:"deleted,omitempty"`
	Submitted string           `json:"submitted"` // who entered it
	Approved  string           `json:"approved"`  // who approved it: never the same person
	At        int64            `json:"at"`        // Unix milliseconds approved
}

func (w WatchlistChanged) version() int { return w.V }

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
