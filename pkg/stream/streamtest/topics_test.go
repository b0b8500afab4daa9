package streamtest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
)

// TestTheListsHaveOneOrder holds that watchlist.changed is made with one partition however many the others get, that one
// with several is refused by whoever makes topics and by whoever reads it, and that asking again is no fault.
func TestTheListsHaveOneOrder(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		s.CreateTopics(t)
		s.CreateTopics(t)
		one := func(name string, partitions int) stream.Topic {
			return stream.Topic{Name: name, Partitions: partitions}
		}
		if err := stream.EnsureTopics(t.Context(), s.Kafka, []stream.Topic{one(event.TopicWatchlist, 2)}, discard); err == nil || !strings.Contains(err.Error(), "has 1 partitions and must have 2") {
			t.Errorf("watchlist.changed: %v", err)
		}
		if err := stream.EnsureTopics(t.Context(), s.Kafka, []stream.Topic{one(event.TopicPresented, s.Kafka.Partitions)}, discard); err != nil {
			t.Errorf("the others: %v", err)
		}
		tail := func(topic string) error {
			tail, err := stream.NewTail(stream.TailOptions{Config: s.Kafka, Topic: topic, Single: true, Log: discard,
				Each: func(context.Context, []stream.Record) error { return nil }})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			go func() {
				tail.Wait(ctx)
				cancel()
			}()
			return tail.Run(ctx)
		}
		if err := tail(event.TopicWatchlist); err != nil {
			t.Error(err)
		}
		if err := tail(event.TopicPresented); err == nil || !strings.Contains(err.Error(), "must have 1") {
			t.Errorf("a topic of several partitions: %v", err)
		}
	})
}
