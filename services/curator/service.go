package curator

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"fairway/pkg/access"
	"fairway/pkg/approval"
	"fairway/pkg/event"
	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
	"fairway/pkg/web"
)

const tendEvery = 5 * time.Second // how often submissions are looked after

// Deps are what the curator needs from its process.
type Deps = service.Deps

// Service is the wired curator.
type Service struct {
	cfg        Config
	deps       Deps
	keys       *access.Keys
	followed   *service.Followed // the officers' key files
	needs      [2]*telemetry.Dependency
	proposals  *approval.Proposals
	publishing sync.Mutex // one approval at a time is carried out
	topics     topics
	redis      *redis.Client
	projector  *projector
	producer   *stream.Producer
	tail       *stream.Tail // of watchlist.changed
	made       *stream.Tail // of proposal.made
	cases      *stream.Tail // of case.event, from now on: what came of confirmations made here
	outcomes   *outcomes
	metrics    *metrics
	teardown   service.Teardown
	pruned     bool          // stale keys were looked for; only keep's goroutine reads it
	changed    chan struct{} // holds one token when there is something to flush
}

// New wires the curator.
func New(cfg Config, deps Deps) (_ *Service, err error) {
	s := &Service{cfg: cfg, deps: deps, changed: make(chan struct{}, 1), outcomes: newOutcomes()}
	defer func() { err = s.teardown.Failed(err) }()
	if s.keys, err = access.NewKeys("officer", owners(cfg.Officers)); err != nil {
		return nil, err
	}
	s.followed = service.NewFollowed("officer_keys", s.keys.Files(), s.keys.Read, deps.Registerer, deps.Log)
	if s.redis, err = cfg.Redis.Client(); err != nil {
		return nil, err
	}
	s.teardown.Add("redis client", s.redis.Close)
	s.projector = newProjector(s.redis, cfg.Redis.Prefix)
	if s.producer, err = stream.NewProducer(cfg.Kafka, deps.Log); err != nil {
		return nil, err
	}
	s.teardown.AddFunc("kafka producer", s.producer.Close)
	s.needs = [2]*telemetry.Dependency{
		telemetry.NewDependency("curator", "kafka", s.producer.Ping, deps.Registerer, deps.Log),
		telemetry.NewDependency("curator", "redis", func(ctx context.Context) error { return s.redis.Ping(ctx).Err() }, deps.Registerer, deps.Log),
	}
	s.topics = kafka{s.producer, cfg.Kafka, deps.Log}
	s.proposals = approval.New(approval.Options{Most: cfg.MaxPending, For: cfg.PendingFor, Recorder: s.producer, Now: deps.Now, Log: deps.Log})
	s.metrics = newMetrics(deps.Registerer, s)
	deps.Log.Info("what memory is for", "keys", "exact keys of every entry: fairway_curator_keys", "submissions", cfg.MaxPending, "submission_mib", cfg.MaxBody>>20)
	return s, s.read()
}

// read makes the tails of the topics that the curator follows.
func (s *Service) read() error {
	for _, t := range []struct {
		tail  **stream.Tail
		about stream.TailOptions
	}{
		{&s.tail, stream.TailOptions{Topic: event.TopicWatchlist, Single: true, Each: s.apply}},
		{&s.made, stream.TailOptions{Topic: event.TopicProposal, Since: s.proposals.Since(), Each: s.proposals.Apply}},
		{&s.cases, stream.TailOptions{Topic: event.TopicCase, Since: s.deps.Now(), Each: s.outcomes.apply}},
	} {
		t.about.Config, t.about.Log = s.cfg.Kafka, s.deps.Log
		tail, err := stream.NewTail(t.about)
		if err != nil {
			return err
		}
		*t.tail = tail
		s.teardown.AddFunc("tail of "+t.about.Topic, tail.Close)
	}
	return nil
}

// Close lets go of what New has opened, for who does not call Run.
func (s *Service) Close() error { return s.teardown.Close() }

// Run serves officers and keeps the projection until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, d := range s.needs {
		group.Go(func() error { return d.Run(ctx) })
	}
	group.Go(func() error { return s.tail.Run(ctx) })
	group.Go(func() error { return s.cases.Run(ctx) })
	group.Go(func() error { return s.made.Run(ctx) })
	group.Go(func() error { s.tend(ctx); return nil })
	group.Go(func() error { s.keep(ctx); return nil })
	group.Go(func() error { return s.followed.Run(ctx) })
	if s.cfg.HTTP != "" {
		group.Go(func() error {
			return web.Serve(ctx, s.cfg.HTTP, s.Handler(), s.cfg.Grace, nil)
		})
	}
	return errors.Join(group.Wait(), s.Close())
}

// Ready reports whether the curator knows the lists, and what waits, as they are.
func (s *Service) Ready() error {
	return errors.Join(s.needs[0].Ready(), s.needs[1].Ready(), s.tail.Ready(), s.made.Ready(), s.cases.Ready())
}

// Revision is the watchlist revision that documents are looked up in.
func (s *Service) Revision() int64 { return s.projector.inRedis() }

func (s *Service) apply(_ context.Context, recs []stream.Record) error {
	if err := s.projector.apply(recs); err != nil {
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

// refresh writes what Redis does not have; all of it when Redis has lost it.
func (s *Service) refresh(ctx context.Context) error {
	lost, err := s.projector.lost(ctx)
	if err != nil {
		return fmt.Errorf("reach redis: %w", err)
	}
	if lost {
		s.metrics.rebuilt.Inc()
		s.deps.Log.Info("redis holds no projection; writing it anew")
	}
	if !lost && s.projector.written() {
		return nil
	}
	if err := s.projector.flush(ctx); err != nil || s.pruned {
		return err
	}
	err = s.projector.prune(ctx)
	s.pruned = err == nil
	return err
}

// tend looks after submissions until ctx ends, once it is known what there is.
func (s *Service) tend(ctx context.Context) {
	if !s.made.Wait(ctx) || !s.tail.Wait(ctx) {
		return
	}
	tick := time.NewTicker(tendEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		s.proposals.Tend(ctx, s.again)
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// again carries out what was approved before, here or at a curator that has died since.
func (s *Service) again(ctx context.Context, id string) error {
	_, err := s.carryOut(ctx, id, true)
	return err
}
