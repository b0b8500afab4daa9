package decoder

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
	"fairway/pkg/travel"
	"fairway/pkg/wire"
)

// Deps are what the decoder needs from its process.
type Deps = service.Deps

// Service is the wired decoder.
type Service struct {
	deps     Deps
	consumer *stream.Consumer
	producer *stream.Producer // for notices that no record causes
	kafka    *telemetry.Dependency
	series   *series
	metrics  *metrics
	gate     journey.Gate
	teardown service.Teardown
	budget   time.Duration // for reading one record
}

// New wires the decoder.
func New(cfg Config, deps Deps) (_ *Service, err error) {
	s := &Service{deps: deps, series: newSeries(deps.Now()), metrics: newMetrics(deps.Registerer), budget: cfg.Budget, gate: journey.Gate{Departures: cfg.Departures, Carriers: cfg.Carriers}}
	defer func() { err = s.teardown.Failed(err) }()
	if s.producer, err = stream.NewProducer(cfg.Kafka, deps.Log); err != nil {
		return nil, err
	}
	s.teardown.AddFunc("kafka producer", s.producer.Close)
	s.kafka = telemetry.NewDependency("decoder", "kafka", s.producer.Ping, deps.Registerer, deps.Log)
	s.consumer, err = stream.NewConsumer(stream.Options{
		Config: cfg.Kafka, Group: "decoder", Service: "decoder", Topics: []string{event.TopicReceived},
		Step: blotted(stream.Each(s.step)), DeadTopic: event.Dead, OnReject: s.rejected,
		Log: deps.Log, Registerer: deps.Registerer,
	})
	if err != nil {
		return nil, err
	}
	s.teardown.AddFunc("consumer", s.consumer.Close)
	return s, nil
}

// Close lets go of what New has opened, for who does not call Run.
func (s *Service) Close() error { return s.teardown.Close() }

// Run decodes until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.kafka.Run(ctx) })
	group.Go(func() error { return s.watch(ctx) })
	group.Go(func() error { return s.consumer.Run(ctx) })
	return errors.Join(group.Wait(), s.Close())
}

// Ready reports whether the decoder can work.
func (s *Service) Ready() error { return errors.Join(s.kafka.Ready(), s.consumer.Ready()) }

// blotted blots what must not be kept out of the records themselves before next sees them, so that a dead letter holds
// none of it either: carriers that produce to Kafka send it, and the gateway has blotted what came by HTTP.
func blotted(next stream.Step) stream.Step {
	return func(ctx context.Context, recs []stream.Record) []stream.Result {
		for i := range recs {
			recs[i].Value = wire.Mask(recs[i].Value)
		}
		return next(ctx, recs)
	}
}

// rejected answers the carrier of a dead letter. One that is not configured is nobody to answer.
func (s *Service) rejected(headers []stream.Header, value []byte, reason error) []stream.Out {
	if !s.gate.Carriers.Known(event.Lookup(headers, event.HeaderCarrier)) {
		return nil
	}
	return journey.Rejected(headers, value, reason)
}

// decoded is what [Decode] made of a record.
type decoded struct {
	messages  []travel.Message
	notice    *event.Advisory
	presented []event.Presented
}

func (s *Service) step(_ context.Context, r stream.Record) ([]stream.Out, error) {
	received := event.ReadReceived(r.Headers, r.Value, r.Time.UnixMilli())
	d, err := within(s.budget, func() (decoded, error) {
		messages, notice, presented, err := Decode(received, s.gate)
		return decoded{messages, notice, presented}, err
	})
	messages, notice, presented := d.messages, d.notice, d.presented
	if errors.Is(err, errCarrier) {
		s.metrics.found(s.gate.Carriers.Label(received.Carrier), []travel.Finding{{Code: unknownCarrier, Severity: travel.Fault}})
	}
	if err != nil {
		return nil, stream.Reject(err)
	}
	complete := s.series.note(&received, messages, s.deps.Now())
	s.metrics.series.WithLabelValues("complete").Add(float64(complete))
	s.metrics.count(&received, messages, notice, presented)
	outs := make([]stream.Out, 0, len(presented)+1)
	if notice != nil {
		out, err := notice.Record(received.Trace)
		if err != nil {
			return nil, stream.Reject(err)
		}
		outs = append(outs, out)
	}
	for i := range presented {
		out, err := presented[i].Record(received.Trace)
		if err != nil {
			return nil, stream.Reject(err)
		}
		outs = append(outs, out)
	}
	return outs, nil
}
