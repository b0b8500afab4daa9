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
	"fairway/pkg/travel"
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
		streamtest.Wait(t, 10*time.Second, "the other to know of it", func() bool { _, ok := second.proposals.Get(withdrawn); return ok })
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
			return first.projector.current() >= 3 && first.projector.current() == second.projector.current()
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
		if err != nil || last != first.projector.current() {
			t.Errorf("%v: the last revision is %d, a curator says %d", err, last, first.projector.current())
		}
	})
}

// TestWhatADeadCuratorLeft has a curator die between an approval and its effect: the next one carries it out.
func TestWhatADeadCuratorLeft(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, stack *streamtest.Stack) {
		stack.CreateTopics(t)
		p, err := stream.NewProducer(stack.Kafka, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		ago := time.Now().Add(-time.Minute)
		for _, e := range []event.Proposal{
			{V: 1, ID: "p1", State: event.ProposalMade, Officer: "anna", At: ago.UnixMilli(), Until: ago.Add(time.Hour).UnixMilli(), Part: 1, Of: 1, Entries: []travel.ListEntry{entry("E1", travel.ActRefer, "X9012345")}},
			{V: 1, ID: "p1", State: event.ProposalApproved, Officer: "otto", At: ago.UnixMilli()},
		} {
			r, err := e.Record()
			if err == nil {
				err = p.Produce(t.Context(), r)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		s, stop := running(t, stack)
		defer stop()
		streamtest.Wait(t, 30*time.Second, "it to be in force", func() bool {
			known, _ := s.proposals.Get("p1")
			return known.State == event.ProposalInForce && known.Changes == 1 && s.projector.current() == 1
		})
	})
}

// TestListsOfSeveralPartitionsAreRefused holds that a curator does not start on lists that have no order.
func TestListsOfSeveralPartitionsAreRefused(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, stack *streamtest.Stack) {
		if err := stream.EnsureTopics(t.Context(), stack.Kafka, []stream.Topic{{Name: event.TopicWatchlist}, {Name: event.TopicProposal}, {Name: event.TopicCase}}, slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		cfg := DefaultConfig()
		cfg.HTTP, cfg.Kafka, cfg.Redis.Address = "", stack.Kafka, stack.Redis
		s, err := New(cfg, Deps{Log: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(), Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		if err := s.Run(ctx); err == nil || !strings.Contains(err.Error(), "watchlist.changed has 4 partitions and must have 1") {
			t.Error(err)
		}
	})
}

// TestSeedsOnce holds that the sample list is published where there is none, and nowhere else.
func TestSeedsOnce(t *testing.T) {
	for revision, want := range map[int64]int{0: 1, 1: 0} {
		s := manyMayWait(t)
		s.projector.revision = revision
		if err := s.Seed(t.Context(), []travel.ListEntry{entry("S1", travel.ActRefer, "X9012345")}, "anna", "otto"); err != nil || len(s.list()) != want {
			t.Errorf("at revision %d: %v, %d published", revision, err, len(s.list()))
		}
	}
}
