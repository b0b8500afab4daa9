package enricher

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/projection"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

var errPosting = errors.New("redis holds a malformed posting; curator writes it anew when the entry changes")

// store is Redis as the step sees it: one exchange for a whole batch.
type store interface {
	// exchange reads keys and notes earlier legs, in one round trip. Absent keys read as "". The revision is that of the
	// lists that keys hold, or an older one.
	exchange(ctx context.Context, keys []string, seen []remembered) (values []string, revision int64, err error)
}

// remembered is one leg of one person.
type remembered struct {
	person string
	leg    travel.LegID
}

// names is the in-memory index of the lists.
type names interface {
	Match(dst []travel.Match, t *travel.Traveller, on travel.Date, s *watchlist.Scratch) ([]travel.Match, int64)
}

// enricher is the step: presented travellers in, enriched ones out.
type enricher struct {
	cfg     Config
	store   store
	names   names
	scratch sync.Pool // *work
}

// work is what one batch needs, kept for the next one.
type work struct {
	keys    []string
	seen    []remembered
	spans   []span
	scratch watchlist.Scratch
}

// span says where in the keys of a batch the lookups of one traveller are.
type span struct{ documents, authorisation, clearance, history, end int }

func newEnricher(cfg Config, s store, n names) *enricher {
	e := &enricher{cfg: cfg, store: s, names: n}
	e.scratch.New = func() any { return new(work) }
	return e
}

// Enrich enriches a batch. Its error means that Redis, or the projection in it, is not there: nothing was enriched.
func (e *enricher) Enrich(ctx context.Context, batch []*event.Presented) ([]event.Enriched, error) {
	w := e.scratch.Get().(*work)
	defer e.scratch.Put(w)
	w.keys, w.seen, w.spans = w.keys[:0], w.seen[:0], w.spans[:0]
	for _, p := range batch {
		w.plan(p, e.cfg.needsAuthorisation(p.Traveller.Nationality))
	}
	values, revision, err := e.store.exchange(ctx, w.keys, w.seen)
	if err != nil {
		return nil, fmt.Errorf("look up a batch: %w", err)
	}
	out := make([]event.Enriched, len(batch))
	for i, p := range batch {
		if err := e.one(&out[i], p, values, w.spans[i], &w.scratch); err != nil {
			return nil, err
		}
		out[i].ListRevision = min(out[i].ListRevision, revision) // names and documents are kept apart: the older of both counts
	}
	return out, nil
}

// plan adds the lookups of one traveller to the batch.
func (w *work) plan(p *event.Presented, authorisation bool) {
	var s span
	t := &p.Traveller
	s.documents = len(w.keys)
	w.keys = watchlist.TravellerDocumentKeys(w.keys, t)
	w.prefix(s.documents, projection.Document)
	s.authorisation = len(w.keys)
	if authorisation {
		w.keys = watchlist.TravellerDocumentKeys(w.keys, t)
		if k := watchlist.AuthorisationKey(t.Authority); k != "" {
			w.keys = append(w.keys, k)
		}
		w.prefix(s.authorisation, projection.Authorisation)
	}
	s.clearance = len(w.keys)
	w.keys = watchlist.TravellerClearanceKeys(w.keys, t)
	w.prefix(s.clearance, projection.Clearance)
	s.history = len(w.keys)
	if person := t.PersonKey(); person != "" {
		w.keys = append(w.keys, projection.History+person)
	}
	if person, leg, ok := journey.Remembered(p); ok {
		w.seen = append(w.seen, remembered{person, leg})
	}
	s.end = len(w.keys)
	w.spans = append(w.spans, s)
}

// prefix puts kind before the keys from position from.
func (w *work) prefix(from int, kind string) {
	for i := from; i < len(w.keys); i++ {
		w.keys[i] = kind + w.keys[i]
	}
}

func (e *enricher) one(out *event.Enriched, p *event.Presented, values []string, s span, scratch *watchlist.Scratch) error {
	out.Presented = *p
	on := p.Leg.Departure.Date()
	t := &p.Traveller
	for _, at := range []struct{ from, to int }{{s.documents, s.authorisation}, {s.clearance, s.history}} {
		if err := confirm(out, values[at.from:at.to], on); err != nil {
			return err
		}
	}
	if e.cfg.needsAuthorisation(t.Nationality) {
		if err := authorise(out, values[s.authorisation:s.clearance], on); err != nil {
			return err
		}
	}
	if s.end > s.history {
		out.HasHistory = true
		out.History = readHistory(values[s.history], p.Leg.ID())
	}
	out.Matches, out.ListRevision = e.names.Match(out.Matches, t, on, scratch)
	return nil
}

// confirm adds the matches by document, or the clearances, that values hold.
func confirm(out *event.Enriched, values []string, on travel.Date) error {
	for _, v := range values {
		err := eachPosting(v, func(p *watchlist.Posting) {
			if m, ok := watchlist.ConfirmDocument(p, &out.Traveller, on); ok && !has(out.Matches, &m) {
				out.Matches = append(out.Matches, m)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// has reports whether an entry was found already, under another key of the same document.
func has(matches []travel.Match, m *travel.Match) bool {
	for i := range matches {
		if matches[i].Entry == m.Entry && matches[i].List == m.List && matches[i].By == m.By {
			return true
		}
	}
	return false
}

// authorise works out the status of the permission a traveller needs from what is stored for their documents.
func authorise(out *event.Enriched, values []string, on travel.Date) error {
	a := &event.Authorisation{Status: "none"}
	for _, v := range values {
		err := eachPosting(v, func(p *watchlist.Posting) {
			status := "valid"
			switch {
			case p.Action == travel.ActNoBoard:
				status = "denied"
			case p.ValidUntil != "" && p.ValidUntil < on:
				status = "expired"
			}
			if rank(status) > rank(a.Status) {
				a.Number, a.Status, a.ValidUntil = p.Entry, status, p.ValidUntil
			}
		})
		if err != nil {
			return err
		}
	}
	out.Authorisation = a
	return nil
}

// rank orders statuses: a denial stands whatever else was granted, a valid grant beats an expired one.
func rank(status string) int {
	switch status {
	case "denied":
		return 3
	case "valid":
		return 2
	case "expired":
		return 1
	}
	return 0
}

// eachPosting calls f for every posting of a stored value; "" holds none.
func eachPosting(v string, f func(*watchlist.Posting)) error {
	if v == "" {
		return nil
	}
	var list []watchlist.Posting
	if err := json.Unmarshal([]byte(v), &list); err != nil {
		return errPosting
	}
	for i := range list {
		f(&list[i])
	}
	return nil
}
