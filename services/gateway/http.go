package gateway

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"fairway/pkg/travel"
	"fairway/pkg/web"
	"fairway/pkg/wire"
)

const (
	typeEDIFACT = "application/edifact"
	feedMost    = 500              // advisories in one page of the feed
	feedWait    = 25 * time.Second // how long a poll is held open when there is nothing
	heartbeat   = 15 * time.Second
)

// routes are the carriers' interface, as openapi.json describes it.
func (s *Service) routes() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"GET /{$}":                  document(web.TypeJSON, index),
		"GET /v1/openapi.json":      document(web.TypeJSON, openAPI),
		"GET /v1/schema":            document("application/schema+json", wire.Schema),
		"POST /v1/messages":         s.as(s.postMessage),
		"GET /v1/messages/{id}":     s.as(s.getMessage),
		"GET /v1/advisories":        s.as(s.getAdvisories),
		"POST /v1/advisories/ack":   s.as(s.postReceipts),
		"GET /v1/advisories/stream": s.as(s.streamAdvisories),
	}
}

// Handler serves the carriers' interface.
func (s *Service) Handler() http.Handler {
	mux := http.NewServeMux()
	for pattern, h := range s.routes() {
		mux.HandleFunc(pattern, h)
	}
	for path, h := range s.mounted {
		mux.Handle(path, h)
	}
	return mux
}

// Mount serves another service's handler under path on the carriers' port, for a process that runs several. It must
// be called before Run.
func (s *Service) Mount(path string, h http.Handler) { s.mounted[path] = h }

func (s *Service) postMessage(w http.ResponseWriter, r *http.Request, c *carrier) {
	if !s.enter(w) {
		return
	}
	defer func() { <-s.slots }()
	start := s.deps.Now()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(s.cfg.MaxBody)))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		fail(w, http.StatusRequestEntityTooLarge, "too_large", "the body is larger than this gateway takes; send fewer travellers in each message")
		return
	case err != nil:
		fail(w, http.StatusBadRequest, "unreadable", "the body ended early")
		return
	case len(body) == 0:
		fail(w, http.StatusUnprocessableEntity, "empty", "the body is empty; send a PAXLST or PNRGOV interchange, or JSON")
		return
	}
	if wire.IsAcknowledgement(body) {
		s.acknowledged(w, r, c, body)
		return
	}
	wait := r.URL.Query().Get("wait") != "0"
	a, err := s.Receive(r.Context(), c, r.Header.Get("Content-Type"), r.Header.Get("traceparent"), body, wait)
	if errors.Is(err, errNotStored) {
		notStored(w)
		return
	}
	if err != nil {
		if r.Context().Err() == nil {
			s.deps.Log.Error("receive", "carrier", c.Code, "error", err)
			fail(w, http.StatusInternalServerError, "internal", "the answer could not be made; ask for it at /v1/messages/{id}")
		}
		return
	}
	status := http.StatusOK
	switch {
	case a.refused() || a.lacking():
		status = http.StatusUnprocessableEntity
	case a.Status == statusPending: // nothing is, that Kafka has not acknowledged
		status = http.StatusAccepted
	}
	s.metrics.answered(c.Code, a.Status, s.deps.Now().Sub(start))
	w.Header().Set("Location", "/v1/messages/"+a.Message)
	s.write(w, status, c, a, wantsJSON(r, body))
}

// enter takes one of the slots for requests held open, which whoever took it gives back; it refuses w when there is none.
func (s *Service) enter(w http.ResponseWriter) bool {
	select {
	case s.slots <- struct{}{}:
		return true
	default:
		w.Header().Set("Retry-After", "1")
		fail(w, http.StatusServiceUnavailable, "overloaded", "too many requests are waiting; send again in a second")
		return false
	}
}

func (s *Service) getMessage(w http.ResponseWriter, r *http.Request, c *carrier) {
	id := r.PathValue("id")
	known := s.window.Message(id, c.Code)
	if len(known) == 0 {
		switch taken, stored := s.window.Pending(id, c.Code); {
		case stored:
			s.write(w, http.StatusAccepted, c, pending(id), true)
			return
		case taken:
			notStored(w)
			return
		}
		fail(w, http.StatusNotFound, "not_found", "no such message of yours is in memory; its advisories are in the feed")
		return
	}
	a, err := c.gather(id, known, 0)
	if err != nil {
		s.deps.Log.Error("read message", "message", id, "error", err)
		fail(w, http.StatusInternalServerError, "internal", "the answer could not be read")
		return
	}
	s.write(w, http.StatusOK, c, a, !strings.Contains(r.Header.Get("Accept"), typeEDIFACT))
}

// wantsJSON reports whether the answer is JSON: as asked for, else in the form the message came in.
func wantsJSON(r *http.Request, body []byte) bool {
	accept := r.Header.Get("Accept")
	switch {
	case strings.Contains(accept, web.TypeJSON):
		return true
	case strings.Contains(accept, typeEDIFACT):
		return false
	}
	return wire.IsJSON(body) || wire.IsXML(body)
}

func (s *Service) write(w http.ResponseWriter, status int, c *carrier, a *Answer, asJSON bool) {
	if asJSON || a.Status == statusPending {
		web.Reply(w, status, a)
		return
	}
	w.Header().Set("Content-Type", typeEDIFACT)
	w.WriteHeader(status)
	_, _ = w.Write(s.edifact(c, a))
}

// pending is the answer to a message that is stored, and not decided yet.
func pending(id string) *Answer {
	return &Answer{Message: id, Status: statusPending, Travellers: []TravellerAnswer{}, Errors: []travel.Finding{}}
}

// notStored answers that Kafka has not acknowledged a message.
func notStored(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "5")
	fail(w, http.StatusServiceUnavailable, "not_stored", "the message could not be stored and was not taken in; send it again in a few seconds")
}

// fail answers with one error in the same shape as every answer.
func fail(w http.ResponseWriter, status int, code, text string) {
	web.Reply(w, status, Answer{Status: statusRejected, Travellers: []TravellerAnswer{},
		Errors: []travel.Finding{{Code: code, Severity: travel.Fault, Text: text}}})
}
