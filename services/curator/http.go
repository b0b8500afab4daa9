package curator

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

// Receipt is what an officer gets for a submission or an approval.
type Receipt struct {
	Submission string                 `json:"submission,omitempty"`
	Entries    int                    `json:"entries"`
	Published  int                    `json:"published"`
	Problems   []watchlist.RowProblem `json:"problems,omitempty"` // rows that were left out or need a look, and why
	Error      string                 `json:"error,omitempty"`
}

// Handler serves list officers.
//
//	POST   /v1/watchlist/submissions               CSV body → 201 with the submission's id
//	POST   /v1/watchlist/submissions/{id}/approve  by another officer → takes effect
//	POST   /v1/confirmations                       a match is this person: the advisory becomes no_board
//	POST   /v1/clearances                          a person is not the listed one → 201, to be approved as a submission
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/watchlist/submissions", s.as(s.postSubmission))
	mux.HandleFunc("POST /v1/watchlist/submissions/{id}/approve", s.as(s.postApproval))
	mux.HandleFunc("POST /v1/confirmations", s.as(s.postConfirmation))
	mux.HandleFunc("POST /v1/clearances", s.as(s.postClearance))
	return mux
}

func (s *Service) as(h func(http.ResponseWriter, *http.Request, string)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name := s.identify(r)
		if name == "" {
			w.Header().Set("WWW-Authenticate", `Bearer realm="fairway"`)
			reply(w, http.StatusUnauthorized, Receipt{Error: "send an officer's key as 'Authorization: Bearer KEY'"})
			return
		}
		h(w, r, name)
	}
}

func (s *Service) postSubmission(w http.ResponseWriter, r *http.Request, officer string) {
	entries, problems, err := watchlist.ReadCSVWith(http.MaxBytesReader(w, r.Body, int64(s.cfg.MaxBody)),
		watchlist.CSVOptions{On: travel.Date(s.deps.Now().UTC().Format(time.DateOnly))})
	if err != nil {
		reply(w, http.StatusUnprocessableEntity, Receipt{Problems: problems, Error: err.Error()})
		return
	}
	id, err := s.desk.submit(submission{by: officer, at: s.deps.Now(), entries: entries})
	if err != nil {
		status := http.StatusUnprocessableEntity
		if errors.Is(err, errTooMany) {
			status = http.StatusServiceUnavailable
		}
		reply(w, status, Receipt{Problems: problems, Error: err.Error()})
		return
	}
	s.deps.Log.Info("submission waits for approval", "submission", id, "officer", officer, "entries", len(entries), "problems", len(problems))
	reply(w, http.StatusCreated, Receipt{Submission: id, Entries: len(entries), Problems: problems})
}

func (s *Service) postApproval(w http.ResponseWriter, r *http.Request, officer string) {
	id := r.PathValue("id")
	sub, err := s.desk.take(id, officer)
	if err != nil {
		status := http.StatusNotFound
		if errors.Is(err, errSame) {
			status = http.StatusForbidden
		}
		reply(w, status, Receipt{Error: err.Error()})
		return
	}
	n, err := publish(r.Context(), s.producer, s.desk, sub, officer, s.deps.Now())
	s.metrics.published.Add(float64(n))
	if err != nil {
		s.desk.putBack(id, sub)
		s.deps.Log.Error("publish", "submission", id, "error", err)
		reply(w, http.StatusServiceUnavailable, Receipt{Submission: id, Published: n,
			Error: fmt.Sprintf("%d changes are published, the rest could not be; approve again", n)})
		return
	}
	s.deps.Log.Info("submission published", "submission", id, "submitted", sub.by, "approved", officer, "changes", n)
	reply(w, http.StatusOK, Receipt{Submission: id, Entries: len(sub.entries), Published: n})
}

func reply(w http.ResponseWriter, status int, r Receipt) { replyJSON(w, status, r) }
