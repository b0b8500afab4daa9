package curator

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/approval"
	"fairway/pkg/event"
	"fairway/pkg/stream"
)

// memory is Kafka in memory: what is acknowledged can be read, and proposals are told of it at once.
type memory struct {
	proposals *approval.Proposals
	records   map[string][]stream.Record
	room      map[string]int // topic → how many more it acknowledges, where it has a limit
	away      bool           // nothing can be read
	elsewhere []event.Record // written by another curator just before the next record of this one
}

var errAway = errors.New("kafka is away")

func (m *memory) Acknowledge(ctx context.Context, records ...event.Record) (int, error) {
	records, m.elsewhere = append(m.elsewhere, records...), nil
	for i, r := range records {
		if left, limited := m.room[r.Topic]; limited {
			if left == 0 {
				return i, errAway
			}
			m.room[r.Topic]--
		}
		rec := stream.Record{Topic: r.Topic, Key: []byte(r.Key), Value: r.Value, Offset: int64(len(m.records[r.Topic]))}
		m.records[r.Topic] = append(m.records[r.Topic], rec)
		if r.Topic == event.TopicProposal {
			if err := m.proposals.Apply(ctx, []stream.Record{rec}); err != nil {
				return i, err
			}
		}
	}
	return len(records), nil
}

func (m *memory) Read(_ context.Context, topic string, each func(stream.Record) error) error {
	if m.away {
		return errAway
	}
	for _, r := range m.records[topic] {
		if err := each(r); err != nil {
			return err
		}
	}
	return nil
}

// proposes makes s one that knows no submission.
func (s *Service) proposes(m *memory) {
	s.proposals = approval.New(approval.Options{Most: s.cfg.MaxPending, For: s.cfg.PendingFor, Recorder: m,
		Now: func() time.Time { return s.deps.Now() }, Log: s.deps.Log})
	m.proposals = s.proposals
}

// mayWait makes room for most submissions.
func (s *Service) mayWait(most int) {
	s.cfg.MaxPending = most
	s.proposes(s.topics.(*memory))
}

// restart forgets what s knows of submissions, and reads it back.
func (s *Service) restart(t *testing.T) {
	t.Helper()
	m := s.topics.(*memory)
	s.proposes(m)
	if err := s.proposals.Apply(t.Context(), m.records[event.TopicProposal]); err != nil {
		t.Fatal(err)
	}
}

func (s *Service) waiting() int {
	return len(s.proposals.In(event.ProposalMade))
}

func (s *Service) at(now time.Time) { s.deps.Now = func() time.Time { return now } }

func (s *Service) list() []event.WatchlistChanged {
	var all []event.WatchlistChanged
	for _, r := range s.topics.(*memory).records[event.TopicWatchlist] {
		w, err := event.ReadChange(r.Value, r.Offset)
		if err != nil {
			panic(err)
		}
		all = append(all, w)
	}
	return all
}

// ask makes one request as anna or otto, and reads the answer into v.
func ask(t *testing.T, s *Service, method, path, officer, body string, v any) int {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:4711"
	r.Header.Set("Authorization", "Bearer key-"+officer)
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	if v != nil {
		if err := json.Unmarshal(w.Body.Bytes(), v); err != nil {
			t.Fatalf("%s %s: %d %s: %v", method, path, w.Code, w.Body, err)
		}
	}
	return w.Code
}
