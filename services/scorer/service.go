package scorer

import (
	"context"
	"errors"
	"os"

	"golang.org/x/sync/errgroup"

	"fairway/pkg/decision"
	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/rule"
	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
	"fairway/rules"
)

// Deps are what the scorer needs from its process.
type Deps = service.Deps

// Service is the wired scorer.
type Service struct {
	cfg      Config
	rules    *current
	consumer *stream.Consumer
	tail     *stream.Tail
	producer *stream.Producer // to ask whether Kafka is there
	kafka    *telemetry.Dependency
	metrics  *metrics
	teardown service.Teardown
}

// New wires the scorer. Rules that do not hold stop it here: there is nothing yet to stay with.
func New(cfg Config, deps Deps) (_ *Service, err error) {
	s := &Service{cfg: cfg, metrics: newMetrics(deps.Registerer)}
	s.rules = &current{log: deps.Log, metrics: s.metrics, reload: telemetry.NewReload(deps.Registerer, "rules")}
	fsys, from := rules.FS(), "the built-in rules"
	if cfg.Rules != "" {
		fsys, from = os.DirFS(cfg.Rules), cfg.Rules
	}
	if err := s.rules.installFS(fsys, from); err != nil {
		return nil, err
	}
	defer func() { err = s.teardown.Failed(err) }()
	if s.producer, err = stream.NewProducer(cfg.Kafka, deps.Log); err != nil {
		return nil, err
	}
	s.teardown.AddFunc("kafka producer", s.producer.Close)
	s.kafka = telemetry.NewDependency("scorer", "kafka", s.producer.Ping, deps.Registerer, deps.Log)
	s.tail, err = stream.NewTail(stream.TailOptions{Config: cfg.Kafka, Topic: event.TopicRules, Each: s.rules.released, Log: deps.Log})
	if err != nil {
		return nil, err
	}
	s.teardown.AddFunc("tail of releases", s.tail.Close)
	s.consumer, err = stream.NewConsumer(stream.Options{
		Config: cfg.Kafka, Group: "scorer", Service: "scorer", Topics: []string{event.TopicEnriched},
		Step: s.step, DeadTopic: event.Dead, OnReject: journey.Rejected, Log: deps.Log, Registerer: deps.Registerer,
	})
	if err != nil {
		return nil, err
	}
	s.teardown.AddFunc("consumer", s.consumer.Close)
	return s, nil
}

// Close lets go of what New has opened, for who does not call Run.
func (s *Service) Close() error { return s.teardown.Close() }

// Run scores until ctx ends. It starts once the releases are read: nobody is decided by rules that were replaced.
func (s *Service) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.kafka.Run(ctx) })
	group.Go(func() error { return s.tail.Run(ctx) })
	if s.cfg.Rules != "" {
		group.Go(func() error { return s.rules.follow(ctx, s.cfg.Rules) })
	}
	group.Go(func() error {
		if !s.tail.Wait(ctx) {
			return nil
		}
		return s.consumer.Run(ctx)
	})
	return errors.Join(group.Wait(), s.Close())
}

// Ready reports whether the scorer can work.
func (s *Service) Ready() error {
	if s.rules.set.Load() == nil {
		return errors.New("no rules in force")
	}
	return errors.Join(s.kafka.Ready(), s.tail.Ready(), s.consumer.Ready())
}

func (s *Service) step(_ context.Context, recs []stream.Record) []stream.Result {
	now := s.rules.set.Load()
	ev := now.evaluators.Get().(*rule.Evaluator)
	results := make([]stream.Result, len(recs))
	for i := range recs {
		results[i] = s.one(&recs[i], ev)
	}
	now.evaluators.Put(ev) // not after a panic: it may have been left in the middle of one
	return results
}

func (s *Service) one(r *stream.Record, ev *rule.Evaluator) stream.Result {
	var e event.Enriched
	if err := event.Decode(r.Value, &e); err != nil {
		return stream.Result{Err: stream.Reject(err)}
	}
	scored := decision.Score(&e, r.Value, ev, s.cfg.thresholds())
	out, err := scored.Record(event.Lookup(r.Headers, event.HeaderTrace))
	if err != nil {
		return stream.Result{Err: stream.Reject(err)}
	}
	s.metrics.count(&scored)
	return stream.Result{Out: []stream.Out{out}}
}
