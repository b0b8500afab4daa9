package gateway

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/event"
	"fairway/pkg/travel"
	"fairway/pkg/web"
	"fairway/services/gateway/window"
)

// Page is one answer of the feed.
type Page struct {
	Advisories []FeedAdvisory `json:"advisories"`
	Cursor     string         `json:"cursor"`        // ask again with after=CURSOR
	Gap        bool           `json:"gap,omitempty"` // some advisories after your cursor are no longer in memory: ask by message
}

// FeedAdvisory is one advisory of the feed, as its carrier gets it in JSON.
type FeedAdvisory struct {
	Message     string           `json:"message_id"`
	Leg         travel.LegID     `json:"leg,omitempty"`
	Reference   string           `json:"reference,omitempty"`
	Traveller   *TravellerAnswer `json:"traveller,omitempty"` // absent in a notice about a whole message
	Unsolicited bool             `json:"unsolicited,omitempty"`
	Status      string           `json:"status,omitempty"` // of a notice about a whole message
	Errors      []travel.Finding `json:"errors,omitempty"`
}

func (c *carrier) feedAdvisory(t *window.Telling) FeedAdvisory {
	adv := &t.Advisory
	f := FeedAdvisory{Message: adv.Message.ID, Reference: adv.Message.Reference, Unsolicited: t.Changes, Errors: adv.Findings}
	if adv.Leg.Carrier != "" {
		f.Leg = adv.Leg.ID()
	}
	if adv.Kind == event.KindMessage {
		f.Status = statusComplete
		switch {
		case adv.Outcome == travel.Failed:
			f.Status = statusRejected
		case len(adv.Refused) > 0 || adv.Lost:
			f.Status = statusInPart
		}
		return f
	}
	f.Traveller = &TravellerAnswer{adv.Index, adv.Name(), adv.Document, adv.Outcome, c.code(adv), adv.Version, adv.Unscreened, adv.Message.Exercise}
	return f
}

// getAdvisories is the carrier's feed by long poll.
func (s *Service) getAdvisories(w http.ResponseWriter, r *http.Request, c *carrier) {
	from, err := window.ParseCursor(r.URL.Query().Get("after"))
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
		page, err := s.window.Feed(c.Code, from, feedMost)
		if page.Read == 0 {
			select {
			case <-page.More:
				continue
			case <-hold.C:
			case <-s.stopping: // with an empty page: ask another gateway
			case <-r.Context().Done():
				return
			}
		}
		switch {
		case err != nil:
			s.deps.Log.Error("read feed", "carrier", c.Code, "error", err)
			fail(w, http.StatusInternalServerError, "internal", "the feed could not be read")
		case edifact:
			s.edifactFeed(w, c, page)
		default:
			s.jsonFeed(w, c, page)
		}
		return
	}
}

// edifactFeed writes a page of the feed as CUSRES interchanges. The cursor goes into a header, because EDIFACT has no place
// for it.
func (s *Service) edifactFeed(w http.ResponseWriter, c *carrier, page window.Page) {
	r := s.replies(c)
	for n := range page.Told {
		r.tell(&page.Told[n], n)
	}
	w.Header().Set("Content-Type", typeEDIFACT)
	w.Header().Set("Fairway-Cursor", page.Next.String())
	if page.Gap {
		w.Header().Set("Fairway-Gap", "true")
	}
	if len(r.out) == 0 {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	_, _ = w.Write(r.out)
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

func (s *Service) jsonFeed(w http.ResponseWriter, c *carrier, page window.Page) {
	p := Page{Advisories: make([]FeedAdvisory, 0, len(page.Told)), Cursor: page.Next.String(), Gap: page.Gap}
	for i := range page.Told {
		p.Advisories = append(p.Advisories, c.feedAdvisory(&page.Told[i]))
	}
	web.Reply(w, http.StatusOK, p)
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
	from, err := window.ParseCursor(after)
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
func (s *Service) sendEvents(w http.ResponseWriter, c *carrier, from *window.Cursor) (<-chan struct{}, error) {
	for {
		page, err := s.window.Feed(c.Code, *from, feedMost)
		if page.Gap {
			fmt.Fprint(w, "event: gap\ndata: {}\n\n")
		}
		if err != nil {
			return nil, err
		}
		at := maps.Clone(*from)
		for i := range page.Told {
			t := &page.Told[i]
			b, err := json.Append(nil, c.feedAdvisory(t), 0)
			if err != nil {
				return nil, err
			}
			at[t.Partition] = t.Offset
			if _, err := fmt.Fprintf(w, "event: advisory\nid: %s\ndata: %s\n\n", at, b); err != nil {
				return nil, err
			}
		}
		*from = page.Next
		if page.Read < feedMost {
			return page.More, nil
		}
	}
}
