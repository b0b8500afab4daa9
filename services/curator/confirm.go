package curator

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
	"fairway/pkg/web"
)

const (
	answerFor    = 5 * time.Second // how long an officer waits for the advisor to carry out a confirmation
	mostCaseBody = 16 << 10
)

// Confirmation is an officer's word on a person on a leg: the match is this person, or, withdrawn, it is not after all.
type Confirmation struct {
	Leg      travel.LegID `json:"leg"`
	Message  string       `json:"message_id"`
	Index    int          `json:"index"`
	Entry    string       `json:"entry,omitempty"`  // list/entry; may be left out when the person resembles only one
	Always   bool         `json:"always,omitempty"` // for this person and entry on later legs too
	Withdraw bool         `json:"withdraw,omitempty"`
	Reason   string       `json:"reason"`
}

// Confirmed is what came of a [Confirmation].
type Confirmed struct {
	Case     string         `json:"case,omitempty"`
	Status   string         `json:"status"` // applied, refused, waiting
	Entry    string         `json:"entry,omitempty"`
	Advisory travel.Outcome `json:"advisory,omitempty"` // what the carrier is told now
	Version  int            `json:"version,omitempty"`
	Error    string         `json:"error,omitempty"`
}

// check returns what is wrong with c, in an officer's words, or "".
func (c *Confirmation) check() string {
	switch {
	case c.Leg == "" || c.Message == "" || c.Index < 1:
		return "give leg, message_id and index of the person, as the carrier's feed has them"
	case strings.TrimSpace(c.Reason) == "":
		return "give the reason: it is what a court will read"
	case len(c.Reason) > event.LongestReason:
		return fmt.Sprintf("the reason has more than %d bytes; refer to the case file", event.LongestReason)
	}
	return ""
}

// postConfirmation puts an officer's word on record and waits for what came of it: what answers "applied" has changed
// the advisory, and nothing else answers so.
func (s *Service) postConfirmation(w http.ResponseWriter, r *http.Request, officer string) {
	var c Confirmation
	if err := readBody(w, r, &c); err != nil {
		web.Reply(w, http.StatusUnprocessableEntity, Confirmed{Status: "refused", Error: err.Error()})
		return
	}
	if why := c.check(); why != "" {
		web.Reply(w, http.StatusUnprocessableEntity, Confirmed{Status: "refused", Error: why})
		return
	}
	e := event.CaseEvent{V: 1, Kind: event.CaseConfirm, Leg: c.Leg, Message: c.Message, Index: c.Index, Entry: c.Entry, Always: c.Always,
		Officer: officer, Reason: c.Reason, At: s.deps.Now().UnixMilli()}
	if c.Withdraw {
		e.Kind = event.CaseWithdraw
	}
	e.ID = event.CaseID(&e)
	wait := s.outcomes.await(e.ID)
	defer s.outcomes.forget(e.ID)
	record, err := e.Record()
	if err == nil {
		err = s.producer.Produce(r.Context(), record)
	}
	if err != nil {
		s.deps.Log.Error("confirmation not recorded", "case", e.ID, "error", err)
		web.Reply(w, http.StatusServiceUnavailable, Confirmed{Status: "refused", Error: "it could not be put on record; nothing has changed, send it again"})
		return
	}
	s.deps.Log.Info("confirmation", "case", e.ID, "kind", e.Kind, "leg", e.Leg, "officer", officer)
	ctx, cancel := context.WithTimeout(r.Context(), answerFor)
	defer cancel()
	select {
	case came := <-wait:
		replyOutcome(w, came)
	case <-ctx.Done():
		web.Reply(w, http.StatusAccepted, Confirmed{Case: e.ID, Status: "waiting",
			Error: "on record, and not carried out yet: the carrier is still told what it was told. Telephone the carrier if it cannot wait"})
	}
}

func replyOutcome(w http.ResponseWriter, came event.CaseEvent) {
	answer := Confirmed{Case: came.ID, Status: "applied", Entry: came.Entry, Advisory: came.Outcome, Version: came.Version}
	status := http.StatusOK
	if came.Kind == event.CaseRefused {
		answer.Status, answer.Error, status = "refused", came.Reason, http.StatusConflict
	}
	web.Reply(w, status, answer)
}

// outcomes hands what came of case events to the officers who wait for it.
type outcomes struct {
	mu      sync.Mutex
	waiting map[string]chan event.CaseEvent
}

func newOutcomes() *outcomes { return &outcomes{waiting: map[string]chan event.CaseEvent{}} }

func (o *outcomes) await(id string) <-chan event.CaseEvent {
	o.mu.Lock()
	defer o.mu.Unlock()
	ch := make(chan event.CaseEvent, 1)
	o.waiting[id] = ch
	return ch
}

func (o *outcomes) forget(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.waiting, id)
}

// apply takes in records of case.event.
func (o *outcomes) apply(_ context.Context, recs []stream.Record) error {
	for i := range recs {
		var e event.CaseEvent
		if event.Decode(append([]byte(nil), recs[i].Value...), &e) != nil || e.Kind != event.CaseApplied && e.Kind != event.CaseRefused {
			continue
		}
		o.mu.Lock()
		if ch := o.waiting[e.ID]; ch != nil {
			delete(o.waiting, e.ID)
			ch <- e
		}
		o.mu.Unlock()
	}
	return nil
}

// readBody reads a small JSON body.
func readBody(w http.ResponseWriter, r *http.Request, into any) error {
	return web.Read(w, r, mostCaseBody, into, "services/curator/README.md")
}
