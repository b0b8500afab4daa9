package enricher

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/errgroup"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
)

// Deps are what the enricher needs from its process.
type Deps = service.Deps

// Service is the wired enricher.
type Service struct {
	step     *enricher
	names    *lists
	redis    *redis.Client
	consumer *stream.Consumer
	tail     *stream.Tail
	producer *stream.Producer // to ask whether Kafka is there
	needs    [2]*telemetry.Dependency
	metrics  *metrics
	history  *history
	merges   sync.WaitGroup // under way
	teardown service.Teardown
}

// New wires the enricher.
func New(cfg Config, deps Deps) (_ *Service, err error) {
	s := &Service{}
	l := newLists(s.merges.Go)
	s.names, s.metrics = l, newMetrics(deps.Registerer, l)
	defer func() { err = s.teardown.Failed(err) }()
	if s.redis, err = cfg.Redis.Client(); err != nil {
		return nil, err
	}
	s.teardown.Add("redis client", s.redis.Close)
	expiry := time.Duration(cfg.HistoryDays) * 24 * time.Hour
	s.step = newEnricher(cfg, &redisStore{s.redis, cfg.Redis.Prefix, expiry}, l)
	s.history = &history{client: s.redis, prefix: cfg.Redis.Prefix, expiry: expiry, busy: busyFor, log: deps.Log,
		read: func(ctx context.Context, each func(stream.Record) error) error {
			return stream.ReadTopic(ctx, cfg.Kafka, event.TopicPresented, time.Time{}, each, deps.Log)
		}}
	if s.producer, err = stream.NewProducer(cfg.Kafka, deps.Log); err != nil {
		return nil, err
	}
	s.teardown.AddFunc("kafka producer", s.producer.Close)
	s.needs = [2]*telemetry.Dependency{
		telemetry.NewDependency("enricher", "kafka", s.producer.Ping, deps.Registerer, deps.Log),
		telemetry.NewDependency("enricher", "redis", func(ctx context.Context) error { return s.redis.Ping(ctx).Err() }, deps.Registerer, deps.Log),
	}
	s.tail, err = stream.NewTail(stream.TailOptions{Config: cfg.Kafka, Topic: event.TopicWatchlist, Single: true, Each: l.apply, Log: deps.Log})
	if err != nil {
		return nil, err
	}
	s.teardown.AddFunc("tail of lists", s.tail.Close)
	deps.Log.Info("what memory is for", "lists", "every entry, to be found by name: fairway_enricher_list_entries")
	s.consumer, err = stream.NewConsumer(stream.Options{
		Config: cfg.Kafka, Group: "enricher", Service: "enricher", Topics: []string{event.TopicPresented},
		Step: s.batch, DeadTopic: event.Dead, OnReject: journey.Rejected, Log: deps.Log, Registerer: deps.Registerer,
	})
	if err != nil {
		return nil, err
	}
	s.teardown.AddFunc("consumer", s.consumer.Close)
	return s, nil
}

// Close lets go of what New has opened, for who does not call Run.
func (s *Service) Close() error { return s.teardown.Close() }

// Run enriches until ctx ends. It starts once the lists are read: nobody is checked against half a list.
func (s *Service) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, d := range s.needs {
		group.Go(func() error { return d.Run(ctx) })
	}
	group.Go(func() error { return s.tail.Run(ctx) })
	group.Go(func() error { s.history.keep(ctx); return nil })
	group.Go(func() error {
		if !s.tail.Wait(ctx) {
			return nil
		}
		s.names.loaded()
		return s.consumer.Run(ctx)
	})
	err := group.Wait()
	s.merges.Wait()
	return errors.Join(err, s.Close())
}

// Ready reports whether the enricher can work.
func (s *Service) Ready() error {
	return errors.Join(s.needs[0].Ready(), s.needs[1].Ready(), s.tail.Ready(), s.consumer.Ready())
}

// Revision is the watchlist revision that names are matched against.
func (s *Service) Revision() int64 { return s.names.live.Load().revision }

// batch decodes a batch, enriches it in one go, and encodes it. A record that does not decode is rejected alone.
func (s *Service) batch(ctx context.Context, recs []stream.Record) []stream.Result {
	results := make([]stream.Result, len(recs))
	batch := make([]*event.Presented, 0, len(recs))
	at := make([]int, 0, len(recs))
	for i := range recs {
		p := new(event.Presented)
		if err := event.Decode(recs[i].Value, p); err != nil {
			results[i].Err = stream.Reject(err)
			continue
		}
		batch, at = append(batch, p), append(at, i)
	}
	enriched, err := s.step.Enrich(ctx, batch)
	if err != nil {
		return []stream.Result{{Err: fmt.Errorf("enrich: %w", err)}}
	}
	s.metrics.count(enriched)
	for j := range enriched {
		r := &results[at[j]]
		out, err := enriched[j].Record(event.Lookup(recs[at[j]].Headers, event.HeaderTrace))
		if err != nil {
			r.Err = stream.Reject(err)
			continue
		}
		r.Out = []stream.Out{out}
	}
	return results
}
