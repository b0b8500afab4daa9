package streamtest_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
)

// committed is the offset that group g has committed of the partition of topic in.
func (b *bench) committed(partition int32) int64 {
	b.t.Helper()
	client, err := kgo.NewClient(kgo.SeedBrokers(b.stack.Kafka.Brokers...))
	if err != nil {
		b.t.Fatal(err)
	}
	defer client.Close()
	offsets, err := kadm.NewClient(client).FetchOffsets(b.t.Context(), b.stack.Kafka.Prefix+"g")
	if err != nil {
		b.t.Fatal(err)
	}
	o, ok := offsets.Lookup(b.stack.Kafka.Prefix+in, partition)
	if !ok {
		return -1
	}
	return o.At
}

// TestNoPartitionWaitsForAnother: while the step of one record does not return, all of the other partitions is done.
func TestNoPartitionWaitsForAnother(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		release := make(chan struct{})
		var mu sync.Mutex
		where := map[string]int32{}
		b.consume(stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) {
			mu.Lock()
			where[string(r.Value)] = r.Partition
			mu.Unlock()
			if string(r.Value) == "v0" {
				<-release
			}
			return forward(r), nil
		}), nil)
		b.produce("v0")
		streamtest.Wait(t, time.Minute, "the step that hangs", func() bool { mu.Lock(); defer mu.Unlock(); _, ok := where["v0"]; return ok })
		all := numbered(100)
		b.produce(all[1:50]...)
		b.produce(all[50:]...) // fetched after the first have been handed over
		elsewhere := func() int {
			mu.Lock()
			defer mu.Unlock()
			n := 0
			for v, p := range where {
				if p != where["v0"] && slices.Contains(b.values(out), v) {
					n++
				}
			}
			return n
		}
		streamtest.Wait(t, time.Minute, "records of other partitions", func() bool { return elsewhere() >= 28 }) // one key of seven is 14
		close(release)
		b.distinct(out, all)
	})
}

// TestNothingIsMarkedPastAFailure: what is committed is where the record stands that failed, however many follow it.
func TestNothingIsMarkedPastAFailure(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		all := numbered(140)
		b.produce(all...)
		var tries, failed atomic.Int64
		var partition atomic.Int32
		stop := b.consume(stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) {
			if string(r.Value) == "v77" {
				failed.Store(r.Offset)
				partition.Store(r.Partition)
				tries.Add(1)
				return nil, errors.New("redis is away")
			}
			return forward(r), nil
		}), nil)
		streamtest.Wait(t, time.Minute, "several tries", func() bool { return tries.Load() >= 3 })
		stop()
		if got := b.committed(partition.Load()); got != failed.Load() {
			t.Errorf("committed %d, the record at %d failed", got, failed.Load())
		}
		b.consume(stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) { return forward(r), nil }), nil)
		b.distinct(out, all)
		inOrder(t, b.values(out))
	})
}

// inOrder checks that values of one key rise, each of them once.
func inOrder(t *testing.T, values []string) {
	t.Helper()
	last := map[int]int{}
	for _, v := range values {
		n, _ := strconv.Atoi(v[1:])
		if before, ok := last[n%7]; ok && n <= before {
			t.Errorf("v%d came after v%d", n, before)
		}
		last[n%7] = n
	}
}

// TestOrderAfterAPause: what arrives while a partition waits comes after what it waits for, and nothing comes twice.
func TestOrderAfterAPause(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		var away atomic.Bool
		var tries atomic.Int64
		away.Store(true)
		b.consume(stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) {
			if away.Load() && strings.HasSuffix(string(r.Value), "9") {
				tries.Add(1)
				return nil, errors.New("redis is away")
			}
			return forward(r), nil
		}), func(o *stream.Options) { o.MaxBatch = 7 })
		all := numbered(210)
		for i := 0; i < len(all); i += 70 {
			b.produce(all[i : i+70]...)
			tried := tries.Load()
			streamtest.Wait(t, time.Minute, "another try", func() bool { return tries.Load() > tried+3 })
		}
		away.Store(false)
		b.distinct(out, all)
		inOrder(t, b.values(out))
		if n := len(b.values(out)); n != len(all) {
			t.Errorf("%d outputs of %d records", n, len(all))
		}
	})
}

// TestRestoreBeforeEveryFreshStart: a step whose state a failure left anywhere is not called again before it is restored.
func TestRestoreBeforeEveryFreshStart(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		var mu sync.Mutex
		clean := map[int32]bool{}
		fails := map[string]int{"v5": 2, "v30": 1}
		b.consume(stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) {
			mu.Lock()
			defer mu.Unlock()
			if !clean[r.Partition] {
				t.Errorf("%s was stepped before its partition was restored", r.Value)
			}
			if fails[string(r.Value)] > 0 {
				fails[string(r.Value)]--
				clean[r.Partition] = false
				return nil, errors.New("once more")
			}
			return forward(r), nil
		}), func(o *stream.Options) {
			o.Restore = func(_ context.Context, _ string, p int32) error {
				mu.Lock()
				defer mu.Unlock()
				clean[p] = true
				return nil
			}
		})
		want := numbered(50)
		b.produce(want...)
		b.distinct(out, want)
	})
}

// TestRebalanceRepeatsNothing: a partition that moves is committed up to what was done, and its former owner does nothing
// of it any more. Nothing fails, so every record gives one output.
func TestRebalanceRepeatsNothing(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		var busy [8]atomic.Int32
		member := func(done *atomic.Int64) func() {
			return b.consume(func(_ context.Context, recs []stream.Record) []stream.Result {
				if busy[recs[0].Partition].Add(1) > 1 {
					t.Error("two work on one partition")
				}
				defer busy[recs[0].Partition].Add(-1)
				results := make([]stream.Result, len(recs))
				for i := range recs {
					results[i].Out = forward(recs[i])
				}
				done.Add(int64(len(recs)))
				return results
			}, func(o *stream.Options) { o.MaxBatch = 3 })
		}
		var first, second atomic.Int64
		stopFirst := member(&first)
		// Keys follow the place in a call of produce: of 98, values of one key differ by a multiple of 7. Records keep
		// coming, and wait, so that some are done just before partitions move and some lie ready.
		n := 0
		more := func() {
			block := numbered(n + 98)[n:]
			b.produce(block...)
			n += len(block)
		}
		streamtest.Wait(t, time.Minute, "the first records", func() bool { more(); return first.Load() > 100 })
		stopSecond := member(&second)
		streamtest.Wait(t, time.Minute, "partitions to move", func() bool { more(); more(); more(); return second.Load() > 500 })
		stopFirst()
		all := numbered(n)
		b.distinct(out, all)
		stopSecond()
		if n := len(b.values(out)); n != len(all) {
			t.Errorf("%d outputs of %d records", n, len(all))
		}
		inOrder(t, b.values(out))
	})
}

// TestAPauseEndsWithItsAssignment: a partition that was not fetched, because its queue was full, when it moved away is
// fetched again when it comes back; and it moves only when its owner has given up what it was at.
func TestAPauseEndsWithItsAssignment(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		release := make(chan struct{})
		var busy [8]atomic.Int32
		free := func(_ context.Context, r stream.Record) ([]stream.Out, error) { return forward(r), nil }
		b.consume(stream.Each(func(ctx context.Context, r stream.Record) ([]stream.Out, error) {
			busy[r.Partition].Add(1)
			defer busy[r.Partition].Add(-1)
			select {
			case <-ctx.Done(): // given up when the partition moves
				return nil, ctx.Err()
			case <-release:
				return free(ctx, r)
			}
		}), nil)
		all := numbered(30_000) // more than the queues of four partitions hold
		b.produce(all[:25_000]...)
		var second atomic.Int64
		stopSecond := b.consume(stream.Each(func(ctx context.Context, r stream.Record) ([]stream.Out, error) {
			if second.Add(1); busy[r.Partition].Load() > 0 {
				t.Error("a partition moved while its former owner was at it")
			}
			return free(ctx, r)
		}), nil)
		streamtest.Wait(t, time.Minute, "partitions to move", func() bool { return second.Load() > 5000 })
		close(release)
		stopSecond()
		b.produce(all[25_000:]...)
		b.distinct(out, all)
	})
}

// TestTheTruthOfAStall: while a partition waits for something that is away the consumer is not ready, and tells how old
// the oldest record is and how many wait; both end with the stall.
func TestTheTruthOfAStall(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		var away atomic.Bool
		away.Store(true)
		reg := prometheus.NewRegistry()
		c, err := stream.NewConsumer(stream.Options{Config: s.Kafka, Group: "g", Service: "test", Topics: []string{in}, DeadTopic: event.Dead,
			Log: discard, Registerer: reg, Step: stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) {
				if away.Load() {
					return nil, errors.New("redis is away")
				}
				return forward(r), nil
			})})
		if err != nil {
			t.Fatal(err)
		}
		b.background(c.Run)
		want := numbered(70)
		b.produce(want...)
		streamtest.Wait(t, time.Minute, "not ready", func() bool { err := c.Ready(); return err != nil && strings.Contains(err.Error(), "is away") })
		streamtest.Wait(t, time.Minute, "all to be counted", func() bool { return gauge(t, reg, "fairway_stream_lag_records") == 70 })
		if age := gauge(t, reg, "fairway_stream_behind_seconds"); age < 2 { // it is not ready after two
			t.Errorf("behind %.1f s in the middle of a stall", age)
		}
		away.Store(false)
		b.distinct(out, want)
		streamtest.Wait(t, time.Minute, "the end of the stall", func() bool {
			return c.Ready() == nil && gauge(t, reg, "fairway_stream_lag_records") == 0 && gauge(t, reg, "fairway_stream_behind_seconds") == 0
		})
	})
}

// gauge is the sum of a metric over its partitions.
func gauge(t *testing.T, reg *prometheus.Registry, name string) (sum float64) {
	t.Helper()
	families, err := reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == name {
			for _, m := range f.GetMetric() {
				sum += m.GetGauge().GetValue()
			}
			return sum
		}
	}
	t.Fatalf("no metric %s in %s", name, fmt.Sprint(families))
	return 0
}

// TestTailIsReadyWhenAllIsRead: not after the first of several fetches.
func TestTailIsReadyWhenAllIsRead(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		s.CreateTopics(t)
		p, err := stream.NewProducer(s.Kafka, discard)
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		const n = 8 // of which a fetch takes one or two
		for i := range n {
			value := make([]byte, 750_000) // that does not compress
			_, _ = rand.NewChaCha8([32]byte{byte(i)}).Read(value)
			if err := p.Produce(t.Context(), stream.Out{Topic: in, Key: "one", Value: value}); err != nil {
				t.Fatal(err)
			}
		}
		var tail *stream.Tail
		var read atomic.Int64
		tail, err = stream.NewTail(stream.TailOptions{Config: s.Kafka, Topic: in, Log: discard, Each: func(_ context.Context, recs []stream.Record) error {
			if tail.Ready() == nil && read.Load() < n {
				t.Errorf("ready after %d of %d", read.Load(), n)
			}
			read.Add(int64(len(recs)))
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		b := &bench{t: t, stack: s}
		b.background(tail.Run)
		if !tail.Wait(t.Context()) || read.Load() != n {
			t.Errorf("ready after %d of %d", read.Load(), n)
		}
	})
}
