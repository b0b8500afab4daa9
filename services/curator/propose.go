package curator

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fairway/pkg/approval"
	"fairway/pkg/event"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist/source/csv"
	"fairway/pkg/web"
)

// postSubmission puts a list file before a second officer.
func (s *Service) postSubmission(w http.ResponseWriter, r *http.Request, officer string) {
	strict := false
	if v := r.URL.Query().Get("strict"); v != "" {
		var err error
		if strict, err = strconv.ParseBool(v); err != nil {
			web.Fail(w, http.StatusUnprocessableEntity, "strict is true or false")
			return
		}
	}
	entries, findings, err := csv.Read(http.MaxBytesReader(w, r.Body, int64(s.cfg.MaxBody)), csv.Options{On: s.today()})
	left := csv.Refused(findings)
	if err == nil && strict && left > 0 {
		err = fmt.Errorf("%d rows cannot be used; nothing was submitted", left)
	}
	if err != nil {
		reply(w, http.StatusUnprocessableEntity, Receipt{LeftOut: left, Findings: findings, Error: err.Error()})
		return
	}
	id, err := s.proposals.Propose(r.Context(), officer, approval.Content{Entries: entries, Findings: rowFindings(findings)})
	if err != nil {
		reply(w, refusal(err), Receipt{LeftOut: left, Findings: findings, Error: err.Error()})
		return
	}
	s.deps.Log.Info("submission waits for approval", "submission", id, "officer", officer, "entries", len(entries), "left_out", left)
	reply(w, http.StatusCreated, Receipt{Submission: id, Entries: len(entries), LeftOut: left, Findings: findings})
}

// rowFindings are the findings of a file as proposal.made has them.
func rowFindings(findings []csv.Finding) []event.RowFinding {
	all := make([]event.RowFinding, len(findings))
	for i := range findings {
		all[i] = event.RowFinding(findings[i])
	}
	return all
}

// today is the day that lists are read on.
func (s *Service) today() travel.Date {
	return travel.Date(s.deps.Now().UTC().Format(time.DateOnly))
}

// removal asks to remove entries, named list/id.
type removal struct {
	Entries []string `json:"entries"`
}

// postRemoval puts the removal of entries before a second officer. What is not there cannot be removed: a wrong id is
// noticed now, and not when the person is stopped after all.
func (s *Service) postRemoval(w http.ResponseWriter, r *http.Request, officer string) {
	var asked removal
	if err := readBody(w, r, &asked); err != nil {
		web.Fail(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	names := make(map[string]bool, len(asked.Entries))
	for _, name := range asked.Entries {
		names[name] = true
	}
	now, err := s.present(r.Context(), names)
	if err != nil {
		web.Fail(w, http.StatusServiceUnavailable, "the lists could not be read; nothing was submitted, send it again")
		return
	}
	var remove []travel.ListEntry
	var absent []string
	for _, name := range asked.Entries {
		last, ok := now[name]
		switch {
		case !ok || last.Deleted:
			absent = append(absent, name)
		case names[name]:
			names[name] = false // once
			remove = append(remove, travel.ListEntry{ID: last.Entry.ID, List: last.Entry.List})
		}
	}
	if len(absent) > 0 {
		web.Fail(w, http.StatusUnprocessableEntity, "no such entry, nothing was submitted: "+strings.Join(absent, ", "))
		return
	}
	id, err := s.proposals.Propose(r.Context(), officer, approval.Content{Remove: remove})
	if err != nil {
		web.Fail(w, refusal(err), err.Error())
		return
	}
	s.deps.Log.Info("removal waits for approval", "submission", id, "officer", officer, "entries", len(remove))
	reply(w, http.StatusCreated, Receipt{Submission: id, Entries: len(remove)})
}
