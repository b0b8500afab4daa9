package advisor

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
)

// retryCases is how often what could not be carried out is tried again: it waits for its partition to be ours.
const retryCases = time.Second

// cases is what this process knows of case.event, all of it: what officers said that nobody has carried out yet, the
// confirmations that hold on every leg, and those that were taken back.
type cases struct {
	mu        sync.Mutex
	waiting   []waitingCase // in the order of the topic
	done      map[string]struct{}
	always    map[string]confirmation // by id; in force
	withdrawn map[string]struct{}     // ids; a withdrawal may be read before what it takes back, from another partition
	swept     bool                    // what was told of every partition here has been held against what officers said as it is
	changed   chan struct{}
}

// waitingCase is an event and the partition of its leg, whose advisor carries it out.
type waitingCase struct {
	partition int32
	event.CaseEvent
}

func newCases() *cases {
	return &cases{done: map[string]struct{}{}, always: map[string]confirmation{}, withdrawn: map[string]struct{}{}, changed: make(chan struct{}, 1)}
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
	if e.Kind != event.CaseApplied {
		return
	}
	for _, id := range e.Undoes {
		c.withdrawn[id] = struct{}{}
		delete(c.always, id)
		c.swept = false
	}
	if _, gone := c.withdrawn[e.ID]; e.Always && len(e.Keys) > 0 && !gone {
		c.always[e.ID] = confirmation{id: e.ID, entry: e.Entry, documents: e.Keys}
		c.swept = false
	}
}

// next returns what waits.
func (c *cases) next() []waitingCase {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]waitingCase(nil), c.waiting...)
}

// stand puts the confirmation in force, if there is one of this very person for an entry that still matches, above what
// was decided. said are those of people on this leg.
func (c *cases) stand(a *event.Advisory, said []confirmation) {
	if id, entry := c.inForce(a, said); id != "" {
		a.Decided, a.Outcome, a.Confirmed, a.Entry = a.Outcome, travel.NoBoard, id, entry
	}
}

// inForce is the confirmation that holds for the person of a, "" when none does.
func (c *cases) inForce(a *event.Advisory, said []confirmation) (id, entry string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range said {
		s := &said[i]
		if _, gone := c.withdrawn[s.id]; !gone && s.of(a) && slices.Contains(a.Confirmable, s.entry) {
			return s.id, s.entry
		}
	}
	if a.Message.Exercise { // nobody is confirmed in a drill because of life
		return "", ""
	}
	for _, s := range c.always {
		if shared(s.documents, a.Documents) && slices.Contains(a.Confirmable, s.entry) && (id == "" || s.id < id) {
			id, entry = s.id, s.entry
		}
	}
	return id, entry
}

// behind are the ids of all confirmations that make the person of a the entry it is confirmed for.
func (c *cases) behind(a *event.Advisory) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	ids := []string{a.Confirmed}
	for id, s := range c.always {
		if s.entry == a.Entry && shared(s.documents, a.Documents) && id != a.Confirmed {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids[1:])
	return ids
}

// stale says how the advisory in force differs from what officers have said since, on another leg or of the same person as
// another carrier sends them: the confirmation to apply, or that the one it has was taken back.
func (c *cases) stale(now *current, said []confirmation) (id, entry string, withdrawn bool) {
	c.mu.Lock()
	_, gone := c.withdrawn[now.hit.Confirmed]
	c.mu.Unlock()
	if now.hit.Confirmed != "" {
		return "", "", gone
	}
	id, entry = c.inForce(now.hit, said)
	return id, entry, false
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
		if err := s.sweep(ctx); err != nil && ctx.Err() == nil {
			s.deps.Log.Warn("confirmations of every leg wait", "error", err)
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
// the look at what was told and the acknowledgement.
func (s *Service) carryOut(ctx context.Context, w *waitingCase) error {
	lock := s.lock(w.partition)
	lock.Lock()
	defer lock.Unlock()
	of := s.held(w.partition)
	if of == nil {
		return nil
	}
	now := s.deps.Now()
	adv, answer := of.carry(&w.CaseEvent, s.cases, now)
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
		of.record(adv, now)
		s.metrics.changes.Inc()
		s.unswept() // the person is told of to every carrier that sent them
	}
	s.metrics.cases.WithLabelValues(w.Kind, answer.Kind).Inc()
	s.deps.Log.Info("an officer's word", "case", w.ID, "kind", w.Kind, "leg", w.Leg, "officer", w.Officer, "came_of_it", answer.Kind)
	s.cases.mu.Lock()
	s.cases.settle(&answer)
	s.cases.mu.Unlock()
	return nil
}

// sweep holds the advisories in force in this process against what officers confirmed: whoever was, or no longer is, on
// one leg or as one carrier sends them, is told of on the others and to the others. It does nothing until one changes.
func (s *Service) sweep(ctx context.Context) error {
	s.cases.mu.Lock()
	done := s.cases.swept
	s.cases.swept = true
	s.cases.mu.Unlock()
	if done {
		return nil
	}
	s.mu.Lock()
	partitions := slices.Collect(maps.Keys(s.partitions))
	s.mu.Unlock()
	for _, p := range partitions {
		if err := s.sweepOne(ctx, p); err != nil {
			s.unswept()
			return err
		}
	}
	return nil
}

// unswept makes the next look hold what was told against the confirmations again.
func (s *Service) unswept() {
	s.cases.mu.Lock()
	s.cases.swept = false
	s.cases.mu.Unlock()
}

func (s *Service) sweepOne(ctx context.Context, partition int32) error {
	lock := s.lock(partition)
	lock.Lock()
	defer lock.Unlock()
	of := s.held(partition)
	if of == nil {
		return nil
	}
	for _, next := range of.resweep(s.cases) {
		r, err := next.Record("")
		if err != nil {
			return err
		}
		if err := s.producer.Produce(ctx, r); err != nil {
			return err
		}
		of.record(&next, s.deps.Now())
		s.metrics.changes.Inc()
	}
	return nil
}

// resweep lists the advisories that differ from what officers have said since, as they should be.
func (l told) resweep(known *cases) (changed []event.Advisory) {
	for k := range l.answers.hits {
		now, _ := l.answers.get(k)
		id, entry, withdrawn := known.stale(&now, l.said[now.hit.Leg.ID()])
		next := *now.hit
		switch {
		case withdrawn:
			now.withdraw(&next)
		case id != "" && now.confirm(&next, id, entry):
		default:
			continue
		}
		changed = append(changed, next)
	}
	return changed
}
