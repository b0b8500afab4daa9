package stream

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"github.com/twmb/franz-go/pkg/kgo"
)

// Producer writes records for services that do not consume, or that answer outside a step.
type Producer struct {
	config Config
	client *kgo.Client
}

// NewProducer connects lazily: it fails on a bad configuration, not on an absent broker.
func NewProducer(c Config, log *slog.Logger) (*Producer, error) {
	opts, err := c.options(log)
	if err != nil {
		return nil, err
	}
	client, err := kgo.NewClient(opts...)
	if err != nil {
		return nil, fmt.Errorf("make kafka producer: %w", err)
	}
	return &Producer{c, client}, nil
}

// Produce writes outs and returns when all are acknowledged by every in-sync replica, or ctx ends.
func (p *Producer) Produce(ctx context.Context, outs ...Out) error {
	return produce(ctx, &p.config, p.client, outs)
}

// Acknowledge is [Producer.Produce], and tells how many of outs were acknowledged. Those of a failure that may have
// arrived all the same are not counted.
func (p *Producer) Acknowledge(ctx context.Context, outs ...Out) (acknowledged int, err error) {
	return acknowledge(ctx, &p.config, p.client, outs)
}

// Ping reports whether a broker answers.
func (p *Producer) Ping(ctx context.Context) error {
	if err := p.client.Ping(ctx); err != nil {
		return fmt.Errorf("reach kafka: %w", err)
	}
	return nil
}

// Close flushes nothing: Produce has returned for all that matters.
func (p *Producer) Close() { p.client.Close() }

func produce(ctx context.Context, c *Config, client *kgo.Client, outs []Out) error {
	_, err := acknowledge(ctx, c, client, outs)
	return err
}

func acknowledge(ctx context.Context, c *Config, client *kgo.Client, outs []Out) (acknowledged int, err error) {
	if len(outs) == 0 {
		return 0, nil
	}
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		first error
	)
	wg.Add(len(outs))
	for i := range outs {
		client.Produce(ctx, c.toKafka(&outs[i]), func(r *kgo.Record, err error) {
			mu.Lock()
			switch {
			case err == nil:
				acknowledged++
			case first == nil: // a thousand records fail for the same reason
				first = fmt.Errorf("produce to %s: %w", r.Topic, err)
			}
			mu.Unlock()
			wg.Done()
		})
	}
	wg.Wait()
	return acknowledged, first
}
