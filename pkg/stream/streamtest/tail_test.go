package streamtest_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
)

// TestTailOfATopicMadeAMomentAgo has the leader of an empty topic know nothing of it when it is asked for the start.
// The tail has nothing to read and must be ready all the same.
func TestTailOfATopicMadeAMomentAgo(t *testing.T) {
	cluster := kfake.MustCluster(kfake.NumBrokers(1), kfake.SeedTopics(2, event.TopicWatchlist))
	defer cluster.Close()
	var failing atomic.Bool
	failing.Store(true)
	var refused atomic.Int32
	cluster.ControlKey(int16(kmsg.ListOffsets), func(r kmsg.Request) (kmsg.Response, error, bool) {
		cluster.KeepControl()
		req := r.(*kmsg.ListOffsetsRequest)
		if !failing.Load() || req.Topics[0].Partitions[0].Timestamp != -2 {
			return nil, nil, false
		}
		refused.Add(1)
		res := req.ResponseKind().(*kmsg.ListOffsetsResponse)
		for _, t := range req.Topics {
			topic := kmsg.NewListOffsetsResponseTopic()
			topic.Topic = t.Topic
			for _, p := range t.Partitions {
				partition := kmsg.NewListOffsetsResponseTopicPartition()
				partition.Partition, partition.ErrorCode = p.Partition, kerr.UnknownTopicOrPartition.Code
				topic.Partitions = append(topic.Partitions, partition)
			}
			res.Topics = append(res.Topics, topic)
		}
		return res, nil, true
	})
	cfg := stream.DefaultConfig(event.BigTopics())
	cfg.Brokers = cluster.ListenAddrs()
	tail, err := stream.NewTail(stream.TailOptions{Config: cfg, Topic: event.TopicWatchlist, Log: discard,
		Each: func(context.Context, []stream.Record) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- tail.Run(ctx) }()
	// Each listing is tried a few times before it is given up: the error must reach the tail at least once.
	streamtest.Wait(t, 30*time.Second, "starts to be asked for", func() bool { return refused.Load() >= 8 })
	failing.Store(false)
	streamtest.Wait(t, 30*time.Second, "the tail to be ready", func() bool { return tail.Ready() == nil })
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
