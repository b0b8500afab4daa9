package curator

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"fairway/pkg/approval"
	"fairway/pkg/event"
	"fairway/pkg/watchlist/source/csv"
	"fairway/pkg/web"
)

// Receipt is what an officer gets for a submission or a decision.
type Receipt struct {
	Submission string        `json:"submission,omitempty"`
	Entries    int           `json:"entries"`              // to be set or removed
	Published  int           `json:"published"`            // changes that Kafka has acknowledged
	Unchanged  int           `json:"unchanged,omitempty"`  // entries that were so already
	Superseded int           `json:"superseded,omitempty"` // entries that a later approval has changed, which stands
	LeftOut    int           `json:"left_out,omitempty"`   // rows of the file that were not used
	Findings   []csv.Finding `json:"problems,omitempty"`   // rows that were left out or need a look, and why
	Error      string        `json:"error,omitempty"`
}

// Handler serves list officers.
//
//	POST  /v1/watchlist/submissions[?strict=true]   CSV body → 201 with the submission's id
//	POST  /v1/watchlist/removals                    entries to remove → 201, as a submission
//	GET   /v1/watchlist/submissions                 what waits
//	GET   /v1/watchlist/submissions/{id}            what approving it would do
//	POST  /v1/watchlist/submissions/{id}/approve    by another officer → takes effect
//	POST  /v1/watchlist/submissions/{id}/reject     by another officer, or withdrawn by the same
//	GET   /v1/watchlist/entries?entry=LIST/ID       an entry as it is in force
//	POST  /v1/confirmations                         a match is this person: the advisory becomes no_board
//	POST  /v1/clearances                            a person is not the listed one → 201, to be approved as a submission
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/watchlist/submissions", s.as(s.postSubmission))
	mux.HandleFunc("POST /v1/watchlist/removals", s.as(s.postRemoval))
	mux.HandleFunc("GET /v1/watchlist/submissions", s.as(s.getPending))
	mux.HandleFunc("GET /v1/watchlist/submissions/{id}", s.as(s.getSubmission))
	mux.HandleFunc("POST /v1/watchlist/submissions/{id}/approve", s.as(s.postApproval))
	mux.HandleFunc("POST /v1/watchlist/submissions/{id}/reject", s.as(s.postRejection))
	mux.HandleFunc("GET /v1/watchlist/entries", s.as(s.getEntry))
	mux.HandleFunc("POST /v1/confirmations", s.as(s.postConfirmation))
	mux.HandleFunc("POST /v1/clearances", s.as(s.postClearance))
	return mux
}

func (s *Service) postApproval(w http.ResponseWriter, r *http.Request, officer string) {
	id := r.PathValue("id")
	before, _ := s.proposals.Get(id)
	p, err := s.proposals.Decide(r.Context(), id, officer, event.ProposalApproved, "")
	if err != nil {
		reply(w, refusal(err), Receipt{Submission: id, Entries: p.Sets + p.Removes, Error: err.Error()})
		return
	}
	done, err := s.carryOut(r.Context(), id, before.State == event.ProposalApproved)
	receipt := Receipt{Submission: id, Entries: p.Sets + p.Removes, Published: done.changes(), Unchanged: done.already, Superseded: done.superseded}
	if err != nil {
		s.deps.Log.Error("publish", "submission", id, "error", err)
		receipt.Error = fmt.Sprintf("approved, and %d of %d entries are in force; the rest is tried again until it is, or approve again",
			done.changes()+done.already, receipt.Entries)
		reply(w, http.StatusServiceUnavailable, receipt)
		return
	}
	reply(w, http.StatusOK, receipt)
}

// postRejection ends a submission: another officer rejects it, or who made it withdraws it.
func (s *Service) postRejection(w http.ResponseWriter, r *http.Request, officer string) {
	var why struct {
		Reason string `json:"reason"`
	}
	id := r.PathValue("id")
	err := readBody(w, r, &why)
	if err == nil && (strings.TrimSpace(why.Reason) == "" || len(why.Reason) > event.LongestReason) {
		err = fmt.Errorf("give the reason, in %d bytes at most", event.LongestReason)
	}
	if err != nil {
		reply(w, http.StatusUnprocessableEntity, Receipt{Submission: id, Error: err.Error()})
		return
	}
	p, err := s.proposals.Decide(r.Context(), id, officer, event.ProposalRejected, why.Reason)
	if err != nil {
		reply(w, refusal(err), Receipt{Submission: id, Error: err.Error()})
		return
	}
	s.deps.Log.Info("submission rejected", "submission", id, "submitted", p.By, "officer", officer)
	reply(w, http.StatusOK, Receipt{Submission: id, Entries: p.Sets + p.Removes})
}

// refusal is the status of an error of propose and decide.
func refusal(err error) int {
	for status, all := range map[int][]error{
		http.StatusNotFound:           {approval.ErrUnknown},
		http.StatusForbidden:          {approval.ErrSame},
		http.StatusGone:               {approval.ErrExpired},
		http.StatusConflict:           {approval.ErrRejected, approval.ErrInForce, approval.ErrApproved},
		http.StatusServiceUnavailable: {approval.ErrTooMany, approval.ErrNotRecorded, approval.ErrUnseen},
	} {
		for _, e := range all {
			if errors.Is(err, e) {
				return status
			}
		}
	}
	return http.StatusUnprocessableEntity
}

func reply(w http.ResponseWriter, status int, r Receipt) { web.Reply(w, status, r) }
