package stream

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

const tailPoll = 5000 // a projection catches up in large bites

// TailOptions make a [Tail].
type TailOptions struct {
	Config Config
	Topic  string
	// Since, if set, skips what is older; otherwise the tail starts at the beginning of the topic.
	Since time.Time
	// Each is given records in order within a partition. An error ends Run: a tail holds a projection, and a
	// projection with a hole is worth nothing.
	Each func(ctx context.Context, recs []Record) error
	// Single ends Run with an error when the topic has several partitions, so that there is one order of its records.
	Single bool
	Log    *slog.Logger
}

// Tail reads every partition of a topic, in no group and committing nothing: each process sees everything. It is for
// projections held in memory, which each process rebuilds when it starts.
type Tail struct {
	opts   TailOptions
	client *kgo.Client
	caught chan struct{}   // closed when caught up
	ctx    context.Context // ended by Stop
	stop   context.CancelFunc
}

// NewTail makes the client. It does not wait for a broker.
func NewTail(o TailOptions) (*Tail, error) {
	if o.Each == nil || o.Topic == "" || o.Log == nil {
		return nil, errors.New("stream tail needs a topic, a function and a logger")
	}
	opts, err := o.Config.options(o.Log)
	if err != nil {
		return nil, err
	}
	from := kgo.NewOffset().AtStart()
	if !o.Since.IsZero() {
		from = from.AfterMilli(o.Since.UnixMilli())
	}
	opts = append(opts, kgo.ConsumeTopics(o.Config.Prefix+o.Topic), kgo.ConsumeStartOffset(from), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	client, err := kgo.NewClient(opts...)
	if err != nil {
		return nil, fmt.Errorf("make kafka tail: %w", err)
	}
	t := &Tail{opts: o, client: client, caught: make(chan struct{})}
	t.ctx, t.stop = context.WithCancel(context.Background())
	return t, nil
}

// Stop ends Run, for owners that need the tail until after their own context has ended.
func (t *Tail) Stop() { t.stop() }

// Close lets go of the client, for whoever does not call Run.
func (t *Tail) Close() { t.stop(); t.client.Close() }

// Ready reports whether Each has been given everything there was at the start.
func (t *Tail) Ready() error {
	select {
	case <-t.caught:
		return nil
	default:
		return fmt.Errorf("still reading %s", t.opts.Topic)
	}
}

// Wait blocks until the tail has caught up; it returns false when ctx ends first.
func (t *Tail) Wait(ctx context.Context) bool {
	select {
	case <-t.caught:
		return true
	case <-ctx.Done():
		return false
	}
}

// Run reads until ctx ends or Stop is called.
func (t *Tail) Run(ctx context.Context) error {
	defer t.client.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(t.ctx, cancel)()
	goal, err := t.goal(ctx)
	if err != nil {
		return ignoreEnd(ctx, err)
	}
	t.progress(goal, nil)
	faults := faults{log: t.opts.Log, what: "tail"}
	for {
		fetches := t.client.PollRecords(ctx, tailPoll)
		if ctx.Err() != nil {
			return nil
		}
		rest(ctx, faults.tell(fetches, time.Now()))
		var failed error
		fetches.EachPartition(func(f kgo.FetchTopicPartition) {
			if len(f.Records) == 0 || failed != nil {
				return
			}
			recs := make([]Record, len(f.Records))
			for i, r := range f.Records {
				recs[i] = t.opts.Config.fromKafka(r)
			}
			if err := t.opts.Each(ctx, recs); err != nil {
				failed = fmt.Errorf("read %s: %w", t.opts.Topic, err)
				return
			}
			t.progress(goal, &recs[len(recs)-1])
		})
		if failed != nil {
			return ignoreEnd(ctx, failed)
		}
	}
}

// progress drops the partitions that reached their goal, and tells of it when none is left.
func (t *Tail) progress(goal map[int32]int64, last *Record) {
	if last != nil && goal[last.Partition] <= last.Offset+1 {
		delete(goal, last.Partition)
	}
	if len(goal) == 0 && t.Ready() != nil {
		close(t.caught)
	}
}

// goal is where each partition that holds anything to read ends now.
func (t *Tail) goal(ctx context.Context) (map[int32]int64, error) {
	admin := kadm.NewClient(t.client)
	var told time.Time
	for {
		topic := t.opts.Config.Prefix + t.opts.Topic
		goal, err := ends(ctx, admin, topic, t.opts.Since)
		if err == nil && t.opts.Single {
			var n int
			if n, err = partitions(ctx, admin, topic); err == nil && n != 1 {
				return nil, wrongPartitions(topic, n, 1)
			}
		}
		if err == nil {
			return goal, nil
		}
		if now := time.Now(); now.Sub(told) >= logEvery {
			t.opts.Log.Warn("tail", "topic", t.opts.Topic, "error", err)
			told = now
		}
		if rest(ctx, longestPause); ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
}

func ends(ctx context.Context, admin *kadm.Client, topic string, since time.Time) (map[int32]int64, error) {
	// A topic that was made a moment ago may have partitions whose leaders do not know of them yet. Such an error is
	// per partition, and a start taken for -1 because of it would be a goal that no record ever reaches.
	start, err := admin.ListStartOffsets(ctx, topic)
	if !since.IsZero() {
		start, err = admin.ListOffsetsAfterMilli(ctx, since.UnixMilli(), topic)
	}
	if err = cmp.Or(err, start.Error()); err != nil {
		return nil, fmt.Errorf("list starts: %w", err)
	}
	end, err := admin.ListCommittedOffsets(ctx, topic)
	if err = cmp.Or(err, end.Error()); err != nil {
		return nil, fmt.Errorf("list ends: %w", err)
	}
	goal := map[int32]int64{}
	end.Each(func(o kadm.ListedOffset) {
		if s, ok := start.Lookup(topic, o.Partition); o.Offset > 0 && (!ok || s.Offset < o.Offset) {
			goal[o.Partition] = o.Offset
		}
	})
	return goal, nil
}

func ignoreEnd(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// ReadPartition gives each all records of one partition from the first not older than since to the end there is now.
// It is for restoring the state of a step.
func ReadPartition(ctx context.Context, c Config, topic string, partition int32, since time.Time, each func(Record) error, log *slog.Logger) error {
	return readTo(ctx, c, topic, since, each, log, func(p int32) bool { return p == partition })
}

// ReadTopic is [ReadPartition] for all partitions of a topic, in no order between them.
func ReadTopic(ctx context.Context, c Config, topic string, since time.Time, each func(Record) error, log *slog.Logger) error {
	return readTo(ctx, c, topic, since, each, log, func(int32) bool { return true })
}

func readTo(ctx context.Context, c Config, topic string, since time.Time, each func(Record) error, log *slog.Logger, want func(int32) bool) error {
	opts, err := c.options(log)
	if err != nil {
		return err
	}
	client, err := kgo.NewClient(opts...)
	if err != nil {
		return fmt.Errorf("make kafka reader: %w", err)
	}
	defer client.Close()
	goals, err := ends(ctx, kadm.NewClient(client), c.Prefix+topic, since)
	if err != nil {
		return fmt.Errorf("read %s: %w", topic, err)
	}
	from := kgo.NewOffset().AtStart()
	if !since.IsZero() {
		from = from.AfterMilli(since.UnixMilli())
	}
	begin := map[int32]kgo.Offset{}
	for p := range goals {
		if !want(p) {
			delete(goals, p)
			continue
		}
		begin[p] = from
	}
	client.AddConsumePartitions(map[string]map[int32]kgo.Offset{c.Prefix + topic: begin})
	for len(goals) > 0 {
		fetches := client.PollRecords(ctx, tailPoll)
		if err := fetches.Err0(); err != nil {
			return fmt.Errorf("read %s: %w", topic, err)
		}
		for _, r := range fetches.Records() {
			goal, ok := goals[r.Partition]
			if !ok {
				continue
			}
			if err := each(c.fromKafka(r)); err != nil {
				return fmt.Errorf("read %s/%d/%d: %w", topic, r.Partition, r.Offset, err)
			}
			if r.Offset+1 >= goal {
				delete(goals, r.Partition)
			}
		}
	}
	return nil
}
