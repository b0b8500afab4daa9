package curator

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
)

// Deps are what the curator needs from its process.
type Deps struct {
	Log        *slog.Logger
	Registerer prometheus.Registerer
	Now        func() time.Time
}

// Service is the wired curator.
type Service struct {
	cfg        Config
	deps       Deps
	officers   []officer
	reread     atomic.Pointer[[]officer] // the officers with the keys of now, once they were read again
	reload     *telemetry.Reload
	needs      [2]*telemetry.Dependency
	proposals  *proposals
	publishing sync.Mutex // one approval at a time is carried out
	topics     topics
	redis      *redis.Client
	projection *projection
	producer   *stream.Producer
	tail       *stream.Tail // of watchlist.changed
	made       *stream.Tail // of proposal.made
	cases      *stream.Tail // of case.event, from now on: what came of confirmations made here
	outcomes   *outcomes
	metrics    *metrics
	pruned     bool          // stale keys were looked for; only keep's goroutine reads it
	changed    chan struct{} // holds one token when there is something to flush
}

// New wires the curator.
func New(cfg Config, deps Deps) (*Service, error) {
	s := &Service{cfg: cfg, deps: deps, changed: make(chan struct{}, 1), outcomes: newOutcomes(), proposals: newProposals(deps.Log)}
	var err error
	if s.officers, err = prepare(cfg.Officers); err != nil {
		return nil, err
	}
	s.reload = telemetry.NewReload(deps.Registerer, "officer_keys")
	s.reload.Done(nil)
	if s.redis, err = cfg.Redis.Client(); err != nil {
		return nil, err
	}
	s.projection = newProjection(s.redis, cfg.Redis.Prefix)
	s.metrics = newMetrics(deps.Registerer, s)
	if s.producer, err = stream.NewProducer(cfg.Kafka, deps.Log); err != nil {
		return nil, err
	}
	s.needs = [2]*telemetry.Dependency{
		telemetry.NewDependency("curator", "kafka", s.producer.Ping, deps.Registerer, deps.Log),
		telemetry.NewDependency("curator", "redis", func(ctx context.Context) error { return s.redis.Ping(ctx).Err() }, deps.Registerer, deps.Log),
	}
	s.topics = kafka{s.producer, cfg.Kafka, deps.Log}
	s.tail, err = stream.NewTail(stream.TailOptions{Config: cfg.Kafka, Topic: event.TopicWatchlist, Single: true, Each: s.apply, Log: deps.Log})
	if err != nil {
		return nil, err
	}
	s.made, err = stream.NewTail(stream.TailOptions{Config: cfg.Kafka, Topic: event.TopicProposal, Since: deps.Now().Add(-cfg.PendingFor - keepKnown), Each: s.proposals.apply, Log: deps.Log})
	if err != nil {
		return nil, err
	}
	deps.Log.Info("what memory is for", "keys", "exact keys of every entry: fairway_curator_keys", "submissions", cfg.MaxPending, "submission_mib", cfg.MaxBody>>20)
	s.cases, err = stream.NewTail(stream.TailOptions{Config: cfg.Kafka, Topic: event.TopicCase, Since: deps.Now(), Each: s.outcomes.apply, Log: deps.Log})
	return s, err
}

// Run serves officers and keeps the projection until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	defer s.producer.Close()
	defer s.redis.Close()
	group, ctx := errgroup.WithContext(ctx)
	for _, d := range s.needs {
		group.Go(func() error { return d.Run(ctx) })
	}
	group.Go(func() error { return s.tail.Run(ctx) })
	group.Go(func() error { return s.cases.Run(ctx) })
	group.Go(func() error { return s.made.Run(ctx) })
	group.Go(func() error { s.tendAll(ctx); return nil })
	group.Go(func() error { s.keep(ctx); return nil })
	group.Go(func() error { return s.follow(ctx) })
	if s.cfg.HTTP != "" {
		group.Go(func() error {
			return telemetry.Serve(ctx, s.cfg.HTTP, s.Handler(), s.cfg.Grace, nil)
		})
	}
	return group.Wait()
}

// Ready reports whether the curator knows the lists, and what waits, as they are.
func (s *Service) Ready() error {
	return errors.Join(s.needs[0].Ready(), s.needs[1].Ready(), s.tail.Ready(), s.made.Ready(), s.cases.Ready())
}

// Revision is the watchlist revision that documents are looked up in.
func (s *Service) Revision() int64 { return s.projection.inRedis() }

func (s *Service) apply(_ context.Context, recs []stream.Record) error {
	if err := s.projection.apply(recs); err != nil {
		return err
	}
	s.wake()
	return nil
}

func (s *Service) wake() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// keep writes changes as they come, and everything when Redis has lost it. It waits until the topic is read: a
// projection of half the lists must not call itself ready.
func (s *Service) keep(ctx context.Context) {
	if !s.tail.Wait(ctx) {
		return
	}
	check := time.NewTicker(s.cfg.CheckRedis)
	defer check.Stop()
	for ctx.Err() == nil {
		if err := s.refresh(ctx); err != nil {
			s.deps.Log.Warn("the projection waits", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-check.C: // also when the last try failed
		case <-s.changed:
		}
	}
}

// refresh writes what Redis does not have; all of it, and the journeys first, when Redis has lost it.
func (s *Service) refresh(ctx context.Context) error {
	lost, err := s.projection.lost(ctx)
	if err != nil {
		return fmt.Errorf("reach redis: %w", err)
	}
	if lost {
		s.metrics.rebuilt.Inc()
		s.deps.Log.Info("redis holds no projection; writing it anew")
		if err := s.projection.journeys(ctx, s.cfg, s.deps.Log); err != nil {
			return err
		}
	}
	if !lost && s.projection.written() {
		return nil
	}
	if err := s.projection.flush(ctx); err != nil || s.pruned {
		return err
	}
	err = s.projection.prune(ctx)
	s.pruned = err == nil
	return err
}
