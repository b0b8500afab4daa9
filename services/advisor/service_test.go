package advisor

import (
	"context"
	"log/slog"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
	"fairway/pkg/travel"
)

// TestAnOfficersWordReachesEveryCarrier runs the service: two carriers sent one person, an officer confirms them by the
// message of one, and both are told.
func TestAnOfficersWordReachesEveryCarrier(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, stack *streamtest.Stack) {
		stack.CreateTopics(t)
		cfg := DefaultConfig()
		cfg.Kafka = stack.Kafka
		s, err := New(cfg, Deps{Log: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(), Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		produce := func(r event.Record, err error) {
			if err == nil {
				err = s.producer.Produce(t.Context(), r)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		produce(alike("a", travel.Hold, s1).Record(""))
		produce(by("YY", alike("y", travel.Hold, s1)).Record(""))
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan error, 1)
		go func() { done <- s.Run(ctx) }()
		defer func() {
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		}()
		told := func(n int) map[string]string {
			last := map[string]string{}
			streamtest.Wait(t, 30*time.Second, strconv.Itoa(n)+" advisories", func() bool {
				seen := 0
				err := stream.ReadTopic(t.Context(), stack.Kafka, event.TopicAdvisory, time.Time{}, func(r stream.Record) error {
					var a event.Advisory
					seen++
					if err := event.Decode(append([]byte(nil), r.Value...), &a); err != nil {
						return err
					}
					last[a.Message.Carrier] = string(a.Outcome) + " " + strconv.Itoa(a.Version)
					return nil
				}, slog.New(slog.DiscardHandler))
				return err == nil && seen >= n
			})
			return last
		}
		if diff := cmp.Diff(map[string]string{"ZX": "hold 1", "YY": "hold 1"}, told(2)); diff != "" {
			t.Error(diff)
		}
		streamtest.Wait(t, 30*time.Second, "what an assignment starts to be over", func() bool {
			s.cases.mu.Lock()
			defer s.cases.mu.Unlock()
			return s.cases.swept
		})
		produce(word(event.CaseConfirm, "y", s1).Record())
		if diff := cmp.Diff(map[string]string{"ZX": "no_board 2", "YY": "no_board 2"}, told(4)); diff != "" {
			t.Error(diff)
		}
	})
}

// TestWhatMovesAwayIsForgotten: a partition that is somebody else's takes its memory with it.
func TestWhatMovesAwayIsForgotten(t *testing.T) {
	s := &Service{partitions: map[int32]*held{1: {}, 2: {}}, locks: map[int32]*sync.Mutex{}}
	s.release("", 1)
	if s.held(1) != nil || s.held(2) == nil {
		t.Errorf("%v are left", s.partitions)
	}
}
