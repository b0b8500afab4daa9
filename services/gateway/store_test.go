package gateway

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/twmb/franz-go/pkg/kfake"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
)

// produces gives an offline gateway a producer of its own, for brokers.
func (s *Service) produces(t *testing.T, c stream.Config) *Service {
	t.Helper()
	kafka, err := stream.NewProducer(c, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s.producer = kafka
	s.work, s.cancelWork = context.WithCancel(context.Background())
	for _, c := range s.carriers {
		c.Deadline = 300 * time.Millisecond
	}
	t.Cleanup(func() {
		defer s.producer.Close()
		drained := make(chan struct{})
		go func() { s.drain(); close(drained) }()
		select {
		case <-drained:
		case <-time.After(30 * time.Second):
			t.Error("what is on its way to Kafka holds up the end")
		}
	})
	return s
}

// nobody is a broker's address where none is.
func nobody(t *testing.T) stream.Config {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c := stream.DefaultConfig(event.BigTopics())
	c.Brokers = []string{l.Addr().String()}
	return c
}

// TestNothingIsTakenInWithoutKafka holds that a carrier that does not wait is never told that its message was taken in when
// it was not, and that nothing remembers it.
func TestNothingIsTakenInWithoutKafka(t *testing.T) { synctest.Test(t, nothingIsTakenInWithoutKafka) }

func nothingIsTakenInWithoutKafka(t *testing.T) {
	s := offline(t, new(bytes.Buffer)).produces(t, nobody(t))
	const body = `{"reference":"TN1"}`
	id := event.MessageID("ZX", []byte(body))
	for n := range 2 { // the second is not taken for a repeat
		w := ask(s, "POST", "/v1/messages?wait=0", "key-ZX", "", body)
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), `"code":"not_stored"`) {
			t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
		}
		if w := ask(s, "GET", "/v1/messages/"+id, "key-ZX", "", ""); w.Code != http.StatusNotFound {
			t.Errorf("asked for it: %d %s", w.Code, w.Body)
		}
		if got := testutil.ToFloat64(s.metrics.notStored); got != float64(n+1) || !s.window.Accept(id, "ZX") {
			t.Errorf("counted %v, or it is remembered", got)
		}
		s.window.Refuse(id) // as it was
	}
}

// TestABrokerThatGoesAway holds the same when Kafka was there, so that a record may be on its way that nobody can call back.
func TestABrokerThatGoesAway(t *testing.T) {
	t.Parallel()
	cluster := kfake.MustCluster(kfake.NumBrokers(1), kfake.SeedTopics(1, event.TopicReceived))
	c := stream.DefaultConfig(event.BigTopics())
	c.Brokers = cluster.ListenAddrs()
	s := offline(t, new(bytes.Buffer)).produces(t, c)
	s.carriers[0].Deadline = 30 * time.Second
	if w := ask(s, "POST", "/v1/messages?wait=0", "key-ZX", "", `{"reference":"TN1"}`); w.Code != http.StatusAccepted {
		t.Errorf("there: %d %s", w.Code, w.Body)
	}
	cluster.Close()
	s.carriers[0].Deadline = 300 * time.Millisecond
	if w := ask(s, "POST", "/v1/messages?wait=0", "key-ZX", "", `{"reference":"TN2"}`); w.Code != http.StatusServiceUnavailable {
		t.Errorf("gone: %d %s", w.Code, w.Body)
	}
}

// TestARepeatIsNotTakenInEither holds the same for a message that another request offers to Kafka at that time.
func TestARepeatIsNotTakenInEither(t *testing.T) { synctest.Test(t, aRepeatIsNotTakenInEither) }

func aRepeatIsNotTakenInEither(t *testing.T) {
	s := offline(t, new(bytes.Buffer)).produces(t, nobody(t))
	const body = `{"reference":"TN1"}`
	id := event.MessageID("ZX", []byte(body))
	s.window.Accept(id, "ZX")
	if w := ask(s, "POST", "/v1/messages?wait=0", "key-ZX", "", body); w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if known, _ := s.window.Pending(id, "ZX"); !known {
		t.Error("the other request lost its message")
	}
	s.window.Store(id) // now Kafka has it, and nobody need be asked
	if w := ask(s, "POST", "/v1/messages?wait=0", "key-ZX", "", body); w.Code != http.StatusAccepted {
		t.Errorf("stored: %d %s", w.Code, w.Body)
	}
}

// TestWhatIsTakenInIsStored holds that 202 means that the message lies on its topic.
func TestWhatIsTakenInIsStored(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, stack *streamtest.Stack) {
		stack.CreateTopics(t)
		s := offline(t, new(bytes.Buffer)).produces(t, stack.Kafka)
		for _, c := range s.carriers {
			c.Deadline = 30 * time.Second
		}
		const body = `{"reference":"TN1"}`
		id := event.MessageID("ZX", []byte(body))
		w := ask(s, "POST", "/v1/messages?wait=0", "key-ZX", "", body)
		if w.Code != http.StatusAccepted || !strings.Contains(w.Body.String(), `"status":"pending"`) {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		found := 0
		err := stream.ReadTopic(t.Context(), stack.Kafka, event.TopicReceived, time.Time{}, func(r stream.Record) error {
			if string(r.Value) == body && event.Lookup(r.Headers, event.HeaderMessage) == id {
				found++
			}
			return nil
		}, slog.New(slog.DiscardHandler))
		if err != nil || found != 1 {
			t.Errorf("%d records, %v", found, err)
		}
		if w := ask(s, "GET", "/v1/messages/"+id, "key-ZX", "", ""); w.Code != http.StatusAccepted {
			t.Errorf("asked for it: %d %s", w.Code, w.Body)
		}
	})
}
