package gateway

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/segmentio/encoding/json"
)

// Page is one answer of the feed.
type Page struct {
	Advisories []Notice `json:"advisories"`
	Cursor     string   `json:"cursor"`        // ask again with after=CURSOR
	Gap        bool     `json:"gap,omitempty"` // some advisories after your cursor are no longer in memory: ask by message
}

// getAdvisories is the carrier's feed by long poll.
func (s *Service) getAdvisories(w http.ResponseWriter, r *http.Request, c *carrier) {
	from, err := parseCursor(r.URL.Query().Get("after"))
	if err != nil {
		fail(w, http.StatusBadRequest, "bad_cursor", err.Error())
		return
	}
	if !s.hold(w) {
		return
	}
	defer func() { <-s.streams }()
	hold := time.NewTimer(feedWait)
	defer hold.Stop()
	if r.URL.Query().Get("wait") == "0" {
		hold.Reset(0)
	}
	edifact := strings.Contains(r.Header.Get("Accept"), typeEDIFACT)
	for {
		items, next, gap, more := s.book.after(c.Code, from, feedMost)
		if len(items) == 0 {
			select {
			case <-more:
				continue
			case <-hold.C:
			case <-s.stopping: // with an empty page: ask another gateway
			case <-r.Context().Done():
				return
			}
		}
		told, err := s.book.tell(items)
		switch {
		case err != nil:
			s.deps.Log.Error("read feed", "carrier", c.Code, "error", err)
			fail(w, http.StatusInternalServerError, "internal", "the feed could not be read")
		case edifact:
			s.edifactFeed(w, c, told, next, gap)
		default:
			s.jsonFeed(w, c, told, next, gap)
		}
		return
	}
}

// hold takes a place among the readers of feeds, which whoever took it gives back; it refuses w when there is none.
func (s *Service) hold(w http.ResponseWriter) bool {
	select {
	case s.streams <- struct{}{}:
		return true
	default:
		w.Header().Set("Retry-After", "1")
		fail(w, http.StatusServiceUnavailable, "overloaded", "too many readers of the feed are there; ask again in a second")
		return false
	}
}

func (s *Service) jsonFeed(w http.ResponseWriter, c *carrier, told []telling, next cursor, gap bool) {
	p := Page{Advisories: make([]Notice, 0, len(told)), Cursor: next.String(), Gap: gap}
	for i := range told {
		p.Advisories = append(p.Advisories, c.notice(&told[i]))
	}
	writeJSON(w, http.StatusOK, p)
}

// streamAdvisories is the carrier's feed as server-sent events. The event's id is the cursor after it.
func (s *Service) streamAdvisories(w http.ResponseWriter, r *http.Request, c *carrier) {
	if !s.hold(w) {
		return
	}
	defer func() { <-s.streams }()
	after := r.Header.Get("Last-Event-ID")
	if after == "" {
		after = r.URL.Query().Get("after")
	}
	from, err := parseCursor(after)
	if err != nil {
		fail(w, http.StatusBadRequest, "bad_cursor", err.Error())
		return
	}
	control := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no")
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		more, err := s.sendEvents(w, c, &from)
		if err != nil {
			return
		}
		// A reader that does not read for two heartbeats is cut off; it comes back with its cursor.
		_ = control.SetWriteDeadline(s.deps.Now().Add(2 * heartbeat))
		if control.Flush() != nil {
			return
		}
		select {
		case <-more:
		case <-beat.C:
			fmt.Fprint(w, ": still here\n\n")
		case <-r.Context().Done():
			return
		case <-s.stopping:
			return
		}
	}
}

// sendEvents writes what came after from, and moves from on.
func (s *Service) sendEvents(w http.ResponseWriter, c *carrier, from *cursor) (<-chan struct{}, error) {
	for {
		items, next, gap, more := s.book.after(c.Code, *from, feedMost)
		if gap {
			fmt.Fprint(w, "event: gap\ndata: {}\n\n")
		}
		at := maps.Clone(*from)
		told, err := s.book.tell(items)
		if err != nil {
			return nil, err
		}
		for i := range told {
			b, err := json.Append(nil, c.notice(&told[i]), 0)
			if err != nil {
				return nil, err
			}
			at[told[i].partition] = told[i].offset
			if _, err := fmt.Fprintf(w, "event: advisory\nid: %s\ndata: %s\n\n", at, b); err != nil {
				return nil, err
			}
		}
		*from = next
		if len(items) < feedMost {
			return more, nil
		}
	}
}
