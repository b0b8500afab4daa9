package stream

import (
	"bytes"
	"context"
	"testing"
	"time"
)

func records(from int64, n, size int) []Record {
	recs := make([]Record, n)
	for i := range recs {
		recs[i] = Record{Topic: "t", Offset: from + int64(i), Value: bytes.Repeat([]byte("x"), size), Time: time.Unix(1000+from+int64(i), 0)}
	}
	return recs
}

// TestQueueIsBounded: fetching is paused before the queue is over its bounds by more than one poll, for records and for
// bytes, and resumed when half of it is taken; order is kept and nothing is left.
func TestQueueIsBounded(t *testing.T) {
	for _, size := range []int{1, 10_000} {
		p := newPart(t.Context(), tp{"t", 0}, true)
		paused, pauses, next, taken := false, 0, int64(0), int64(0)
		take := func() {
			for _, r := range p.take(50, func() { paused = false }) {
				if r.Offset != taken {
					t.Fatalf("took %d, want %d", r.Offset, taken)
				}
				taken++
			}
		}
		for round := range 2 {
			for !paused && next < 10_000 {
				p.offer(records(next, 100, size), 10_000, func() { paused = true; pauses++ })
				next += 100
			}
			if held := next - taken; held > queueRecords || held*int64(size) > queueBytes+100*int64(size) {
				t.Errorf("round %d: %d records of %d bytes lie ready", round, held, size)
			}
			for paused {
				take()
			}
			if held := next - taken; held*2 > queueRecords || held*2*int64(size) > queueBytes || held == 0 {
				t.Errorf("round %d: fetching goes on with %d records of %d bytes", round, held, size)
			}
		}
		for taken < next {
			take()
		}
		if pauses != 2 || p.bytes != 0 {
			t.Errorf("paused %d times, %d bytes are left", pauses, p.bytes)
		}
	}
}

func TestWhatAPartitionTells(t *testing.T) {
	p := newPart(t.Context(), tp{"t", 0}, true)
	now := time.Unix(1100, 0)
	check := func(what string, behind time.Duration, lag int64) {
		t.Helper()
		if s := p.state(now); s.behind != behind || s.lag != lag {
			t.Errorf("%s: behind %s, lag %d; want %s, %d", what, s.behind, s.lag, behind, lag)
		}
	}
	check("nothing fetched", 0, 0)
	p.offer(records(0, 5, 1), 20, func() {})
	check("fetched", 100*time.Second, 20)
	batch := p.take(3, func() {})
	check("in hand", 100*time.Second, 20)
	p.finished(batch[2:], 1)
	check("two done", 98*time.Second, 18)
	p.held()
	if s := p.state(time.Now().Add(time.Minute)); s.waiting < time.Minute || s.busy < time.Minute {
		t.Errorf("waits %s, is at it for %s", s.waiting, s.busy)
	}
	p.finished(nil, 2)
	check("three done", 97*time.Second, 17)
	if s := p.state(time.Now().Add(time.Minute)); s.waiting != 0 || s.busy != 0 {
		t.Errorf("waits %s, is at it for %s with nothing in hand", s.waiting, s.busy)
	}
}

// TestStopLetsNoOtherBatchBegin: neither what lies ready is taken afterwards, nor what is offered.
func TestStopLetsNoOtherBatchBegin(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p := newPart(ctx, tp{"t", 0}, true)
	if !p.offer(records(0, 5, 1), 5, func() {}) || p.offer(records(5, 5, 1), 10, func() {}) {
		t.Error("one worker is started, by the first offer")
	}
	p.stop(false)
	if p.offer(records(10, 5, 1), 15, func() {}) || p.take(3, func() {}) != nil {
		t.Error("went on after it was stopped")
	}
	idle := newPart(ctx, tp{"t", 1}, true)
	idle.stop(false)
	<-idle.done // no worker: nobody else would close it
}
