package decoder

import (
	"context"
	"fmt"
	"sync"
	"time"

	"fairway/pkg/edifact"
	"fairway/pkg/event"
	"fairway/pkg/travel"
)

// sweep is how often series are looked over for those whose time has passed.
const sweep = 10 * time.Second

// series watches multi-part messages (UNH S010) for their missing parts. Parts are worth processing as they come; only
// what becomes of the whole waits, for edifact.SeriesTimeout. It forgets everything when the process ends: a series that
// may have begun before it did is not called incomplete.
type series struct {
	mu        sync.Mutex
	assembler *edifact.Assembler
	last      map[edifact.SeriesKey]event.Advisory // what a notice about the series would start from
	since     time.Time
}

func newSeries(now time.Time) *series {
	return &series{assembler: edifact.NewAssembler(0), last: map[edifact.SeriesKey]event.Advisory{}, since: now}
}

// note takes in the parts among messages. It returns how many series they made complete.
func (s *series) note(r *event.Received, messages []travel.Message, now time.Time) (complete int) {
	for i := range messages {
		m := &messages[i]
		if m.Part.Number == 0 {
			continue
		}
		leg, _ := m.ReportLeg()
		// Senders reuse short access references: carrier, flight and transaction number go into the key.
		key := edifact.SeriesKey{Sender: r.Carrier + "|" + m.Sender, Access: fmt.Sprintf("%s|%s|%s", m.Part.Series, m.Reference, leg.ID())}
		mark := ""
		if m.Part.Last {
			mark = "F"
		}
		s.mu.Lock()
		v := s.assembler.Add(key, m.Part.Number, mark, now)
		if v.Complete {
			complete++
			delete(s.last, key)
		} else if !v.Repeated {
			s.last[key] = event.Advisory{V: 1, Kind: event.KindMessage, Leg: leg, Message: event.Message{ID: r.ID, Carrier: r.Carrier, Kind: m.Kind,
				Function: m.Function, Reference: m.Reference, Sender: m.Sender, Recipient: m.Recipient, Noted: true, At: r.At}}
		}
		s.mu.Unlock()
	}
	return complete
}

// overdue forgets the series whose time has passed, and returns a notice to the carrier of each that lacks parts.
func (s *series) overdue(now time.Time) []event.Advisory {
	s.mu.Lock()
	defer s.mu.Unlock()
	var notices []event.Advisory
	for _, e := range s.assembler.Expire(now) {
		notice, ok := s.last[e.Key]
		delete(s.last, e.Key)
		if !ok || e.Since.Sub(s.since) < edifact.SeriesTimeout {
			continue
		}
		notice.Findings = []travel.Finding{{Code: "series_incomplete", Severity: travel.Warning,
			Text: fmt.Sprintf("%d parts of the series came and not the others, %d minutes after the first; their travellers are processed, send the missing parts", e.Parts, int(edifact.SeriesTimeout.Minutes()))}}
		notices = append(notices, notice)
	}
	return notices
}

// watch tells carriers of series that stay incomplete, until ctx ends.
func (s *Service) watch(ctx context.Context) error {
	tick := time.NewTicker(sweep)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		for _, notice := range s.series.overdue(s.deps.Now()) {
			out, err := notice.Record("")
			if err == nil {
				err = s.producer.Produce(ctx, out)
			}
			if err != nil && ctx.Err() == nil {
				s.deps.Log.Error("incomplete series not reported", "message", notice.Message.ID, "carrier", notice.Message.Carrier, "error", err)
			}
			s.metrics.series.WithLabelValues("incomplete").Inc()
		}
	}
}
