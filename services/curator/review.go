package curator

import (
	"context"
	"net/http"
	"strings"
	"time"

	"fairway/pkg/approval"
	"fairway/pkg/event"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist/source/csv"
	"fairway/pkg/web"
)

// Submission is what waits for a second officer, or what became of it, without personal data.
type Submission struct {
	ID        string    `json:"submission"`
	State     string    `json:"state"` // made, approved, rejected, expired, in_force
	Submitted string    `json:"submitted"`
	At        time.Time `json:"at"`
	Until     time.Time `json:"until"` // approvals after it are refused
	Entries   int       `json:"entries"`
	Removals  int       `json:"removals"`
	Decided   string    `json:"decided,omitempty"` // the officer who approved or rejected it
	Reason    string    `json:"reason,omitempty"`  // rejected: why
	Published int       `json:"published"`         // in force: the changes that Kafka has acknowledged
}

// Review is what a second officer sees before they approve. It holds personal data.
type Review struct {
	Submission
	New       int                `json:"new"`
	Changed   int                `json:"changed"`
	Unchanged int                `json:"unchanged"`
	Removed   int                `json:"removed"`
	Absent    int                `json:"absent"`                 // to be removed, and not there
	LeftOut   int                `json:"left_out"`               // rows of the file that were not used
	Changes   []Difference       `json:"changes,omitempty"`      // all but what is unchanged
	Findings  []event.RowFinding `json:"row_findings,omitempty"` // rows that were left out or need a look, and why
}

// Listed is an entry as it is in force. It holds personal data.
type Listed struct {
	Entry     *travel.ListEntry `json:"entry,omitempty"` // none when it was removed
	Removed   bool              `json:"removed,omitempty"`
	Submitted string            `json:"submitted,omitempty"` // who had it changed last
	Approved  string            `json:"approved,omitempty"`
	At        *time.Time        `json:"at,omitempty"`
	Revision  int64             `json:"revision,omitempty"`
	Error     string            `json:"error,omitempty"`
}

// summary is p as it is at a time.
func summary(p approval.Proposal, at int64) Submission {
	p = p.On(at)
	return Submission{ID: p.ID, State: p.State, Submitted: p.By, At: time.UnixMilli(p.At).UTC(), Until: time.UnixMilli(p.Until).UTC(),
		Entries: p.Sets, Removals: p.Removes, Decided: p.Officer, Reason: p.Reason, Published: p.Changes}
}

// getPending answers with what waits, and what was approved and is not in force yet.
func (s *Service) getPending(w http.ResponseWriter, _ *http.Request, _ string) {
	at := s.deps.Now().UnixMilli()
	answer := struct {
		Submissions []Submission `json:"submissions"`
	}{[]Submission{}}
	for _, p := range s.proposals.In(event.ProposalMade, event.ProposalApproved) {
		answer.Submissions = append(answer.Submissions, summary(p, at))
	}
	web.Reply(w, http.StatusOK, answer)
}

// getSubmission answers with what approving a submission would do, as the lists are now.
func (s *Service) getSubmission(w http.ResponseWriter, r *http.Request, _ string) {
	p, ok := s.proposals.Get(r.PathValue("id"))
	if !ok {
		web.Fail(w, http.StatusNotFound, approval.ErrUnknown.Error())
		return
	}
	review := Review{Submission: summary(p, s.deps.Now().UnixMilli()), Findings: p.Findings, LeftOut: leftOut(p.Findings)}
	if len(p.Entries)+len(p.Remove) == 0 { // over: what it was is on the topic, what came of it in the lists
		web.Reply(w, http.StatusOK, review)
		return
	}
	now, err := s.present(r.Context(), names(&p))
	if err != nil {
		web.Fail(w, http.StatusServiceUnavailable, "what is in force could not be read; ask again")
		return
	}
	review.compare(&p, now)
	web.Reply(w, http.StatusOK, review)
}

func (v *Review) compare(p *approval.Proposal, now map[string]event.WatchlistChanged) {
	count := map[string]*int{isNew: &v.New, isChanged: &v.Changed, isSame: &v.Unchanged, isRemoved: &v.Removed, isAbsent: &v.Absent}
	for i := range p.Sets + p.Removes {
		d := changeOf(p, i).difference(now)
		*count[d.What]++
		if d.What != isSame {
			v.Changes = append(v.Changes, d)
		}
	}
}

// leftOut is how many rows were not used.
func leftOut(findings []event.RowFinding) int {
	rows := make([]csv.Finding, len(findings))
	for i := range findings {
		rows[i] = csv.Finding(findings[i])
	}
	return csv.Refused(rows)
}

// present reads entries as they are in force, within a time.
func (s *Service) present(ctx context.Context, names map[string]bool) (map[string]event.WatchlistChanged, error) {
	ctx, cancel := context.WithTimeout(ctx, publishFor)
	defer cancel()
	now, err := present(ctx, s.topics, names)
	if err != nil {
		s.deps.Log.Error("lists not read", "error", err)
	}
	return now, err
}

// getEntry answers with one entry as it is in force.
func (s *Service) getEntry(w http.ResponseWriter, r *http.Request, _ string) {
	name := r.URL.Query().Get("entry")
	if list, id, ok := strings.Cut(name, "/"); !ok || list == "" || id == "" {
		web.Fail(w, http.StatusUnprocessableEntity, "name the entry as ?entry=LIST/ID")
		return
	}
	now, err := s.present(r.Context(), map[string]bool{name: true})
	if err != nil {
		web.Fail(w, http.StatusServiceUnavailable, "the lists could not be read; ask again")
		return
	}
	last, ok := now[name]
	if !ok {
		web.Fail(w, http.StatusNotFound, "no such entry")
		return
	}
	at := time.UnixMilli(last.At).UTC()
	answer := Listed{Removed: last.Deleted, Submitted: last.Submitted, Approved: last.Approved, At: &at, Revision: last.Revision}
	if last.Deleted {
		answer.Error = "the entry was removed"
		web.Reply(w, http.StatusNotFound, answer)
		return
	}
	answer.Entry = &last.Entry
	web.Reply(w, http.StatusOK, answer)
}
