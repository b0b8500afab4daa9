package allinone_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/event"
	"fairway/pkg/paxlst"
	"fairway/pkg/population"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
	"fairway/pkg/travel"
)

// traffic sends messages, half by HTTP and half by Kafka, and holds what comes out against what went in.
type traffic struct {
	t        *testing.T
	sys      *system
	producer *stream.Producer
	people   *population.Population

	mu      sync.Mutex
	sent    map[string]int              // message → travellers
	got     map[string][]event.Advisory // traveller event id → every advisory about it
	current map[string][]event.Advisory // leg and person → every advisory about it
	answers map[string]int              // HTTP status and answer's status → count
	posts   sync.WaitGroup
}

func newTraffic(t *testing.T, sys *system, seed uint64) *traffic {
	t.Helper()
	tr := &traffic{t: t, sys: sys, people: population.New(seed, time.Now().UTC()), sent: map[string]int{},
		got: map[string][]event.Advisory{}, current: map[string][]event.Advisory{}, answers: map[string]int{}}
	var err error
	log := slog.New(slog.DiscardHandler)
	if tr.producer, err = stream.NewProducer(sys.stack.Kafka, log); err != nil {
		t.Fatal(err)
	}
	tail, err := stream.NewTail(stream.TailOptions{Config: sys.stack.Kafka, Topic: event.TopicAdvisory, Log: log, Each: tr.each})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = tail.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-done; tr.producer.Close() })
	return tr
}

func (tr *traffic) each(_ context.Context, recs []stream.Record) error {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	for i := range recs {
		var a event.Advisory
		if err := event.Decode(slices.Clone(recs[i].Value), &a); err != nil {
			return err
		}
		if a.Kind == event.KindMessage {
			continue
		}
		id := event.TravellerID(a.Message.ID, a.Index)
		tr.got[id] = append(tr.got[id], a)
		if a.Version > 0 {
			place := string(a.Leg.ID()) + "/" + a.Person
			tr.current[place] = append(tr.current[place], a)
		}
	}
	return nil
}

// send sends one new message; every second one by HTTP.
func (tr *traffic) send(n int) {
	m := tr.people.Party()
	body := paxlst.Encode(nil, &m, paxlst.EncodeOptions{})
	id := event.MessageID(testCarrier, body)
	tr.mu.Lock()
	tr.sent[id] = len(m.Travellers)
	tr.mu.Unlock()
	if n%2 == 0 {
		tr.post(body)
		return
	}
	tr.produce(body, m.Legs[0].ID())
}

func (tr *traffic) produce(body []byte, leg travel.LegID) {
	r := event.Received{ID: event.MessageID(testCarrier, body), Carrier: testCarrier, Transport: "kafka", At: time.Now().UnixMilli(), Body: body}
	tr.posts.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := tr.producer.Produce(ctx, r.Record(leg)); err != nil {
			tr.t.Errorf("produce: %v", err)
		}
	})
}

// post posts a message until the gateway takes it, as a carrier would.
func (tr *traffic) post(body []byte) {
	tr.posts.Go(func() {
		for range 100 {
			key, err := tr.postOnce(body)
			if err == nil {
				tr.mu.Lock()
				tr.answers[key]++
				tr.mu.Unlock()
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		tr.t.Error("the gateway never took a message")
	})
}

func (tr *traffic) postOnce(body []byte) (string, error) {
	req, err := http.NewRequest(http.MethodPost, "http://"+tr.sys.http+"/v1/messages", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	req.Header.Set("Authorization", "Bearer "+testKey)
	req.Header.Set("Accept", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return "", err
	}
	var a struct {
		Status string `json:"status"`
		Repeat bool   `json:"repeat"`
	}
	if err := json.Unmarshal(b, &a); err != nil {
		return "", err
	}
	key := fmt.Sprintf("%d %s", res.StatusCode, a.Status)
	if a.Repeat {
		key += " repeat"
	}
	return key, nil
}

// steady sends a message every interval while f runs.
func (tr *traffic) steady(interval time.Duration, f func()) {
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(interval)
		defer tick.Stop()
		for n := 0; ; n++ {
			select {
			case <-tick.C:
				tr.send(n)
			case <-stop:
				return
			}
		}
	}()
	f()
	close(stop)
	<-done
}

// check waits until every traveller has a screened advisory, and finds anything that contradicts.
func (tr *traffic) check() {
	tr.t.Helper()
	tr.posts.Wait()
	var missing []string
	streamtest.Wait(tr.t, 90*time.Second, "every traveller's advisory", func() bool { missing = tr.missing(); return len(missing) == 0 })
	tr.mu.Lock()
	defer tr.mu.Unlock()
	for place, all := range tr.current {
		byVersion := map[int]event.Advisory{}
		for _, a := range all {
			if old, ok := byVersion[a.Version]; ok && (old.Outcome != a.Outcome || old.Decision != a.Decision) {
				tr.t.Errorf("%s: version %d is %s and %s", place[:20], a.Version, old.Outcome, a.Outcome)
			}
			byVersion[a.Version] = a
		}
		for v := range slices.Max(slices.Collect(maps.Keys(byVersion))) {
			if _, ok := byVersion[v+1]; !ok {
				tr.t.Errorf("%s: version %d is missing", place[:20], v+1)
			}
		}
	}
	for id := range tr.got {
		message, _, _ := strings.Cut(id, "/")
		if _, ok := tr.sent[message]; !ok {
			tr.t.Errorf("an advisory about a message that nobody sent: %s", id)
		}
	}
	tr.t.Logf("%d messages, %d travellers, answers %v", len(tr.sent), len(tr.got), tr.answers)
}

func (tr *traffic) missing() (ids []string) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	for message, n := range tr.sent {
		for i := range n {
			id := event.TravellerID(message, i+1)
			if !slices.ContainsFunc(tr.got[id], func(a event.Advisory) bool { return !a.Unscreened }) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

func TestKilledServicesLoseNothing(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		sys := startSystem(t, s, everyService()...)
		tr := newTraffic(t, sys, 1)
		tr.steady(5*time.Millisecond, func() {
			for _, name := range []string{"decoder", "enricher", "scorer", "advisor", "curator"} {
				time.Sleep(300 * time.Millisecond)
				sys.kill(name)
				time.Sleep(100 * time.Millisecond)
				sys.start(name, name)
			}
			time.Sleep(500 * time.Millisecond)
		})
		tr.check()
	})
}

func TestKilledGatewayLosesNothingItAccepted(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		sys := startSystem(t, s, everyService()...)
		tr := newTraffic(t, sys, 2)
		tr.steady(5*time.Millisecond, func() {
			time.Sleep(500 * time.Millisecond)
			sys.kill("gateway")
			time.Sleep(200 * time.Millisecond)
			sys.start("gateway", "gateway")
			sys.waitReady("gateway")
			time.Sleep(300 * time.Millisecond)
		})
		tr.check()
	})
}

func TestRebalanceInMidBatch(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		sys := startSystem(t, s, everyService()...)
		tr := newTraffic(t, sys, 3)
		tr.steady(5*time.Millisecond, func() {
			for _, name := range []string{"decoder", "enricher", "scorer", "advisor"} {
				sys.start(name+"-2", name)
			}
			time.Sleep(2 * time.Second)
			for _, name := range []string{"advisor", "scorer"} {
				sys.kill(name + "-2")
			}
			time.Sleep(500 * time.Millisecond)
		})
		tr.check()
	})
}

func TestBrokerRestartUnderLoad(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		sys := startSystem(t, s, everyService()...)
		tr := newTraffic(t, sys, 4)
		tr.steady(10*time.Millisecond, func() {
			time.Sleep(500 * time.Millisecond)
			s.RestartKafka(1, 300*time.Millisecond)
			time.Sleep(time.Second)
		})
		tr.check()
	})
}

func TestBrokerLostUnderLoad(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		if !s.Real || len(s.Kafka.Brokers) < 3 {
			t.Skip("needs three real brokers: deploy/realstack/up -brokers 3")
		}
		sys := startSystem(t, s, everyService()...)
		tr := newTraffic(t, sys, 5)
		tr.steady(20*time.Millisecond, func() {
			time.Sleep(time.Second)
			start := s.KillKafka(3) // not the controller: there is one in this stack
			time.Sleep(5 * time.Second)
			start()
			time.Sleep(time.Second)
		})
		tr.check()
	})
}

func TestRedisGoneAndBack(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		sys := startSystem(t, s, everyService()...)
		tr := newTraffic(t, sys, 6)
		for n := range 20 {
			tr.send(n)
		}
		tr.posts.Wait()
		start := s.StopRedis()
		for n := range 20 {
			tr.send(n)
		}
		tr.posts.Wait()
		tr.mu.Lock()
		partial := tr.answers["200 partial"]
		tr.mu.Unlock()
		if partial != 10 {
			t.Errorf("while Redis was away %d of 10 requests were answered at the deadline: %v", partial, tr.answers)
		}
		start()
		tr.check()
		unscreened := 0
		for _, all := range tr.got {
			for _, a := range all {
				if a.Unscreened {
					unscreened++
					if a.Outcome != travel.Hold {
						t.Errorf("the deadline gave %s, the carrier's default is hold", a.Outcome)
					}
				}
			}
		}
		if unscreened == 0 {
			t.Error("no answer of the deadline is on record")
		}
	})
}

func TestPoisonIsBuriedAndAnswered(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		sys := startSystem(t, s, everyService()...)
		tr := newTraffic(t, sys, 7)
		for _, topic := range []string{event.TopicPresented, event.TopicEnriched, event.TopicScored} {
			meta := event.Meta{Message: "poison-" + topic, Carrier: testCarrier, Index: 1, Of: 1, Received: time.Now().UnixMilli()}
			out := stream.Out{Topic: topic, Key: "ZX-1-DXB-2026-10-05", Value: []byte(`{"v":1,"leg":`), Headers: meta.Headers()}
			if err := tr.producer.Produce(t.Context(), out); err != nil {
				t.Fatal(err)
			}
		}
		for n := range 20 {
			tr.send(n)
		}
		streamtest.Wait(t, 30*time.Second, "answers to the poison", func() bool {
			tr.mu.Lock()
			defer tr.mu.Unlock()
			for _, topic := range []string{event.TopicPresented, event.TopicEnriched, event.TopicScored} {
				all := tr.got["poison-"+topic+"/1"]
				if len(all) == 0 || all[0].Outcome != travel.Failed {
					return false
				}
				tr.sent["poison-"+topic] = 1
			}
			return true
		})
		tr.check()
	})
}

func TestDuplicatesAreAnsweredAlikeAndScoredOnce(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		sys := startSystem(t, s, everyService()...)
		tr := newTraffic(t, sys, 8)
		m := tr.people.Party()
		body := paxlst.Encode(nil, &m, paxlst.EncodeOptions{})
		tr.sent[event.MessageID(testCarrier, body)] = len(m.Travellers)
		for range 5 { // at once
			tr.post(body)
		}
		tr.posts.Wait()
		tr.post(body) // and later
		tr.posts.Wait()
		tr.produce(body, m.Legs[0].ID()) // and by the other way
		tr.posts.Wait()
		tr.check()
		if want := map[string]int{"200 complete": 1, "200 complete repeat": 5}; !maps.Equal(tr.answers, want) {
			t.Errorf("got %v, want %v", tr.answers, want)
		}
		for _, all := range tr.current {
			for _, a := range all {
				if a.Version != 1 {
					t.Errorf("a duplicate made version %d", a.Version)
				}
			}
		}
	})
}
