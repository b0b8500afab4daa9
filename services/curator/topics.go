package curator

import (
	"bytes"
	"context"
	"log/slog"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/stream"
)

// topics is Kafka as the officers' side sees it.
type topics interface {
	// Acknowledge produces records and tells how many were acknowledged.
	Acknowledge(ctx context.Context, records ...event.Record) (int, error)
	// Read gives each all records there are on a topic, in the order of a partition.
	Read(ctx context.Context, topic string, each func(stream.Record) error) error
}

// kafka is topics as they are.
type kafka struct {
	*stream.Producer
	config stream.Config
	log    *slog.Logger
}

func (k kafka) Read(ctx context.Context, topic string, each func(stream.Record) error) error {
	return stream.ReadTopic(ctx, k.config, topic, time.Time{}, each, k.log)
}

// present reads the last change of each of the named entries; those that never were are missing. It reads the topic
// rather than keep every entry a second time: officers ask seldom, and what the topic says is what is in force.
func present(ctx context.Context, t topics, names map[string]bool) (map[string]event.WatchlistChanged, error) {
	last := make(map[string]event.WatchlistChanged, len(names))
	err := t.Read(ctx, event.TopicWatchlist, func(r stream.Record) error {
		if len(r.Value) == 0 {
			return nil
		}
		w, err := event.ReadChange(r.Value, r.Offset)
		if err != nil || !names[w.Entry.Key()] {
			return err
		}
		if w, err = event.ReadChange(bytes.Clone(r.Value), r.Offset); err == nil {
			last[w.Entry.Key()] = w
		}
		return err
	})
	return last, err
}
