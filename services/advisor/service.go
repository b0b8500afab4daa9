package advisor

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
)

// Deps are what the advisor needs from its process.
type Deps = service.Deps

// Service is the wired advisor.
type Service struct {
	cfg        Config
	deps       Deps
	consumer   *stream.Consumer
	tail       *stream.Tail     // of case.event
	producer   *stream.Producer // for what officers say, which no scored traveller causes
	kafka      *telemetry.Dependency
	cases      *cases
	metrics    *metrics
	teardown   service.Teardown
	mu         sync.Mutex // guards the maps
	partitions map[int32]*held
	locks      map[int32]*sync.Mutex // one for each partition ever had: held by whoever reads or changes what was told of it
}

// held is what was told of one partition, and when it was last cleared of what nobody will ask for.
type held struct {
	told
	swept time.Time
}

const sweepEvery = 10 * time.Minute

// New wires the advisor.
func New(cfg Config, deps Deps) (_ *Service, err error) {
	s := &Service{cfg: cfg, deps: deps, metrics: newMetrics(deps.Registerer), cases: newCases(), partitions: map[int32]*held{}, locks: map[int32]*sync.Mutex{}}
	defer func() { err = s.teardown.Failed(err) }()
	if s.producer, err = stream.NewProducer(cfg.Kafka, deps.Log); err != nil {
		return nil, err
	}
	s.teardown.AddFunc("kafka producer", s.producer.Close)
	s.kafka = telemetry.NewDependency("advisor", "kafka", s.producer.Ping, deps.Registerer, deps.Log)
	s.tail, err = stream.NewTail(stream.TailOptions{Config: cfg.Kafka, Topic: event.TopicCase, Log: deps.Log,
		Each: func(_ context.Context, recs []stream.Record) error { s.cases.apply(recs, s.skipped); return nil }})
	if err != nil {
		return nil, err
	}
	s.teardown.AddFunc("tail of case events", s.tail.Close)
	deps.Log.Info("what memory is for", "advisories", "the newest of each person and leg of its partitions", "window", cfg.Window.String())
	s.consumer, err = stream.NewConsumer(stream.Options{
		Config: cfg.Kafka, Group: "advisor", Service: "advisor", Topics: []string{event.TopicScored},
		Step: s.step, Restore: s.restore, Release: s.release,
		DeadTopic: event.Dead, OnReject: journey.Rejected, Log: deps.Log, Registerer: deps.Registerer,
	})
	if err != nil {
		return nil, err
	}
	s.teardown.AddFunc("consumer", s.consumer.Close)
	return s, nil
}

// Close lets go of what New has opened, for who does not call Run.
func (s *Service) Close() error { return s.teardown.Close() }

// Run advises until ctx ends. It starts once it knows what officers have confirmed: nobody confirmed boards meanwhile.
func (s *Service) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.tail.Run(ctx) })
	group.Go(func() error { return s.kafka.Run(ctx) })
	group.Go(func() error { return s.attend(ctx) })
	group.Go(func() error {
		if !s.tail.Wait(ctx) {
			return nil
		}
		return s.consumer.Run(ctx)
	})
	return errors.Join(group.Wait(), s.Close())
}

// Ready reports whether the advisor can work.
func (s *Service) Ready() error {
	return errors.Join(s.kafka.Ready(), s.tail.Ready(), s.consumer.Ready())
}

func (s *Service) skipped(r stream.Record, err error) {
	s.deps.Log.Warn("skipped a case event that does not decode", "partition", r.Partition, "offset", r.Offset, "error", err)
}

func (s *Service) step(_ context.Context, recs []stream.Record) []stream.Result {
	lock := s.lock(recs[0].Partition)
	lock.Lock()
	defer lock.Unlock()
	l := s.held(recs[0].Partition)
	if now := s.deps.Now(); now.Sub(l.swept) > sweepEvery {
		l.forget(now.Add(-s.cfg.Window))
		l.swept = now
	}
	results := make([]stream.Result, len(recs))
	for i := range recs {
		results[i] = s.one(l.told, &recs[i])
	}
	return results
}

func (s *Service) one(l told, r *stream.Record) stream.Result {
	var scored event.Scored
	if err := event.Decode(r.Value, &scored); err != nil {
		return stream.Result{Err: stream.Reject(err)}
	}
	a, again := l.advise(&scored, s.cases, r.Time)
	if again {
		s.metrics.repeats.Inc()
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

// restore reads the advisories of a partition back from their own topic. A leg's advisories are on the partition of
// the same number as its scored travellers, because both topics have the same key and number of partitions.
func (s *Service) restore(ctx context.Context, _ string, partition int32) error {
	lock := s.lock(partition)
	lock.Lock()
	defer lock.Unlock()
	l := newTold()
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
	s.partitions[partition] = &held{l, s.deps.Now()}
	s.unswept() // its former owner may not have heard of everything
	return nil
}

func (s *Service) lock(partition int32) *sync.Mutex {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locks[partition] == nil {
		s.locks[partition] = new(sync.Mutex)
	}
	return s.locks[partition]
}

func (s *Service) release(_ string, partition int32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.partitions, partition)
}

func (s *Service) held(partition int32) *held {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.partitions[partition]
}
