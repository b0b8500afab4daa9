package stream

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
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

// errTooLarge is why a record is a dead letter that leads to one which no broker takes.
var errTooLarge = errors.New("what the record leads to is larger than a record may be")

// serve is the worker of one partition: it takes what was fetched and does it, whatever becomes of other partitions.
func (c *Consumer) serve(p *part) {
	defer close(p.done)
	for {
		recs := p.take(c.opts.MaxBatch, func() { c.client.ResumeFetchPartitions(c.wire(p.key)) })
		if recs == nil {
			return
		}
		for len(recs) > 0 {
			done, err := c.handle(p, recs)
			if recs = recs[done:]; err == nil {
				continue
			}
			if !c.pause(p, len(recs), err) {
				return
			}
		}
	}
}

// handle steps recs, produces and marks. It returns how many of them are done; the first of the others failed with err.
func (c *Consumer) handle(p *part, recs []Record) (done int, err error) {
	if !p.restored {
		if err := c.opts.Restore(p.ctx, p.key.topic, p.key.partition); err != nil {
			return 0, fmt.Errorf("restore state: %w", err)
		}
		p.restored = true
	}
	start := time.Now()
	done, err = c.stepAll(p.ctx, p.key, recs)
	c.metrics.step(done, time.Since(start))
	if done > 0 {
		c.mark(p, recs[done-1])
		p.finished(recs[done:], recs[done-1].Offset)
	}
	if err == nil {
		p.failures = 0
	}
	return done, err
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
		case rejects(err):
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
			if !rejects(err) {
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
	for i := range results { // what no broker takes would be tried for ever
		if slices.ContainsFunc(results[i].Out, func(o Out) bool { return !c.opts.Config.fits(&o) }) {
			results[i] = Result{Err: Reject(fmt.Errorf("step of %s: %w", c.opts.Service, errTooLarge))}
		}
	}
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

// pause waits before the records in hand are tried again. It returns false when they are not to be tried here.
func (c *Consumer) pause(p *part, records int, why error) bool {
	pause := min(firstBackoff<<min(p.failures, 10), longestPause)
	if p.failures == 0 || pause == longestPause && p.failures%30 == 0 { // once at first, then about once a minute
		c.opts.Log.Warn("partition paused", "topic", p.key.topic, "partition", p.key.partition, "records", records,
			"error", why)
	}
	p.failures++
	p.restored = c.opts.Restore == nil
	p.held()
	c.metrics.retries.Inc()
	retry := time.NewTimer(pause)
	defer retry.Stop()
	select {
	case <-p.quit:
		return false
	case <-retry.C:
		return true
	}
}

// mark lets last and all before it be committed, unless the partition is somebody else's already.
func (c *Consumer) mark(p *part, last Record) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.lost {
		c.client.MarkCommitRecords(&kgo.Record{Topic: c.opts.Config.Prefix + last.Topic, Partition: last.Partition, Offset: last.Offset, LeaderEpoch: -1})
	}
}

func (c *Consumer) wire(key tp) map[string][]int32 {
	return map[string][]int32{c.opts.Config.Prefix + key.topic: {key.partition}}
}
