package stream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/twmb/franz-go/pkg/kgo"
)

// Options make a [Consumer].
type Options struct {
	Config Config
	Group  string   // consumer group: one per service
	Topics []string // what it reads
	Step   Step
	// Service names the reader in dead-letter headers and metrics.
	Service string
	// DeadTopic names the dead-letter topic of a topic.
	DeadTopic func(topic string) string
	// OnReject, if set, returns what else to produce when a record is dead-lettered: the answer to whoever waits.
	OnReject func(headers []Header, value []byte, reason error) []Out
	// Restore, if set, rebuilds the step's state of a partition; see the package comment.
	Restore func(ctx context.Context, topic string, partition int32) error
	// Release, if set, is told that a partition now belongs to somebody else.
	Release    func(topic string, partition int32)
	MaxBatch   int // most records polled at once; 0 means 1,000
	Log        *slog.Logger
	Registerer prometheus.Registerer // nil for no metrics
}

// Consumer runs one service's step over its topics. See the package comment for what it guarantees.
type Consumer struct {
	opts    Options
	client  *kgo.Client
	metrics *metrics
	mu      sync.Mutex // guards parts; held only for map access
	parts   map[tp]*part
	joined  atomic.Bool
	polled  atomic.Int64 // Unix nanoseconds of the last successful poll
}

type tp struct {
	topic     string
	partition int32
}

// part is one assigned partition. Between polls only the loop touches it.
type part struct {
	restored bool      // state is in step with what was acknowledged
	pending  []Record  // taken from Kafka, not yet done: its partition is paused
	retryAt  time.Time // when pending is tried again
	failures int       // in a row
}

const (
	stopTimeout   = 10 * time.Second
	firstBackoff  = 50 * time.Millisecond
	longestPause  = 2 * time.Second
	defaultPoll   = 1000
	commitEvery   = time.Second
	groupSession  = 10 * time.Second // a killed member's partitions are taken over within this
	groupBeat     = time.Second
	groupShuffle  = 30 * time.Second // the longest a batch may hold up a rebalance
	idlePollAtMax = time.Second
)

// NewConsumer checks o and makes the client. It does not wait for a broker.
func NewConsumer(o Options) (*Consumer, error) {
	if o.Step == nil || o.Group == "" || len(o.Topics) == 0 || o.DeadTopic == nil || o.Log == nil {
		return nil, errors.New("stream consumer needs a group, topics, a step, a dead-letter topic and a logger")
	}
	if o.MaxBatch == 0 {
		o.MaxBatch = defaultPoll
	}
	c := &Consumer{opts: o, parts: map[tp]*part{}, metrics: newMetrics(o.Registerer, o.Service)}
	opts, err := o.Config.options(o.Log)
	if err != nil {
		return nil, err
	}
	opts = append(opts,
		kgo.ConsumerGroup(o.Config.Prefix+o.Group),
		kgo.ConsumeTopics(o.Config.prefixed(o.Topics)...),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()), // never skip what is there
		kgo.BlockRebalanceOnPoll(),
		kgo.AutoCommitMarks(),
		kgo.AutoCommitInterval(commitEvery),
		kgo.SessionTimeout(groupSession),
		kgo.HeartbeatInterval(groupBeat),
		kgo.RebalanceTimeout(groupShuffle),
		kgo.OnPartitionsAssigned(c.assigned),
		kgo.OnPartitionsRevoked(c.revoked),
		kgo.OnPartitionsLost(c.lost),
	)
	if c.client, err = kgo.NewClient(opts...); err != nil {
		return nil, fmt.Errorf("make kafka consumer: %w", err)
	}
	return c, nil
}

func (c *Consumer) assigned(_ context.Context, client *kgo.Client, m map[string][]int32) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for t, ps := range m {
		for _, p := range ps {
			c.parts[tp{c.name(t), p}] = &part{restored: c.opts.Restore == nil}
		}
	}
	client.ResumeFetchPartitions(m) // a pause outlives the assignment that caused it
	c.joined.Store(true)
}

// name is a topic without the prefix it has on the wire.
func (c *Consumer) name(topic string) string { return topic[len(c.opts.Config.Prefix):] }

func (c *Consumer) revoked(ctx context.Context, client *kgo.Client, m map[string][]int32) {
	// What is not committed is done again by the new owner: late, but not lost.
	if err := client.CommitMarkedOffsets(ctx); err != nil {
		c.opts.Log.Warn("commit on revoke", "error", err)
	}
	c.lost(ctx, client, m)
}

func (c *Consumer) lost(_ context.Context, _ *kgo.Client, m map[string][]int32) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for t, ps := range m {
		for _, p := range ps {
			delete(c.parts, tp{c.name(t), p})
			if c.opts.Release != nil {
				c.opts.Release(c.name(t), p)
			}
		}
	}
}

// Ready reports whether the consumer has joined its group and polled of late.
func (c *Consumer) Ready() error {
	if !c.joined.Load() {
		return errors.New("not yet assigned any partition")
	}
	if since := time.Since(time.Unix(0, c.polled.Load())); since > 30*time.Second {
		return fmt.Errorf("no poll for %s", since.Round(time.Second))
	}
	return nil
}

// Run consumes until ctx ends or a step stops it. It finishes the batch in hand, commits and leaves the group.
func (c *Consumer) Run(ctx context.Context) error {
	defer c.client.CloseAllowingRebalance()
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stopWork := context.AfterFunc(ctx, func() { time.AfterFunc(stopTimeout, cancel) })
	defer stopWork()
	for ctx.Err() == nil {
		batch := c.poll(ctx)
		err := c.handleAll(work, batch)
		c.client.AllowRebalance()
		if err != nil {
			return err
		}
	}
	bounded, done := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer done()
	if err := c.client.CommitMarkedOffsets(bounded); err != nil {
		c.opts.Log.Warn("commit on stop", "error", err)
	}
	return nil
}

// poll returns what there is to do: fresh records, and pending ones whose time has come.
func (c *Consumer) poll(ctx context.Context) map[tp][]Record {
	wait, cancel := context.WithTimeout(ctx, c.untilRetry())
	defer cancel()
	fetches := c.client.PollRecords(wait, c.opts.MaxBatch)
	fetches.EachError(func(t string, p int32, err error) {
		if !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
			c.opts.Log.Warn("poll", "topic", t, "partition", p, "error", err) // the client retries by itself
		}
	})
	c.polled.Store(time.Now().UnixNano())
	batch := map[tp][]Record{}
	fetches.EachPartition(func(f kgo.FetchTopicPartition) {
		if len(f.Records) == 0 {
			return
		}
		recs := make([]Record, len(f.Records))
		for i, r := range f.Records {
			recs[i] = c.opts.Config.fromKafka(r)
		}
		batch[tp{recs[0].Topic, f.Partition}] = recs
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	for key, p := range c.parts {
		if len(p.pending) == 0 {
			continue
		}
		p.pending = append(p.pending, batch[key]...) // fetched before the pause took hold
		delete(batch, key)
		if !now.Before(p.retryAt) {
			batch[key], p.pending = p.pending, nil
		}
	}
	return batch
}

func (c *Consumer) untilRetry() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	wait := idlePollAtMax
	for _, p := range c.parts {
		if len(p.pending) > 0 {
			wait = min(wait, max(time.Until(p.retryAt), time.Millisecond))
		}
	}
	return wait
}

// handleAll works the partitions of a batch side by side and returns when all are done or set aside.
func (c *Consumer) handleAll(ctx context.Context, batch map[tp][]Record) error {
	if len(batch) == 1 {
		for key, recs := range batch {
			return c.handle(ctx, key, recs)
		}
	}
	var wg sync.WaitGroup
	errs := make(chan error, len(batch))
	for key, recs := range batch {
		wg.Go(func() { errs <- c.handle(ctx, key, recs) })
	}
	wg.Wait()
	close(errs)
	var joined error
	for err := range errs {
		joined = errors.Join(joined, err)
	}
	return joined
}
