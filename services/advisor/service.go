package advisor

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"fairway/pkg/event"
	"fairway/pkg/stream"
)

// Deps are what the advisor needs from its process.
type Deps struct {
	Log        *slog.Logger
	Registerer prometheus.Registerer
	Now        func() time.Time
}

// Service is the wired advisor.
type Service struct {
	cfg      Config
	deps     Deps
	consumer *stream.Consumer
	metrics  *metrics
	mu       sync.Mutex // guards the map; each ledger belongs to its partition's worker
	ledgers  map[int32]*shelf
}

// shelf is the ledger of one partition, and when it was last cleared of what nobody will ask for.
type shelf struct {
	ledger
	swept time.Time
}

const sweepEvery = 10 * time.Minute

// New wires the advisor.
func New(cfg Config, deps Deps) (*Service, error) {
	s := &Service{cfg: cfg, deps: deps, metrics: newMetrics(deps.Registerer), ledgers: map[int32]*shelf{}}
	var err error
	s.consumer, err = stream.NewConsumer(stream.Options{
		Config: cfg.Kafka, Group: "advisor", Service: "advisor", Topics: []string{event.TopicScored},
		Step: s.step, Restore: s.restore, Release: s.release,
		DeadTopic: event.Dead, OnReject: event.Rejected, Log: deps.Log, Registerer: deps.Registerer,
	})
	return s, err
}

// Run advises until ctx ends.
func (s *Service) Run(ctx context.Context) error { return s.consumer.Run(ctx) }

// Ready reports whether the advisor can work.
func (s *Service) Ready() error { return s.consumer.Ready() }

func (s *Service) step(_ context.Context, recs []stream.Record) []stream.Result {
	l := s.ledger(recs[0].Partition)
	if now := s.deps.Now(); now.Sub(l.swept) > sweepEvery {
		l.forget(now.Add(-s.cfg.Window))
		l.swept = now
	}
	results := make([]stream.Result, len(recs))
	for i := range recs {
		results[i] = s.one(l.ledger, &recs[i])
	}
	return results
}

func (s *Service) one(l ledger, r *stream.Record) stream.Result {
	var scored event.Scored
	if err := event.Decode(r.Value, &scored); err != nil {
		return stream.Result{Err: stream.Reject(err)}
	}
	a, issue := l.advise(&scored, r.Time)
	if !issue {
		s.metrics.repeats.Inc()
		return stream.Result{}
	}
	out, err := a.Record(event.Lookup(r.Headers, event.HeaderTrace))
	if err != nil {
		return stream.Result{Err: stream.Reject(err)}
	}
	s.metrics.issued.WithLabelValues(string(a.Outcome)).Inc()
	if a.Unsolicited {
		s.metrics.changes.Inc()
	}
	s.metrics.seconds.Observe(s.deps.Now().Sub(time.UnixMilli(a.Message.At)).Seconds())
	return stream.Result{Out: []stream.Out{out}}
}

// restore reads the advisories of a partition back from the ledger topic. A leg's advisories are on the partition of
// the same number as its scored travellers, because both topics have the same key and number of partitions.
func (s *Service) restore(ctx context.Context, _ string, partition int32) error {
	l := ledger{}
	since := s.deps.Now().Add(-s.cfg.Window)
	err := stream.ReadPartition(ctx, s.cfg.Kafka, event.TopicAdvisory, partition, since, func(r stream.Record) error {
		var a event.Advisory
		if err := event.Decode(r.Value, &a); err != nil {
			s.deps.Log.Warn("skipped an advisory that does not decode", "offset", r.Offset, "error", err)
			return nil
		}
		l.record(&a, r.Time)
		return nil
	}, s.deps.Log)
	if err != nil {
		return fmt.Errorf("restore advisories: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ledgers[partition] = &shelf{l, s.deps.Now()}
	return nil
}

func (s *Service) release(_ string, partition int32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.ledgers, partition)
}

func (s *Service) ledger(partition int32) *shelf {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ledgers[partition]
}
