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

// TestAcknowledgeCounts holds that what is told as acknowledged is on the topic, all of it and nothing else.
func TestAcknowledgeCounts(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		s.CreateTopics(t)
		p, err := stream.NewProducer(s.Kafka, discard)
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		out := func(bytes int) stream.Out {
			value := make([]byte, bytes)
			for i := range value { // nothing that compresses
				value[i] = byte(i * i >> 3 * 2654435761 >> 7)
			}
			return stream.Out{Topic: event.TopicCase, Key: "k", Value: value}
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		for name, c := range map[string]struct {
			ctx  context.Context
			outs []stream.Out
			want int
			fail bool
		}{
			"nothing":         {t.Context(), nil, 0, false},
			"all":             {t.Context(), []stream.Out{out(1), out(2), out(3)}, 3, false},
			"one that cannot": {t.Context(), []stream.Out{out(1), out(5 << 20), out(3)}, 2, true},
			"nobody waits":    {ended, []stream.Out{out(1)}, 0, true},
		} {
			before := count(t, s)
			if n, err := p.Acknowledge(c.ctx, c.outs...); n != c.want || (err != nil) != c.fail || count(t, s)-before != n {
				t.Errorf("%s: %d acknowledged, %v; %d are there", name, n, err, count(t, s)-before)
			}
		}
	})
}

func count(t *testing.T, s *streamtest.Stack) (n int) {
	t.Helper()
	err := stream.ReadTopic(t.Context(), s.Kafka, event.TopicCase, time.Time{}, func(stream.Record) error { n++; return nil }, discard)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
