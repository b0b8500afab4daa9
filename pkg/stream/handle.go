package stream

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// The headers added to a dead letter; the same keys as package event declares.
const (
	headerReason  = "fairway-dead-reason"
	headerOrigin  = "fairway-dead-origin"
	headerService = "fairway-dead-service"
	maxReason     = 512
)

// handle steps recs of one partition, produces, marks, and sets aside what must be tried again.
func (c *Consumer) handle(ctx context.Context, key tp, recs []Record) error {
	c.mu.Lock()
	p := c.parts[key]
	c.mu.Unlock()
	if p == nil {
		return nil // lost between poll and here: its new owner does it
	}
	if !p.restored {
		if err := c.opts.Restore(ctx, key.topic, key.partition); err != nil {
			c.setAside(p, key, recs, fmt.Errorf("restore state: %w", err))
			return nil
		}
		p.restored = true
	}
	start := time.Now()
	done, err := c.stepAll(ctx, key, recs)
	c.metrics.step(len(recs[:done]), time.Since(start))
	if done > 0 {
		c.mark(recs[done-1])
		c.metrics.behind(key, time.Since(recs[done-1].Time))
	}
	if err == nil {
		if p.failures > 0 {
			p.failures = 0
			c.client.ResumeFetchPartitions(c.wire(key))
		}
		return nil
	}
	if Class(err) == ClassStop {
		return err
	}
	c.setAside(p, key, recs[done:], err)
	return nil
}

// stepAll returns how many of recs are done: stepped, and all they led to acknowledged.
func (c *Consumer) stepAll(ctx context.Context, key tp, recs []Record) (done int, err error) {
	results, panicked := c.step(ctx, recs)
	if panicked != nil {
		return c.stepEach(ctx, key, recs)
	}
	outs := make([]Out, 0, len(recs)+1)
	for i := range results {
		switch err := results[i].Err; {
		case err == nil:
			outs = append(outs, results[i].Out...)
		case Class(err) == ClassReject:
			outs = append(outs, c.bury(recs[i], err)...)
		default:
			if perr := produce(ctx, &c.opts.Config, c.client, outs); perr != nil {
				return 0, perr
			}
			return i, err
		}
	}
	if err := produce(ctx, &c.opts.Config, c.client, outs); err != nil {
		return 0, err
	}
	return len(results), nil
}

// stepEach finds the record that panics by stepping one at a time, each acknowledged before the next, and buries it.
func (c *Consumer) stepEach(ctx context.Context, key tp, recs []Record) (done int, err error) {
	for i := range recs {
		if c.opts.Restore != nil { // the panic left the state anywhere
			if err := c.opts.Restore(ctx, key.topic, key.partition); err != nil {
				return i, fmt.Errorf("restore state: %w", err)
			}
		}
		results, panicked := c.step(ctx, recs[i:i+1])
		if panicked != nil {
			results = []Result{{Err: Reject(panicked)}}
		}
		outs := results[0].Out
		if err := results[0].Err; err != nil {
			if Class(err) != ClassReject {
				return i, err
			}
			outs = c.bury(recs[i], err)
		}
		if err := produce(ctx, &c.opts.Config, c.client, outs); err != nil {
			return i, err
		}
	}
	return len(recs), nil
}

// step calls the service's step and turns a panic into an error that holds no data of the record.
func (c *Consumer) step(ctx context.Context, recs []Record) (results []Result, panicked error) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		what := fmt.Sprintf("%T", v)
		if e, ok := v.(runtime.Error); ok { // the runtime's own words quote indexes and types, never contents
			what = e.Error()
		}
		panicked = fmt.Errorf("panic in %s: %s", c.opts.Service, what)
		c.metrics.panics.Inc()
		c.opts.Log.Error("step panicked", "what", what, "stack", string(debug.Stack()))
	}()
	results = c.opts.Step(ctx, recs)
	if n := len(results); n < len(recs) && (n == 0 || results[n-1].Err == nil) {
		return nil, fmt.Errorf("step of %s returned %d results for %d records", c.opts.Service, n, len(recs))
	}
	return results, nil
}

// bury returns the dead letter of r, and the answer to whoever waits for it.
func (c *Consumer) bury(r Record, reason error) []Out {
	text := reason.Error()
	if len(text) > maxReason {
		text = text[:maxReason]
	}
	origin := r.Topic + "/" + strconv.Itoa(int(r.Partition)) + "/" + strconv.FormatInt(r.Offset, 10)
	headers := append(append([]Header(nil), r.Headers...),
		Header{headerReason, []byte(text)}, Header{headerOrigin, []byte(origin)}, Header{headerService, []byte(c.opts.Service)})
	c.metrics.dead.Inc()
	c.opts.Log.Warn("dead letter", "origin", origin, "reason", text)
	outs := []Out{{Topic: c.opts.DeadTopic(r.Topic), Key: string(r.Key), Value: r.Value, Headers: headers}}
	if c.opts.OnReject != nil {
		outs = append(outs, c.opts.OnReject(r.Headers, r.Value, reason)...)
	}
	return outs
}

// setAside pauses the partition and keeps recs for a later try.
func (c *Consumer) setAside(p *part, key tp, recs []Record, why error) {
	pause := min(firstBackoff<<min(p.failures, 10), longestPause)
	if p.failures == 0 || pause == longestPause && p.failures%30 == 0 { // once at first, then about once a minute
		c.opts.Log.Warn("partition paused", "topic", key.topic, "partition", key.partition, "records", len(recs),
			"error", why)
	}
	p.failures++
	p.pending, p.retryAt = recs, time.Now().Add(pause)
	p.restored = c.opts.Restore == nil
	c.metrics.retries.Inc()
	c.client.PauseFetchPartitions(c.wire(key))
}

func (c *Consumer) mark(last Record) {
	c.client.MarkCommitRecords(&kgo.Record{Topic: c.opts.Config.Prefix + last.Topic, Partition: last.Partition, Offset: last.Offset, LeaderEpoch: -1})
}

func (c *Consumer) wire(key tp) map[string][]int32 {
	return map[string][]int32{c.opts.Config.Prefix + key.topic: {key.partition}}
}
