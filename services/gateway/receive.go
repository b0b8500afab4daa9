package gateway

import (
	"context"
	"errors"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
	"fairway/pkg/wire"
	"fairway/services/gateway/window"
)

// produceFor is how long a message that was taken in is offered to Kafka, long after its carrier got an answer at
// the deadline.
const produceFor = 10 * time.Minute

// errNotStored is why something was not taken in: a message whose carrier does not wait, or acknowledgements.
var errNotStored = errors.New("kafka did not acknowledge it in time")

// arrive takes in records of advisory.issued: their headers say whose they are.
func (s *Service) arrive(_ context.Context, recs []stream.Record) error {
	s.window.Add(func(yield func(window.Record) bool) {
		for i := range recs {
			r := &recs[i]
			if !yield(window.Record{Meta: event.ReadMeta(r.Headers), Key: r.Key, Value: r.Value, Partition: r.Partition, Offset: r.Offset}) {
				return
			}
		}
	})
	return nil
}

// Receive takes in one message and waits for its answer until the carrier's deadline, or only until it is stored.
func (s *Service) Receive(ctx context.Context, c *carrier, contentType, trace string, body []byte, wait bool) (*Answer, error) {
	body = wire.Mask(body) // before it is named, stored or shown to anybody
	r := event.Received{ID: event.MessageID(c.Code, body), Carrier: c.Code, Transport: "http", ContentType: contentType,
		At: s.deps.Now().UnixMilli(), Trace: trace, Body: body}
	if a := c.demand(r); a != nil {
		return a, nil
	}
	repeat := !s.window.Accept(r.ID, c.Code)
	known := s.window.Message(r.ID, c.Code)
	anew := repeat && s.stale(known, r.At)
	if !wait {
		if _, stored := s.window.Pending(r.ID, c.Code); anew || len(known) == 0 && !stored {
			if err := s.leave(ctx, c, r, repeat); err != nil {
				return nil, err
			}
		}
		a := pending(r.ID)
		a.Repeat = repeat
		return a, nil
	}
	if !repeat || anew {
		s.offer(r)
	}
	since := int64(0)
	if anew {
		since = r.At
	}
	a, err := s.await(ctx, c, r, known, since)
	if err != nil {
		return nil, err
	}
	a.Repeat = repeat
	return a, nil
}

// stale reports whether the answer to a repeated message may no longer be what is in force: it is older than it may be, and
// lists and rules change, or another message about its leg was answered since. Nobody boards on what was said before. Such a
// message is decided anew, and keeps its id.
func (s *Service) stale(known []*window.Advisory, now int64) bool {
	if s.window.Overtaken(known) {
		return true
	}
	if len(known) == 0 || s.cfg.AskAnew == 0 {
		return false
	}
	var adv event.Advisory
	newest := known[len(known)-1]
	return newest.Decode(&adv) == nil && now-adv.Message.At > s.cfg.AskAnew.Milliseconds()
}

// demand refuses a message in which a traveller has neither of the references that the carrier's programme demands: no
// answer could say whom it is about. Only such programmes pay for the look.
func (c *carrier) demand(r event.Received) *Answer {
	if !c.profile.Reference || wire.IsJSON(r.Body) {
		return nil
	}
	messages, err := wire.Decode(r.ContentType, r.Body)
	if err != nil {
		return nil // the decoder says what is wrong
	}
	before := 0 // travellers of earlier messages: findings count through the interchange
	for i := range messages {
		m := &messages[i]
		for k := range m.Travellers {
			if t := &m.Travellers[k]; m.Kind == travel.API && t.Ref == "" && t.Locator == "" && k < len(m.Places) {
				p := m.Places[k]
				notice := journey.Refuse(r, m.Kind, []travel.Finding{{Code: "reference_demanded", Severity: travel.Fault, Traveller: before + k + 1, Segment: p.Segment,
					Tag: p.Tag, Offset: p.Offset, Text: "your programme demands RFF+ABO or RFF+AVF of every traveller; nobody of the message was screened, send it again with them"}})
				notice.Message.Reference, notice.Message.Sender, notice.Message.Recipient = m.Reference, m.Sender, m.Recipient
				notice.Message.Exercise = m.Test
				notice.Leg, _ = m.ReportLeg()
				a := &Answer{Message: r.ID, profile: c.code, notice: notice}
				a.settle(0, true)
				return a
			}
		}
		before += len(m.Travellers)
	}
	return nil
}

// offer produces r in the background: the deadline holds whether or not Kafka is there, and the late answer needs the
// message to arrive all the same.
func (s *Service) offer(r event.Received) {
	leg, _ := wire.Peek(r.Body)
	s.background.Go(func() {
		ctx, cancel := context.WithTimeout(s.work, produceFor)
		defer cancel()
		if err := s.producer.Produce(ctx, r.Record(leg)); err != nil {
			s.window.Refuse(r.ID)
			s.metrics.lost.Inc()
			s.deps.Log.Error("message not produced", "message", r.ID, "carrier", r.Carrier, "error", err)
			return
		}
		s.window.Store(r.ID)
	})
}

// leave produces r for a carrier that does not wait for its answer, and returns once Kafka has acknowledged it. When it has
// not by the carrier's deadline, nothing is taken in: it may arrive all the same, and sending it again is safe.
func (s *Service) leave(ctx context.Context, c *carrier, r event.Received, repeat bool) error {
	leg, _ := wire.Peek(r.Body)
	err := s.store(ctx, c, r.Record(leg))
	if err == nil {
		s.window.Store(r.ID)
		return nil
	}
	if !repeat {
		s.window.Refuse(r.ID)
	}
	s.metrics.notStored.Inc()
	s.deps.Log.Warn("message not taken in", "message", r.ID, "carrier", r.Carrier, "error", err)
	return err
}

// store produces records and returns once Kafka has acknowledged all of them; at the carrier's deadline, or when Kafka
// refuses, it returns errNotStored. They may arrive all the same.
func (s *Service) store(ctx context.Context, c *carrier, records ...event.Record) error {
	acknowledged := make(chan error, 1)
	s.background.Go(func() { // apart: a record on its way to a broker that is gone cannot be called back
		ctx, cancel := context.WithTimeout(s.work, c.Deadline)
		defer cancel()
		acknowledged <- s.producer.Produce(ctx, records...)
	})
	deadline := time.NewTimer(c.Deadline)
	defer deadline.Stop()
	select {
	case failed := <-acknowledged:
		if failed != nil {
			return errors.Join(errNotStored, failed)
		}
		return nil
	case <-deadline.C:
		return errNotStored
	case <-ctx.Done():
		return ctx.Err()
	}
}

// await waits for r to be decided by advisories on a message received since then, and answers what is known at the
// deadline: for a message that is decided anew, what was known before.
func (s *Service) await(ctx context.Context, c *carrier, r event.Received, known []*window.Advisory, since int64) (*Answer, error) {
	wait, cancel := context.WithTimeout(ctx, c.Deadline)
	defer cancel()
	for {
		a, err := c.gather(r.ID, known, since)
		if err != nil || a.decided() {
			return a, err
		}
		// A message of a ship's people is read and put together once, not once for each of them.
		var late error
		known, late = s.window.Wait(wait, r.ID, c.Code, len(known)+a.missing, notices(known))
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case late == nil:
			continue
		case since > 0:
			return c.gather(r.ID, known, 0)
		}
		if a, err = c.gather(r.ID, known, since); err != nil || a.decided() {
			return a, err
		}
		return s.late(c, r, a), nil
	}
}

// notices counts those about the message as a whole.
func notices(known []*window.Advisory) (n int) {
	for _, adv := range known {
		if adv.Index == 0 {
			n++
		}
	}
	return n
}

// late is the answer at the deadline. What it gave is put on record: a real decision supersedes it, and is told as a change
// where it differs.
func (s *Service) late(c *carrier, r event.Received, a *Answer) *Answer {
	messages, err := wire.Decode(r.ContentType, r.Body)
	if err != nil {
		var bad *travel.DecodeError
		if errors.As(err, &bad) {
			a.notice = journey.Refuse(r, wire.Kind(r.Body), bad.Findings)
			a.settle(0, true)
		}
		return a
	}
	gave := c.unscreened(a, r, messages, journey.Gate{Departures: s.cfg.Departures, Carriers: s.cfg.Carriers})
	s.metrics.unscreened.Add(float64(len(gave)))
	s.background.Go(func() {
		ctx, cancel := context.WithTimeout(s.work, produceFor)
		defer cancel()
		records := make([]event.Record, 0, len(gave))
		for _, adv := range gave {
			rec, err := adv.Record(r.Trace)
			if err != nil {
				s.deps.Log.Error("unscreened answer not recorded", "message", r.ID, "error", err)
				continue
			}
			records = append(records, rec)
		}
		if err := s.producer.Produce(ctx, records...); err != nil {
			s.deps.Log.Error("unscreened answers not recorded", "message", r.ID, "error", err)
		}
	})
	return a
}
