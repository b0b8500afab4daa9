package curator

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
)

// running is a curator on a stack, which stop ends.
func running(t *testing.T, stack *streamtest.Stack) (s *Service, stop func()) {
	t.Helper()
	cfg := DefaultConfig()
	cfg.HTTP, cfg.Kafka, cfg.Redis.Address, cfg.Redis.Prefix = "", stack.Kafka, stack.Redis, stack.Prefix
	cfg.Officers = []Officer{{Name: "anna", Key: "key-anna"}, {Name: "otto", Key: "key-otto"}}
	s, err := New(cfg, Deps{Log: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	streamtest.Wait(t, 30*time.Second, "the curator to be ready", func() bool { return s.Ready() == nil })
	return s, func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// TestAnyNumberOfCurators has one curator take a submission in, start again, and another approve it; both then know the lists
// at the same revisions, and neither approves what the other's officer has decided.
func TestAnyNumberOfCurators(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, stack *streamtest.Stack) {
		stack.CreateTopics(t)
		first, stopFirst := running(t, stack)
		second, stopSecond := running(t, stack)
		id := submitted(t, first, manyRows(3))
		withdrawn := submitted(t, first, "W1,l,refer,QUILL,,,,,,\n")
		stopFirst()
		first, stopFirst = running(t, stack)
		defer stopFirst()
		defer stopSecond()
		var r Receipt
		if code := ask(t, first, "POST", submissions+"/"+id+"/approve", "anna", "", &r); code != http.StatusForbidden {
			t.Errorf("who submitted approved after a restart: %d", code)
		}
		streamtest.Wait(t, 10*time.Second, "the other to know of it", func() bool { _, ok := second.proposals.get(withdrawn); return ok })
		if code := ask(t, second, "POST", submissions+"/"+withdrawn+"/reject", "anna", `{"reason":"wrong file"}`, &r); code != http.StatusOK {
			t.Errorf("withdrawn: %d", code)
		}
		codes := make(chan int, 2)
		for _, s := range []*Service{first, second} { // at the same time
			go func() { codes <- post(t.Context(), s, submissions+"/"+id+"/approve", "key-otto", "").Code }()
		}
		if a, b := <-codes, <-codes; a != 200 && b != 200 {
			t.Errorf("approved at two curators: %d and %d", a, b)
		}
		if code := ask(t, first, "POST", submissions+"/"+withdrawn+"/approve", "otto", "", &r); code != http.StatusConflict {
			t.Errorf("withdrawn elsewhere, approved here: %d", code)
		}
		streamtest.Wait(t, 10*time.Second, "both to know the lists", func() bool {
			return first.projection.current() >= 3 && first.projection.current() == second.projection.current()
		})
		last := int64(0)
		err := stream.ReadTopic(t.Context(), stack.Kafka, event.TopicWatchlist, time.Time{}, func(r stream.Record) error {
			w, err := event.ReadChange(r.Value, r.Offset)
			if w.Revision <= last || r.Partition != 0 || !strings.HasPrefix(w.Entry.Key(), "l/E") {
				t.Errorf("revision %d of %s follows %d", w.Revision, w.Entry.Key(), last)
			}
			last = w.Revision
			return err
		}, slog.New(slog.DiscardHandler))
		if err != nil || last != first.projection.current() {
			t.Errorf("%v: the last revision is %d, a curator says %d", err, last, first.projection.current())
		}
	})
}
