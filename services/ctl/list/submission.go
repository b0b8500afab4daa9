package list

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/watchlist/source/csv"
)

// submission is what waits, and review what approving it would do, as curator says.
type submission struct {
	ID        string    `json:"submission"`
	State     string    `json:"state"`
	Submitted string    `json:"submitted"`
	At        time.Time `json:"at"`
	Until     time.Time `json:"until"`
	Entries   int       `json:"entries"`
	Removals  int       `json:"removals"`
	Decided   string    `json:"decided"`
	Reason    string    `json:"reason"`
	Published int       `json:"published"`
}

type review struct {
	submission
	New       int           `json:"new"`
	Changed   int           `json:"changed"`
	Unchanged int           `json:"unchanged"`
	Removed   int           `json:"removed"`
	Absent    int           `json:"absent"`
	LeftOut   int           `json:"left_out"`
	Changes   []difference  `json:"changes"`
	Findings  []csv.Finding `json:"row_findings"`
	Error     string        `json:"error"`
}

type difference struct {
	Entry  string   `json:"entry"`
	What   string   `json:"what"`
	Fields []string `json:"fields"`
	Before fields   `json:"before"`
	After  fields   `json:"after"`
}

// fields are those of a list entry, by name.
type fields map[string]json.RawMessage

// plain are the fields that say nothing of who a person is.
var plain = []string{"action", "category", "valid_until"}

// text is a field for a human: masked unless it may be shown.
func (f fields) text(name string, reveal bool) string {
	v, ok := f[name]
	switch {
	case !ok:
		return "(none)"
	case reveal || slices.Contains(plain, name):
		return string(v)
	}
	return "***"
}

// all is the entry on one line, but for what names it.
func (f fields) all(reveal bool) string {
	var parts []string
	for _, name := range []string{"action", "category", "surname", "given", "other_names", "birth", "nationality", "documents", "valid_until", "caveat"} {
		if _, ok := f[name]; ok {
			parts = append(parts, name+" "+f.text(name, reveal))
		}
	}
	return strings.Join(parts, ", ")
}

// String is the submission on one line.
func (p submission) String() string {
	text := fmt.Sprintf("%s  %s, by %s at %s: %d entries", p.ID, p.State, p.Submitted, p.At.Format(time.RFC3339), p.Entries)
	if p.Removals > 0 {
		text += fmt.Sprintf(", %d removals", p.Removals)
	}
	switch p.State {
	case "made":
		return text + "; approve until " + p.Until.Format(time.RFC3339)
	case "approved":
		return text + "; approved by " + p.Decided + ", and not all in force yet"
	case "in_force":
		return text + fmt.Sprintf("; approved by %s, %d changes published", p.Decided, p.Published)
	case "rejected":
		return text + "; by " + p.Decided + ": " + p.Reason
	}
	return text
}

// print prints what the second officer reads.
func (v *review) print(w io.Writer, reveal bool) {
	fmt.Fprintln(w, v.submission)
	if v.State == "made" || v.State == "approved" {
		fmt.Fprintf(w, "%d new, %d changed, %d unchanged, %d removed, %d to be removed that are not there\n", v.New, v.Changed, v.Unchanged, v.Removed, v.Absent)
	}
	for _, d := range v.Changes {
		fmt.Fprintf(w, "  %-8s %s", d.What, d.Entry)
		switch d.What {
		case "new":
			fmt.Fprintf(w, ": %s", d.After.all(reveal))
		case "removed":
			fmt.Fprintf(w, ": %s", d.Before.all(reveal))
		}
		fmt.Fprintln(w)
		for _, f := range d.Fields {
			fmt.Fprintf(w, "             %s: %s → %s\n", f, d.Before.text(f, reveal), d.After.text(f, reveal))
		}
	}
	if v.LeftOut > 0 || len(v.Findings) > 0 {
		fmt.Fprintf(w, "%d rows of the file were left out; what was wrong, and what to look at:\n", v.LeftOut)
	}
	for _, p := range v.Findings {
		fmt.Fprintln(w, "  "+p.String())
	}
	if !reveal && len(v.Changes) > 0 {
		fmt.Fprintln(w, "names, dates and numbers are masked; -reveal shows them")
	}
}
