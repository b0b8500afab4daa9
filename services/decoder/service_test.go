package decoder

import (
	"context"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
	"fairway/pkg/wire"
)

const sensitive = `UNA:+.?*'UNB+IATA:1+ZXRES+XXPIU+261003:1430+17'UNH+1+PNRGOV:15:1:IA+C1'MSG+:22'TVL+051026:1430+SIN+LHR+ZX+410'EQN+1'SRC'RCI+ZX:K7QX2M'SSR+KSML:HK:1:ZX'` +
	`IFT+4:28::ZX+NEEDS A WHEELCHAIR'TIF+LINDQVIST+ASTA MRS:A:1'UNT+9+1'UNZ+1+17'`

// start runs a decoder for carrier ZX on a stack until the test ends.
func start(t *testing.T, s *streamtest.Stack, reg *prometheus.Registry, change ...func(*Config)) *Service {
	t.Helper()
	s.CreateTopics(t)
	cfg := DefaultConfig()
	cfg.Kafka, cfg.Departures, cfg.Carriers = s.Kafka, journey.Window{}, journey.Carriers{{Code: "ZX"}}
	for _, c := range change {
		c(&cfg)
	}
	d, err := New(cfg, Deps{Log: slog.New(slog.DiscardHandler), Registerer: reg, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return d
}

// read is what a topic holds.
func read(t *testing.T, s *streamtest.Stack, topic string) (recs []stream.Record) {
	t.Helper()
	err := stream.ReadTopic(t.Context(), s.Kafka, topic, time.Time{}, func(r stream.Record) error {
		r.Value = append([]byte(nil), r.Value...)
		recs = append(recs, r)
		return nil
	}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return recs
}

// TestOnlyConfiguredCarriersSpeak produces what anybody may who may write to the topic: records of nobody known end as
// dead letters with a finding, nobody is answered, nobody is presented, no metric takes their name, and what must not be
// kept is in none of it.
func TestOnlyConfiguredCarriersSpeak(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		reg := prometheus.NewRegistry()
		d := start(t, s, reg)
		strangers := []string{"", "QQ", "zx", "LINDQVIST ASTA 1987"}
		for _, from := range append(strangers, "ZX") {
			r := event.Record{Topic: event.TopicReceived, Key: "k", Value: []byte(sensitive)}
			if from != "" {
				r.Headers = []event.Header{{Key: event.HeaderCarrier, Value: []byte(from)}}
			}
			if err := d.producer.Produce(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		var presented []stream.Record
		streamtest.Wait(t, 30*time.Second, "ZX to be presented", func() bool {
			presented = read(t, s, event.TopicPresented)
			return len(presented) > 0
		})
		dead := read(t, s, event.Dead(event.TopicReceived))
		if len(presented) != 1 || len(dead) != len(strangers) {
			t.Fatalf("%d presented, %d dead letters", len(presented), len(dead))
		}
		if id := event.Lookup(presented[0].Headers, event.HeaderMessage); id != event.MessageID("ZX", wire.Mask([]byte(sensitive))) {
			t.Errorf("it is %s: not what it is named when it is posted", id)
		}
		for _, topic := range event.Topics() {
			for _, r := range read(t, s, topic.Name) {
				if text := string(r.Value); topic.Name != event.TopicReceived && (strings.Contains(text, "KSML") || strings.Contains(text, "WHEELCHAIR")) {
					t.Errorf("%s holds %s", topic.Name, text)
				}
			}
		}
		for _, r := range dead {
			if text := string(r.Value); !strings.Contains(text, "LINDQVIST") {
				t.Errorf("a dead letter holds %s", text)
			}
			if reason := event.Lookup(r.Headers, event.HeaderReason); !strings.HasPrefix(reason, unknownCarrier) {
				t.Errorf("buried for %q", reason)
			}
		}
		for _, r := range read(t, s, event.TopicAdvisory) {
			if from := event.Lookup(r.Headers, event.HeaderCarrier); from != "ZX" {
				t.Errorf("%q is answered", from)
			}
		}
		families, err := reg.Gather()
		if err != nil {
			t.Fatal(err)
		}
		unknown := 0.
		for _, f := range families {
			for _, m := range f.Metric {
				labels := map[string]string{}
				for _, l := range m.Label {
					labels[l.GetName()] = l.GetValue()
				}
				if c, ok := labels["carrier"]; ok && c != "ZX" && c != journey.UnknownCarrier {
					t.Errorf("%s has carrier %q", f.GetName(), c)
				}
				if labels["code"] == unknownCarrier && labels["carrier"] == journey.UnknownCarrier {
					unknown += m.GetCounter().GetValue()
				}
			}
		}
		if unknown != float64(len(strangers)) {
			t.Errorf("%v counted as unknown", unknown)
		}
	})
}

// TestASlowMessageHoldsUpNobody: a message that takes longer to read than the budget is a dead letter, its carrier is
// answered, and the message behind it is presented.
func TestASlowMessageHoldsUpNobody(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		start(t, s, prometheus.NewRegistry(), func(c *Config) { c.Budget = 20 * time.Millisecond })
		head, rest, _ := strings.Cut(sensitive, "RCI+")
		slow := head + strings.Repeat("RCI+ZX:K7QX2M'", 1_000_000) + "RCI+" + rest // 14 MB
		bodies := []string{slow}
		for i := range 20 { // on a busy machine one of them may be late as well
			bodies = append(bodies, strings.Replace(sensitive, "+C1'", "+C"+strconv.Itoa(i)+"'", 1))
		}
		p, err := stream.NewProducer(s.Kafka, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		for _, body := range bodies {
			r := event.Received{ID: event.MessageID("ZX", []byte(body)), Carrier: "ZX", Transport: "kafka", At: 1, Body: []byte(body)}
			if err := p.Produce(t.Context(), r.Record("leg")); err != nil {
				t.Fatal(err)
			}
		}
		streamtest.Wait(t, time.Minute, "a dead letter, its answer, and who is behind it", func() bool {
			answered := slices.ContainsFunc(read(t, s, event.TopicAdvisory), func(r stream.Record) bool {
				return event.Lookup(r.Headers, event.HeaderMessage) == event.MessageID("ZX", wire.Mask([]byte(slow))) && strings.Contains(string(r.Value), `"outcome":"error"`)
			})
			dead := slices.ContainsFunc(read(t, s, event.Dead(event.TopicReceived)), func(r stream.Record) bool {
				return len(r.Value) == len(slow) && strings.HasPrefix(event.Lookup(r.Headers, event.HeaderReason), "too_slow")
			})
			return answered && dead && len(read(t, s, event.TopicPresented)) > 0
		})
	})
}
