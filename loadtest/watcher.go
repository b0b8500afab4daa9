package main

import (
	"context"
	"sync"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
	"fairway/pkg/travel"
)

// watcher reads every advisory and holds it against what was sent: nothing may be missing, nothing may contradict.
type watcher struct {
	mu       sync.Mutex
	sent     map[string]sent    // message id → when it was due
	seen     map[string]advised // traveller id → the advisory seen
	latency  *hdrhistogram.Histogram
	done     int // travellers with a screened advisory
	expected int
	contrary int
	cancel   context.CancelFunc
}

type sent struct {
	due        time.Time
	travellers int
}

type advised struct {
	version int
	outcome travel.Outcome
}

func newHistogram() *hdrhistogram.Histogram { return hdrhistogram.New(1, 60_000_000, 3) } // µs up to a minute

func watch(ctx context.Context, c stream.Config) (*watcher, error) {
	w := &watcher{sent: map[string]sent{}, seen: map[string]advised{}, latency: newHistogram()}
	tail, err := stream.NewTail(stream.TailOptions{Config: c, Topic: event.TopicAdvisory, Each: w.each, Log: telemetry.Discard().Log})
	if err != nil {
		return nil, err
	}
	ctx, w.cancel = context.WithCancel(ctx)
	go func() { _ = tail.Run(ctx) }()
	tail.Wait(ctx)
	return w, nil
}

func (w *watcher) stop() {
	if w != nil {
		w.cancel()
	}
}

// expect notes that a message of n travellers is sent, and was due at a time that does not depend on the system.
func (w *watcher) expect(id string, n int, due time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent[id] = sent{due, n}
	w.expected += n
}

func (w *watcher) each(_ context.Context, recs []stream.Record) error {
	now := time.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range recs {
		var a event.Advisory
		if err := event.Decode(recs[i].Value, &a); err != nil {
			return err
		}
		s, mine := w.sent[string([]byte(a.Message.ID))]
		if !mine || a.Kind != event.KindTraveller || a.Unscreened {
			continue
		}
		id := event.TravellerID(a.Message.ID, a.Index)
		old, again := w.seen[id]
		if again && a.Version == old.version && a.Outcome != old.outcome {
			w.contrary++
		}
		if again {
			continue
		}
		w.seen[id] = advised{a.Version, travel.Outcome(string([]byte(a.Outcome)))}
		w.done++
		_ = w.latency.RecordValue(max(1, now.Sub(s.due).Microseconds()))
	}
	return nil
}

// reset forgets what was measured and counted so far.
func (w *watcher) reset() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent, w.seen, w.latency = map[string]sent{}, map[string]advised{}, newHistogram()
	w.done, w.expected = 0, 0
}

func (w *watcher) counts() (done, expected, contrary int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.done, w.expected, w.contrary
}

// settle waits until everything expected has arrived, or nothing more does for a while, and returns what is missing.
func (w *watcher) settle(ctx context.Context, patience time.Duration) (missing int) {
	last, since := -1, time.Now()
	for {
		done, expected, _ := w.counts()
		if done >= expected || ctx.Err() != nil {
			return max(0, expected-done)
		}
		if done != last {
			last, since = done, time.Now()
		}
		if time.Since(since) > patience {
			return expected - done
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func (w *watcher) result(rate, lost int) Latency {
	w.mu.Lock()
	defer w.mu.Unlock()
	return summarise(w.latency, rate, lost)
}

func summarise(h *hdrhistogram.Histogram, rate, lost int) Latency {
	ms := func(q float64) float64 { return float64(h.ValueAtQuantile(q)) / 1000 }
	return Latency{Rate: rate, P50: ms(50), P99: ms(99), P999: ms(99.9), Lost: lost}
}
