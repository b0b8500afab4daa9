package curator

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/stream"
)

// journeys writes the earlier journeys of every person anew, from the travellers presented. Enrichers note new ones
// in the same keys by appending, and drop repeats when they read, so it does not matter if both do.
func (p *projection) journeys(ctx context.Context, cfg Config, log *slog.Logger) error {
	all := map[string]*strings.Builder{}
	err := stream.ReadTopic(ctx, cfg.Kafka, event.TopicPresented, time.Time{}, func(r stream.Record) error {
		var e event.Presented
		if event.Decode(r.Value, &e) != nil {
			return nil // its consumer has dead-lettered it
		}
		person, leg, ok := journey.Remembered(&e)
		if !ok {
			return nil
		}
		if all[person] == nil {
			all[person] = &strings.Builder{}
		}
		if !strings.Contains(all[person].String(), string(leg)+event.JourneyEnd) {
			all[person].WriteString(string(leg) + event.JourneyEnd)
		}
		return nil
	}, log)
	if err != nil {
		return fmt.Errorf("read journeys: %w", err)
	}
	expiry := time.Duration(cfg.HistoryDays) * 24 * time.Hour
	pipe := p.client.Pipeline()
	for person, legs := range all {
		key := p.prefix + event.RedisHistory + person
		pipe.Append(ctx, key, legs.String())
		pipe.Expire(ctx, key, expiry)
		if pipe.Len() >= pipeMost {
			if _, err := pipe.Exec(ctx); err != nil {
				return fmt.Errorf("write journeys: %w", err)
			}
		}
	}
	if pipe.Len() > 0 {
		if _, err := pipe.Exec(ctx); err != nil {
			return fmt.Errorf("write journeys: %w", err)
		}
	}
	return nil
}
