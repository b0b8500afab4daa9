package decoder

import (
	"context"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"

	"fairway/pkg/event"
	"fairway/pkg/stream"
)

// Deps are what the decoder needs from its process.
type Deps struct {
	Log        *slog.Logger
	Registerer prometheus.Registerer
}

// Service is the wired decoder.
type Service struct {
	consumer *stream.Consumer
	metrics  *metrics
}

// New wires the decoder.
func New(cfg Config, deps Deps) (*Service, error) {
	s := &Service{metrics: newMetrics(deps.Registerer)}
	var err error
	s.consumer, err = stream.NewConsumer(stream.Options{
		Config: cfg.Kafka, Group: "decoder", Service: "decoder", Topics: []string{event.TopicReceived},
		Step: stream.Each(s.step), DeadTopic: event.Dead, OnReject: event.Rejected,
		Log: deps.Log, Registerer: deps.Registerer,
	})
	return s, err
}

// Run decodes until ctx ends.
func (s *Service) Run(ctx context.Context) error { return s.consumer.Run(ctx) }

// Ready reports whether the decoder can work.
func (s *Service) Ready() error { return s.consumer.Ready() }

func (s *Service) step(_ context.Context, r stream.Record) ([]stream.Out, error) {
	received := event.ReadReceived(r.Headers, r.Value, r.Time.UnixMilli())
	notice, presented, err := Decode(received)
	if err != nil {
		return nil, stream.Reject(err)
	}
	s.metrics.count(&received, notice, presented)
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
