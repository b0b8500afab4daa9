package stream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
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
	work    context.Context // of all batches
	giveUp  context.CancelFunc
	mu      sync.Mutex // guards parts; held only for map access
	parts   map[tp]*part
	joined  atomic.Bool
	polled  atomic.Int64 // Unix nanoseconds of the last poll
	faults  faults       // only Run's goroutine touches it
}

type tp struct {
	topic     string
	partition int32
}

const (
	stopTimeout  = time.Second // for the batches in hand, and again for the commit: a restart must not be felt
	firstBackoff = 50 * time.Millisecond
	longestPause = 2 * time.Second
	defaultPoll  = 1000
	commitEvery  = time.Second
	groupSession = 10 * time.Second // a killed member's partitions are taken over within this
	groupBeat    = time.Second
	groupShuffle = 30 * time.Second // the longest a batch may hold up a rebalance
	handover     = 2 * time.Second  // what a batch in hand has before a rebalance has it given up
	longestIdle  = time.Second      // of a poll
	stuckAfter   = 10 * time.Second // a batch that takes longer makes the consumer not ready
)

// NewConsumer checks o and makes the client. It does not wait for a broker.
func NewConsumer(o Options) (*Consumer, error) {
	if o.Step == nil || o.Group == "" || len(o.Topics) == 0 || o.DeadTopic == nil || o.Log == nil {
		return nil, errors.New("stream consumer needs a group, topics, a step, a dead-letter topic and a logger")
	}
	if o.MaxBatch == 0 {
		o.MaxBatch = defaultPoll
	}
	c := &Consumer{opts: o, parts: map[tp]*part{}, faults: faults{log: o.Log, what: "poll"}}
	c.work, c.giveUp = context.WithCancel(context.Background())
	c.metrics = newMetrics(o.Registerer, o.Service, c.states)
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

// Close lets go of the client, for whoever does not call Run.
func (c *Consumer) Close() { c.giveUp(); c.client.CloseAllowingRebalance() }

func (c *Consumer) assigned(_ context.Context, client *kgo.Client, m map[string][]int32) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for t, ps := range m {
		for _, p := range ps {
			key := tp{c.name(t), p}
			c.parts[key] = newPart(c.work, key, c.opts.Restore == nil)
		}
	}
	client.ResumeFetchPartitions(m) // a pause outlives the assignment that caused it
	c.joined.Store(true)
}

// name is a topic without the prefix it has on the wire.
func (c *Consumer) name(topic string) string { return topic[len(c.opts.Config.Prefix):] }

func (c *Consumer) revoked(ctx context.Context, client *kgo.Client, m map[string][]int32) {
	gone := c.of(m)
	end(gone, false, handover)
	// What is not committed is done again by the new owner: late, but not lost.
	if err := client.CommitMarkedOffsets(ctx); err != nil {
		c.opts.Log.Warn("commit on revoke", "error", err)
	}
	c.drop(gone)
}

func (c *Consumer) lost(_ context.Context, _ *kgo.Client, m map[string][]int32) {
	gone := c.of(m)
	end(gone, true, 0)
	c.drop(gone)
}

// of returns the parts of what the client calls m.
func (c *Consumer) of(m map[string][]int32) []*part {
	c.mu.Lock()
	defer c.mu.Unlock()
	var parts []*part
	for t, ps := range m {
		for _, p := range ps {
			if part := c.parts[tp{c.name(t), p}]; part != nil {
				parts = append(parts, part)
			}
		}
	}
	return parts
}

// all returns every part there is.
func (c *Consumer) all() []*part {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Collect(maps.Values(c.parts))
}

func (c *Consumer) drop(parts []*part) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range parts {
		delete(c.parts, p.key)
		if c.opts.Release != nil {
			c.opts.Release(p.key.topic, p.key.partition)
		}
	}
}

// end stops the workers of parts and waits for the batches they have in hand, which have patience to be done before they
// are given up. A step that does not heed its context is waited for no longer than the group would.
func end(parts []*part, lost bool, patience time.Duration) {
	for _, p := range parts {
		p.stop(lost)
	}
	giveUp, hopeless := time.After(patience), time.After(groupShuffle*5/6)
	for _, p := range parts {
		for ended := false; !ended; {
			select {
			case <-p.done:
				ended = true
			case <-giveUp:
				for _, p := range parts {
					p.cancel()
				}
			case <-hopeless:
				return
			}
		}
		p.cancel()
	}
}

// Ready reports whether the consumer has joined its group, polls, and gets on with every partition.
func (c *Consumer) Ready() error {
	if !c.joined.Load() {
		return errors.New("not yet assigned any partition")
	}
	if since := time.Since(time.Unix(0, c.polled.Load())); since > 30*time.Second {
		return fmt.Errorf("no poll for %s", since.Round(time.Second))
	}
	for key, s := range c.states(time.Now()) {
		if s.waiting > longestPause {
			return fmt.Errorf("%s/%d has waited %s for something that is away", key.topic, key.partition, s.waiting.Round(time.Second))
		}
		if s.busy > stuckAfter {
			return fmt.Errorf("%s/%d has been at one batch for %s", key.topic, key.partition, s.busy.Round(time.Second))
		}
	}
	return nil
}

func (c *Consumer) states(now time.Time) map[tp]state {
	all := map[tp]state{}
	for _, p := range c.all() {
		all[p.key] = p.state(now)
	}
	return all
}

// Run consumes until ctx ends. It finishes the batches in hand, commits and leaves the group.
func (c *Consumer) Run(ctx context.Context) error {
	defer c.client.CloseAllowingRebalance()
	defer c.giveUp()
	for ctx.Err() == nil {
		c.poll(ctx)
	}
	end(c.all(), false, stopTimeout)
	bounded, done := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer done()
	if err := c.client.CommitMarkedOffsets(bounded); err != nil {
		c.opts.Log.Warn("commit on stop", "error", err)
	}
	return nil
}

// poll hands what is fetched to the workers of its partitions. It waits for none of them.
func (c *Consumer) poll(ctx context.Context) {
	wait, cancel := context.WithTimeout(ctx, longestIdle)
	defer cancel()
	fetches := c.client.PollRecords(wait, c.opts.MaxBatch)
	c.polled.Store(time.Now().UnixNano())
	fetches.EachPartition(func(f kgo.FetchTopicPartition) {
		if len(f.Records) == 0 {
			return
		}
		recs := make([]Record, len(f.Records))
		for i, r := range f.Records {
			recs[i] = c.opts.Config.fromKafka(r)
		}
		c.mu.Lock()
		p := c.parts[tp{recs[0].Topic, f.Partition}]
		c.mu.Unlock()
		if p != nil && p.offer(recs, f.HighWatermark, func() { c.client.PauseFetchPartitions(c.wire(p.key)) }) {
			go c.serve(p)
		}
	})
	c.client.AllowRebalance()
	rest(ctx, c.faults.tell(fetches, time.Now()))
}
