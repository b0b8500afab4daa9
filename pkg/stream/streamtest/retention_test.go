package streamtest_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"

	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
)

// TestExistingTopicsForgetSooner holds that topics of an earlier installation keep records no longer than is said now,
// and that what an installation keeps for less stays so.
func TestExistingTopicsForgetSooner(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		topic := func(retention, segment, size string) []stream.Topic {
			return []stream.Topic{{Name: "t", Config: map[string]string{"cleanup.policy": "delete", "retention.ms": retention, "segment.ms": segment, "max.message.bytes": size}}}
		}
		client, err := kgo.NewClient(kgo.SeedBrokers(s.Kafka.Brokers...))
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		for _, c := range []struct{ retention, segment, size, want string }{
			{"-1", "900000", "2000000", "-1 900000 2000000"},
			{"400000", "90000", "3000000", "400000 90000 3000000"},
			{"500000", "80000", "3000000", "400000 80000 3000000"},
			{"300000", "95000", "1000000", "300000 80000 1000000"},
		} {
			if err := stream.EnsureTopics(t.Context(), s.Kafka, topic(c.retention, c.segment, c.size), slog.New(slog.DiscardHandler)); err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			streamtest.Wait(t, 10*time.Second, "the broker to know the topic", func() bool { // it may have been made by another
				described, err := kadm.NewClient(client).DescribeTopicConfigs(t.Context(), s.Kafka.Prefix+"t")
				if err != nil {
					t.Fatal(err)
				}
				for _, k := range described[0].Configs {
					got[k.Key] = k.MaybeValue()
				}
				return described[0].Err == nil
			})
			if diff := cmp.Diff(c.want, got["retention.ms"]+" "+got["segment.ms"]+" "+got["max.message.bytes"]); diff != "" {
				t.Errorf("%+v: %s", c, diff)
			}
		}
	})
}
