package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/paxlst"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
	"fairway/pkg/travel"
	"fairway/services/allinone"
)

// parcel is one message ready to be sent.
type parcel struct {
	id         string
	body       []byte
	travellers int
	leg        travel.LegID
}

// prepare makes messages ahead of time, so that making them does not disturb the measurement.
func (b *bench) prepare(travellers int) []parcel {
	var all []parcel
	for made := 0; made < travellers; {
		m := b.people.Party()
		body := paxlst.Encode(nil, &m, paxlst.EncodeOptions{})
		all = append(all, parcel{event.MessageID(allinone.DemoCarrier, body), body, len(m.Travellers), m.Legs[0].ID()})
		made += len(m.Travellers)
	}
	return all
}

// pace calls send for every parcel at the time it is due at a steady rate of travellers, whether or not earlier ones
// have been answered: an open loop, so that a stall is measured by everyone it delays.
func pace(ctx context.Context, all []parcel, rate int, send func(p *parcel, due time.Time)) {
	begin := time.Now()
	sentTravellers := 0
	for i := range all {
		due := begin.Add(time.Duration(sentTravellers) * time.Second / time.Duration(rate))
		if wait := time.Until(due); wait > 0 {
			select {
			case <-ctx.Done():
				return
			case <-time.After(wait):
			}
		}
		send(&all[i], due)
		sentTravellers += all[i].travellers
	}
}

// post measures POST-to-answer: latencies of travellers, from when their message was due to when the answer was read.
func (b *bench) post(ctx context.Context, rate int, d time.Duration) (Latency, error) {
	all := b.prepare(rate * int(d/time.Second))
	h := newHistogram()
	var mu sync.Mutex
	var wg sync.WaitGroup
	lost := 0
	b.watch.reset()
	url := "http://" + b.system.Addr + "/v1/messages"
	pace(ctx, all, rate, func(p *parcel, due time.Time) {
		b.watch.expect(p.id, p.travellers, due)
		wg.Go(func() {
			ok := b.postOne(ctx, url, p)
			took := max(1, time.Since(due).Microseconds())
			mu.Lock()
			defer mu.Unlock()
			if !ok {
				lost += p.travellers
			}
			_ = h.RecordValues(took, int64(p.travellers))
		})
	})
	wg.Wait()
	lost += b.watch.settle(ctx, 5*time.Second)
	return summarise(h, rate, lost), ctx.Err()
}

// postOne posts one message and reports whether every traveller of it was screened.
func (b *bench) postOne(ctx context.Context, url string, p *parcel) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(p.body))
	if err != nil {
		return false
	}
	req.Header.Set("Authorization", "Bearer "+allinone.DemoKey)
	req.Header.Set("Content-Type", "application/edifact")
	req.Header.Set("Accept", "application/json")
	res, err := b.client.Do(req)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	return err == nil && res.StatusCode == http.StatusOK && bytes.Contains(answer, []byte(`"status":"complete"`))
}

// kafka measures Kafka-to-Kafka: from when a message was due on message.received to its advisories.
func (b *bench) kafka(ctx context.Context, rate int, d time.Duration) (Latency, error) {
	p, err := stream.NewProducer(b.config, telemetry.Discard().Log)
	if err != nil {
		return Latency{}, err
	}
	defer p.Close()
	all := b.prepare(rate * int(d/time.Second))
	b.watch.reset()
	var wg sync.WaitGroup
	pace(ctx, all, rate, func(q *parcel, due time.Time) {
		b.watch.expect(q.id, q.travellers, due)
		wg.Go(func() { _ = p.Produce(ctx, q.record()) })
	})
	wg.Wait()
	lost := b.watch.settle(ctx, 5*time.Second)
	return b.watch.result(rate, lost), ctx.Err()
}

func (q *parcel) record() stream.Out {
	r := event.Received{ID: q.id, Carrier: allinone.DemoCarrier, Transport: "kafka", ContentType: "application/edifact",
		At: time.Now().UnixMilli(), Body: q.body}
	return r.Record(q.leg)
}

// ahead is how many travellers may be on their way in a measurement of throughput: enough to keep every stage busy,
// few enough that memory stays bounded.
const ahead = 20_000

// sustain sends as fast as advisories come back and returns how many travellers a second got theirs.
func (b *bench) sustain(ctx context.Context, d time.Duration) (perSecond, lost int, err error) {
	p, err := stream.NewProducer(b.config, telemetry.Discard().Log)
	if err != nil {
		return 0, 0, err
	}
	defer p.Close()
	b.watch.reset()
	var began time.Time
	var before int
	warm := time.Now().Add(d / 5) // the first fifth fills the pipeline and is not counted
	end := time.Now().Add(d)
	for ctx.Err() == nil && time.Now().Before(end) {
		done, expected, _ := b.watch.counts()
		if began.IsZero() && time.Now().After(warm) {
			began, before = time.Now(), done
		}
		if expected-done > ahead {
			time.Sleep(time.Millisecond)
			continue
		}
		all := b.prepare(1000)
		outs := make([]stream.Out, len(all))
		for i := range all {
			b.watch.expect(all[i].id, all[i].travellers, time.Now())
			outs[i] = all[i].record()
		}
		if err := p.Produce(ctx, outs...); err != nil {
			return 0, 0, err
		}
	}
	done, _, _ := b.watch.counts()
	perSecond = int(float64(done-before) / time.Since(began).Seconds())
	return perSecond, b.watch.settle(ctx, 10*time.Second), ctx.Err()
}
