package streamtest_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
)

func TestMain(m *testing.M) { os.Exit(streamtest.Run(m)) }

const (
	in  = event.TopicPresented
	out = event.TopicEnriched
)

var discard = slog.New(slog.DiscardHandler)

// bench is one consumer under test and what came out of it.
type bench struct {
	t     *testing.T
	stack *streamtest.Stack
	mu    sync.Mutex
	got   map[string][]string // topic → values, in order of arrival
}

func newBench(t *testing.T, s *streamtest.Stack) *bench {
	s.CreateTopics(t)
	b := &bench{t: t, stack: s, got: map[string][]string{}}
	for _, topic := range []string{out, event.Dead(in), event.TopicAdvisory} {
		tail, err := stream.NewTail(stream.TailOptions{Config: s.Kafka, Topic: topic, Log: discard,
			Each: func(_ context.Context, recs []stream.Record) error {
				b.mu.Lock()
				defer b.mu.Unlock()
				for _, r := range recs {
					b.got[topic] = append(b.got[topic], string(r.Value))
				}
				return nil
			}})
		if err != nil {
			t.Fatal(err)
		}
		b.background(tail.Run)
	}
	return b
}

func (b *bench) background(run func(context.Context) error) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := run(ctx); err != nil {
			b.t.Errorf("run: %v", err)
		}
	}()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	b.t.Cleanup(stop)
	return stop
}

func (b *bench) consume(step stream.Step, change func(*stream.Options)) (stop func()) {
	o := stream.Options{Config: b.stack.Kafka, Group: "g", Service: "test", Topics: []string{in}, Step: step,
		DeadTopic: event.Dead, Log: discard}
	if change != nil {
		change(&o)
	}
	c, err := stream.NewConsumer(o)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.background(c.Run)
}

func (b *bench) produce(values ...string) {
	b.t.Helper()
	p, err := stream.NewProducer(b.stack.Kafka, discard)
	if err != nil {
		b.t.Fatal(err)
	}
	defer p.Close()
	outs := make([]stream.Out, len(values))
	for i, v := range values {
		outs[i] = stream.Out{Topic: in, Key: "leg" + strconv.Itoa(i%7), Value: []byte(v)}
	}
	ctx, cancel := context.WithTimeout(b.t.Context(), time.Minute)
	defer cancel()
	if err := p.Produce(ctx, outs...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) values(topic string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.got[topic])
}

// distinct waits until topic holds every one of want at least once, and fails when it holds anything else.
func (b *bench) distinct(topic string, want []string) {
	b.t.Helper()
	streamtest.Wait(b.t, time.Minute, fmt.Sprintf("%d values on %s", len(want), topic), func() bool {
		return len(unique(b.values(topic))) >= len(want)
	})
	if diff := cmp.Diff(unique(want), unique(b.values(topic))); diff != "" {
		b.t.Errorf("%s (-want +got):\n%s", topic, diff)
	}
}

func unique(s []string) []string {
	s = slices.Clone(s)
	slices.Sort(s)
	return slices.Compact(s)
}

func numbered(n int) []string {
	s := make([]string, n)
	for i := range s {
		s[i] = "v" + strconv.Itoa(i)
	}
	return s
}

func forward(r stream.Record) []stream.Out {
	return []stream.Out{{Topic: out, Key: string(r.Key), Value: slices.Clone(r.Value)}}
}

func TestEveryRecordOnceWhenNothingFails(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		b.consume(stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) { return forward(r), nil }), nil)
		want := numbered(1000)
		b.produce(want...)
		b.distinct(out, want)
		if n := len(b.values(out)); n != len(want) {
			t.Errorf("got %d outputs for %d inputs", n, len(want))
		}
	})
}

func TestPoisonAndPanicAreBuriedAndAnswered(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		step := stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) {
			switch string(r.Value) {
			case "v3":
				return nil, stream.Reject(errors.New("poison"))
			case "v23": // no broker takes it, and it would be tried for ever
				return []stream.Out{{Topic: out, Key: "k", Value: make([]byte, 1<<20)}}, nil
			case "v17":
				var none []int
				_ = none[len(r.Value)] // a step with a fault of its own
			}
			return forward(r), nil
		})
		b.consume(step, func(o *stream.Options) {
			o.OnReject = func(_ []stream.Header, v []byte, _ error) []stream.Out {
				return []stream.Out{{Topic: event.TopicAdvisory, Value: slices.Clone(v)}}
			}
		})
		all := numbered(40)
		b.produce(all...)
		bad := []string{"v17", "v23", "v3"}
		b.distinct(event.Dead(in), bad)
		b.distinct(event.TopicAdvisory, bad)
		b.distinct(out, slices.DeleteFunc(slices.Clone(all), func(v string) bool { return slices.Contains(bad, v) }))
	})
}

func TestDependencyAwayPausesAndSkipsNothing(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		var away atomic.Bool
		var tries atomic.Int64
		away.Store(true)
		step := stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) {
			if away.Load() && string(r.Value) == "v9" {
				tries.Add(1)
				return nil, errors.New("redis is away")
			}
			return forward(r), nil
		})
		b.consume(step, nil)
		want := numbered(50)
		b.produce(want...)
		streamtest.Wait(t, time.Minute, "several tries", func() bool { return tries.Load() >= 3 })
		for _, v := range b.values(out) { // v9, v16, v23, … share a key: nothing may pass v9
			if n, _ := strconv.Atoi(v[1:]); n%7 == 2 && n >= 9 {
				t.Errorf("%s passed a record that failed", v)
			}
		}
		away.Store(false)
		b.distinct(out, want)
		if d := b.values(event.Dead(in)); len(d) != 0 {
			t.Errorf("a dependency that was away made dead letters: %v", d)
		}
	})
}

func TestStateFollowsTheSequence(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		var restored, failedOnce atomic.Int64
		step := stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) {
			if restored.Load() == 0 {
				t.Error("stepped before restore")
			}
			if string(r.Value) == "v5" && failedOnce.Add(1) == 1 {
				return nil, errors.New("once")
			}
			return forward(r), nil
		})
		b.consume(step, func(o *stream.Options) {
			o.Restore = func(context.Context, string, int32) error { restored.Add(1); return nil }
		})
		want := numbered(10)
		b.produce(want...)
		b.distinct(out, want)
		if n := restored.Load(); n < 2 {
			t.Errorf("restored %d times; want once per partition and once more after the failure", n)
		}
	})
}

func TestRebalanceInMidBatchLosesNothing(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		var done atomic.Int64
		step := stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) {
			done.Add(1)
			return forward(r), nil
		})
		small := func(o *stream.Options) { o.MaxBatch = 5 }
		stopFirst := b.consume(step, small)
		want := numbered(600)
		b.produce(want[:300]...)
		streamtest.Wait(t, time.Minute, "the first records", func() bool { return done.Load() > 50 })
		b.consume(step, small) // joins: partitions move in mid-batch
		b.produce(want[300:]...)
		streamtest.Wait(t, time.Minute, "most records", func() bool { return done.Load() > 400 })
		stopFirst() // leaves: they move back
		b.distinct(out, want)
	})
}

func TestBrokerRestartLosesNothing(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		b := newBench(t, s)
		b.consume(stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) { return forward(r), nil }),
			func(o *stream.Options) { o.MaxBatch = 10 })
		want := numbered(400)
		b.produce(want[:200]...)
		s.RestartKafka(1, 300*time.Millisecond)
		b.produce(want[200:]...)
		b.distinct(out, want)
	})
}
