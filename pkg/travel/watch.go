package travel

// Action is what a list entry asks for when somebody matches it.
type Action string

// The actions of a list entry.
const (
	ActNoBoard Action = "no_board" // refuse boarding on a confirmed match
	ActRefer   Action = "refer"    // an officer should meet the person
	ActAlert   Action = "alert"    // tell the targeting centre; the carrier sees nothing
	ActClear   Action = "clear"    // a cleared person: suppress weak matches (redress)
	ActProtect Action = "protect"  // refer to protection officers; never a refusal
)

// ListEntry is one approved entry of one list: a person, a document, or both.
type ListEntry struct {
	ID          string     `json:"id"`
	List        string     `json:"list"`               // name of the list: "stolen-documents"
	Category    string     `json:"category,omitempty"` // closed by the list's owner: "smuggling", "stolen", "eta"
	Action      Action     `json:"action"`
	Surname     Name       `json:"surname,omitempty"`
	Given       Name       `json:"given,omitempty"`
	OtherNames  []Name     `json:"other_names,omitempty"` // aliases, "SURNAME/GIVEN" or a whole name
	Birth       BirthDate  `json:"birth,omitempty"`
	Nationality State      `json:"nationality,omitempty"`
	Documents   []Document `json:"documents,omitempty"`
	ValidUntil  Date       `json:"valid_until,omitempty"` // last day in force; empty for no end
	Caveat      string     `json:"caveat,omitempty"`      // handling instruction of the agency that owns it
}

// Key names the entry: its list and, within that, its id. Two lists may give out the same id.
func (e *ListEntry) Key() string { return e.List + "/" + e.ID }

// Strength is how much a match proves.
type Strength string

// The bands of strength (matching.md 4.3): strong may refuse, probable refers, possible is only recorded.
const (
	Strong   Strength = "strong"
	Probable Strength = "probable"
	Possible Strength = "possible"
)

// Match is one list entry that a traveller resembles, with its evidence.
type Match struct {
	Entry      string   `json:"entry"`
	List       string   `json:"list"`
	Category   string   `json:"category,omitempty"`
	Action     Action   `json:"action"`
	By         string   `json:"by"` // "document", "name", "redress"
	Strength   Strength `json:"strength"`
	Similarity float64  `json:"similarity,omitempty"` // 0…1: same name and birth date?
	Chance     float64  `json:"chance,omitempty"`     // log10 of how many entries would match this well by coincidence
	Birth      string   `json:"birth,omitempty"`      // "exact", "swapped", "month", "year", "near", "conflict", "none"
	Reasons    []string `json:"reasons,omitempty"`    // for the officer; closed vocabulary, no personal data
	Caveat     string   `json:"caveat,omitempty"`
}

// Key names the entry that was matched, as [ListEntry.Key] does.
func (m *Match) Key() string { return m.List + "/" + m.Entry }
