package advisor

import (
	"context"
	"sync"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/stream"
)

// retryCases is how often what could not be carried out is tried again: it waits for its partition to be ours.
const retryCases = time.Second

// cases is what this process knows of case.event, all of it: what officers said that nobody has carried out yet, and
// the confirmations that hold on every leg.
type cases struct {
	mu      sync.Mutex
	waiting []waitingCase // in the order of the topic
	done    map[string]struct{}
	always  confirmations
	changed chan struct{}
}

// waitingCase is an event and the partition of its leg, whose advisor carries it out.
type waitingCase struct {
	partition int32
	event.CaseEvent
}

func newCases() *cases {
	return &cases{done: map[string]struct{}{}, always: confirmations{}, changed: make(chan struct{}, 1)}
}

// apply takes in records of case.event. One that does not decode is nobody's word and is passed over.
func (c *cases) apply(recs []stream.Record, skipped func(stream.Record, error)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range recs {
		var e event.CaseEvent
		if err := event.Decode(append([]byte(nil), recs[i].Value...), &e); err != nil {
			skipped(recs[i], err)
			continue
		}
		switch e.Kind {
		case event.CaseConfirm, event.CaseWithdraw:
			if _, ok := c.done[e.ID]; !ok {
				c.waiting = append(c.waiting, waitingCase{recs[i].Partition, e})
			}
		case event.CaseApplied, event.CaseRefused:
			c.settle(&e)
		}
	}
	select {
	case c.changed <- struct{}{}:
	default:
	}
}

// settle notes what came of an event.
func (c *cases) settle(e *event.CaseEvent) {
	if _, again := c.done[e.ID]; again {
		return
	}
	c.done[e.ID] = struct{}{}
	kept := c.waiting[:0]
	for _, w := range c.waiting {
		if w.ID != e.ID {
			kept = append(kept, w)
		}
	}
	c.waiting = kept
	if e.Kind != event.CaseApplied || e.Person == "" || !e.Always && !e.Undone {
		return
	}
	if e.Undone {
		delete(c.always[e.Person], e.Entry)
		return
	}
	if c.always[e.Person] == nil {
		c.always[e.Person] = map[string]string{}
	}
	c.always[e.Person][e.Entry] = e.ID
}

// next returns what waits.
func (c *cases) next() []waitingCase {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]waitingCase(nil), c.waiting...)
}

// forAll returns the confirmations that hold on every leg, as they are now.
func (c *cases) forAll(person string) confirmations {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.always[person]) == 0 {
		return nil
	}
	entries := make(map[string]string, len(c.always[person]))
	for k, v := range c.always[person] {
		entries[k] = v
	}
	return confirmations{person: entries}
}

// attend carries out what officers say, until ctx ends. Only the owner of a leg's partition does; the others see what
// came of it on the topic.
func (s *Service) attend(ctx context.Context) error {
	if !s.tail.Wait(ctx) { // what was carried out before is known first
		return nil
	}
	tick := time.NewTicker(retryCases)
	defer tick.Stop()
	for {
		for _, w := range s.cases.next() {
			if err := s.carryOut(ctx, &w); err != nil && ctx.Err() == nil {
				s.deps.Log.Warn("an officer's word waits", "case", w.ID, "leg", w.Leg, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-s.cases.changed:
		case <-tick.C:
		}
	}
}

// carryOut answers one case event if its leg is ours. The partition is held meanwhile: no decision of it falls between
// the look at the ledger and the acknowledgement.
func (s *Service) carryOut(ctx context.Context, w *waitingCase) error {
	lock := s.lock(w.partition)
	lock.Lock()
	defer lock.Unlock()
	shelf := s.ledger(w.partition)
	if shelf == nil {
		return nil
	}
	now := s.deps.Now()
	adv, answer := shelf.carry(&w.CaseEvent, now)
	var outs []stream.Out
	if adv != nil {
		r, err := adv.Record("")
		if err != nil {
			return err
		}
		outs = append(outs, r)
	}
	r, err := answer.Record()
	if err != nil {
		return err
	}
	if err := s.producer.Produce(ctx, append(outs, r)...); err != nil {
		return err
	}
	if adv != nil {
		shelf.record(adv, now)
		s.metrics.changes.Inc()
	}
	s.metrics.cases.WithLabelValues(w.Kind, answer.Kind).Inc()
	s.deps.Log.Info("an officer's word", "case", w.ID, "kind", w.Kind, "leg", w.Leg, "officer", w.Officer, "came_of_it", answer.Kind)
	s.cases.mu.Lock()
	s.cases.settle(&answer)
	s.cases.mu.Unlock()
	return nil
}
