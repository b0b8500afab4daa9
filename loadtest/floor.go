package main

import (
	"context"
	"encoding/binary"
	"strconv"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
	"golang.org/x/sync/errgroup"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
)

// floor is four relays that do no work over a chain of five topics on the same broker, with records of the same sizes
// and contents as the pipeline's: what the broker and the client cost by themselves.
type floor struct {
	config  stream.Config
	samples [5][][]byte // values as seen on each topic of the pipeline
	mu      sync.Mutex
	h       *hdrhistogram.Histogram
	done    int
	cancel  context.CancelFunc
	group   *errgroup.Group
}

const samplesKept = 2000

var chain = [5]string{event.TopicReceived, event.TopicPresented, event.TopicEnriched, event.TopicScored, event.TopicAdvisory}

// sample reads what the pipeline has just put on its topics.
func (b *bench) sample(ctx context.Context) (samples [5][][]byte, err error) {
	for i, topic := range chain {
		for p := range b.config.Partitions {
			left := samplesKept / b.config.Partitions
			// Each reader stops by an error of its own once it has enough.
			err := stream.ReadPartition(ctx, b.config, topic, int32(p), time.Time{}, func(r stream.Record) error {
				if left--; left < 0 {
					return errEnough
				}
				samples[i] = append(samples[i], append([]byte(nil), r.Value...))
				return nil
			}, telemetry.Discard().Log)
			if err != nil && !isEnough(err) {
				return samples, err
			}
		}
	}
	return samples, nil
}

func (f *floor) topic(i int) string { return "floor" + strconv.Itoa(i) }

// value is a sampled value of stage i with the time it was due in front.
func (f *floor) value(i, n int, due int64) []byte {
	s := f.samples[i][n%len(f.samples[i])]
	v := make([]byte, 8, 8+len(s))
	binary.BigEndian.PutUint64(v, uint64(due))
	return append(v, s[:max(0, len(s)-8)]...)
}

func (b *bench) startFloor(ctx context.Context, samples [5][][]byte) (*floor, error) {
	f := &floor{config: b.config, samples: samples, h: newHistogram()}
	var topics []stream.Topic
	for i := range chain {
		topics = append(topics, stream.Topic{Name: f.topic(i)})
	}
	if err := stream.EnsureTopics(ctx, f.config, topics, telemetry.Discard().Log); err != nil {
		return nil, err
	}
	ctx, f.cancel = context.WithCancel(ctx)
	f.group = new(errgroup.Group)
	var consumers []*stream.Consumer
	for i := range len(chain) - 1 {
		c, err := stream.NewConsumer(stream.Options{Config: f.config, Group: "floor" + strconv.Itoa(i), Service: "floor",
			Topics: []string{f.topic(i)}, DeadTopic: event.Dead, Log: telemetry.Discard().Log,
			Step: stream.Each(func(_ context.Context, r stream.Record) ([]stream.Out, error) {
				due := int64(binary.BigEndian.Uint64(r.Value))
				return []stream.Out{{Topic: f.topic(i + 1), Key: string(r.Key), Value: f.value(i+1, int(due), due), Headers: r.Headers}}, nil
			})})
		if err != nil {
			return nil, err
		}
		consumers = append(consumers, c)
		f.group.Go(func() error { return c.Run(ctx) })
	}
	tail, err := stream.NewTail(stream.TailOptions{Config: f.config, Topic: f.topic(len(chain) - 1), Log: telemetry.Discard().Log, Each: f.arrive})
	if err != nil {
		return nil, err
	}
	f.group.Go(func() error { return tail.Run(ctx) })
	tail.Wait(ctx)
	for _, c := range consumers {
		for c.Ready() != nil && ctx.Err() == nil {
			time.Sleep(5 * time.Millisecond)
		}
	}
	return f, nil
}

func (f *floor) arrive(_ context.Context, recs []stream.Record) error {
	now := time.Now().UnixNano()
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range recs {
		due := int64(binary.BigEndian.Uint64(recs[i].Value))
		_ = f.h.RecordValue(max(1, (now-due)/1000))
		f.done++
	}
	return nil
}

func (f *floor) stop() {
	f.cancel()
	_ = f.group.Wait()
}

func (f *floor) reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.h, f.done = newHistogram(), 0
}

func (f *floor) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.done
}

func (f *floor) record(n int, due time.Time) stream.Out {
	h := event.Meta{Message: "00000000000000000000000000000000", Carrier: "DEMO", Index: 1, Of: 1, Received: due.UnixMilli()}.Headers()
	return stream.Out{Topic: f.topic(0), Key: "leg" + strconv.Itoa(n%400), Value: f.value(0, n, due.UnixNano()), Headers: h}
}

// latency measures the floor at a rate, in the same open loop.
func (f *floor) latency(ctx context.Context, rate int, d time.Duration) (Latency, error) {
	p, err := stream.NewProducer(f.config, telemetry.Discard().Log)
	if err != nil {
		return Latency{}, err
	}
	defer p.Close()
	n := rate * int(d/time.Second)
	all := make([]parcel, n)
	for i := range all {
		all[i].travellers = 1
	}
	f.reset()
	var wg sync.WaitGroup
	i := 0
	pace(ctx, all, rate, func(_ *parcel, due time.Time) {
		r := f.record(i, due)
		i++
		wg.Go(func() { _ = p.Produce(ctx, r) })
	})
	wg.Wait()
	for end := time.Now().Add(5 * time.Second); f.count() < n && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return summarise(f.h, rate, n-f.done), ctx.Err()
}

// sustain measures the most the floor carries, with the same bound on what is on its way.
func (f *floor) sustain(ctx context.Context, d time.Duration) (int, error) {
	p, err := stream.NewProducer(f.config, telemetry.Discard().Log)
	if err != nil {
		return 0, err
	}
	defer p.Close()
	f.reset()
	var began time.Time
	before, sent := 0, 0
	warm, end := time.Now().Add(d/5), time.Now().Add(d)
	for ctx.Err() == nil && time.Now().Before(end) {
		done := f.count()
		if began.IsZero() && time.Now().After(warm) {
			began, before = time.Now(), done
		}
		if sent-done > ahead {
			time.Sleep(time.Millisecond)
			continue
		}
		outs := make([]stream.Out, 1000)
		for i := range outs {
			outs[i] = f.record(sent+i, time.Now())
		}
		sent += len(outs)
		if err := p.Produce(ctx, outs...); err != nil {
			return 0, err
		}
	}
	return int(float64(f.count()-before) / time.Since(began).Seconds()), ctx.Err()
}
