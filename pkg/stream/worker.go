package stream

import (
	"context"
	"sync"
	"time"
)

// What may lie ready for the worker of one partition before its fetching is paused: enough that it never waits, little
// enough that a partition that is held up costs a bounded amount of memory.
const (
	queueRecords = 2000
	queueBytes   = 8 << 20
)

// part is one assigned partition: what was fetched of it, and the worker that steps it.
type part struct {
	key    tp
	ctx    context.Context // of the batch in hand; ends when the batch must be given up
	cancel context.CancelFunc
	wake   chan struct{} // holds one token when there may be something to do
	quit   chan struct{} // closed when no other batch may begin
	done   chan struct{} // closed when the worker has ended

	restored bool // state is in step with what was acknowledged; only the worker touches it
	failures int  // in a row; only the worker touches it

	mu      sync.Mutex // guards what follows
	started bool       // there is a worker
	stopped bool       // quit is closed
	lost    bool       // belongs to somebody else already: nothing of it is marked
	queue   []Record   // fetched and not taken
	bytes   int        // of the queue
	paused  bool       // fetching is, until the queue is half empty
	oldest  time.Time  // of the first record in hand; zero when there is none
	since   time.Time  // when the batch in hand was taken
	waiting time.Time  // when its first try failed; zero when it has not
	next    int64      // offset after the last record done
	end     int64      // offset after the last record there is, as of the last fetch
}

func newPart(ctx context.Context, key tp, restored bool) *part {
	p := &part{key: key, wake: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}), restored: restored, next: -1}
	p.ctx, p.cancel = context.WithCancel(ctx)
	return p
}

// offer adds recs, which follow what was offered before, to the queue. It reports whether a worker must be started.
func (p *part) offer(recs []Record, end int64, pause func()) (start bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next < 0 {
		p.next = recs[0].Offset
	}
	p.queue, p.end = append(p.queue, recs...), end
	for i := range recs {
		p.bytes += len(recs[i].Value)
	}
	if !p.paused && (len(p.queue) >= queueRecords || p.bytes >= queueBytes) {
		p.paused = true
		pause()
	}
	p.rouse()
	start, p.started = !p.started, true
	return start
}

func (p *part) rouse() {
	select {
	case p.wake <- struct{}{}:
	default: // there is a token
	}
}

// take waits for records and returns at most n of them, in order; none when the worker must end.
func (p *part) take(n int, resume func()) []Record {
	for {
		select {
		case <-p.quit:
			return nil
		case <-p.wake:
		}
		p.mu.Lock()
		if len(p.queue) == 0 || p.stopped {
			p.mu.Unlock()
			continue
		}
		n = min(n, len(p.queue))
		batch := p.queue[:n:n]
		if p.queue = p.queue[n:]; len(p.queue) == 0 {
			p.queue = nil
		} else {
			p.rouse()
		}
		for i := range batch {
			p.bytes -= len(batch[i].Value)
		}
		p.oldest, p.since, p.waiting = batch[0].Time, time.Now(), time.Time{}
		if p.paused && len(p.queue) <= queueRecords/2 && p.bytes <= queueBytes/2 {
			p.paused = false
			resume()
		}
		p.mu.Unlock()
		return batch
	}
}

// finished notes what is left of the batch in hand, whose last done record has offset last.
func (p *part) finished(left []Record, last int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next = last + 1
	p.oldest, p.since, p.waiting = time.Time{}, time.Now(), time.Time{}
	if len(left) > 0 {
		p.oldest = left[0].Time
	}
}

// held notes that the batch in hand is waiting for something that is away.
func (p *part) held() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.waiting.IsZero() {
		p.waiting = time.Now()
	}
}

// stop lets no other batch begin. With lost, nothing more is marked either.
func (p *part) stop(lost bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lost = p.lost || lost
	if p.stopped {
		return
	}
	p.stopped = true
	close(p.quit)
	if !p.started {
		p.started = true
		close(p.done)
	}
}

// state is what a metric or a probe wants to know of a partition.
type state struct {
	behind  time.Duration // age of the oldest record not done
	lag     int64         // records not done, as of the last fetch
	busy    time.Duration // how long the batch in hand has been worked on
	waiting time.Duration // how long it has been waiting for something that is away
}

func (p *part) state(now time.Time) (s state) {
	p.mu.Lock()
	defer p.mu.Unlock()
	oldest := p.oldest
	if oldest.IsZero() && len(p.queue) > 0 {
		oldest = p.queue[0].Time
	}
	if !oldest.IsZero() {
		s.behind = max(0, now.Sub(oldest))
	}
	if p.next >= 0 {
		s.lag = max(0, p.end-p.next)
	}
	if !p.oldest.IsZero() {
		s.busy = now.Sub(p.since)
	}
	if !p.waiting.IsZero() {
		s.waiting = now.Sub(p.waiting)
	}
	return s
}
