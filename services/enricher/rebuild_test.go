package enricher

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"fairway/pkg/stream"
	"fairway/pkg/travel"
)

// topic is traveller.presented, and what reading it ends with.
type topic struct {
	records []stream.Record
	fails   error
}

func (o *topic) put(t *testing.T, document travel.Number, flight string, exercise bool) {
	t.Helper()
	p := presented("SWE", document)
	p.Leg.Number, p.Message.Exercise = flight, exercise
	r, err := p.Record("")
	if err != nil {
		t.Fatal(err)
	}
	o.records = append(o.records, stream.Record{Value: r.Value})
}

// over is a history over an empty Redis.
func over(t *testing.T, o *topic) (*history, *miniredis.Miniredis) {
	t.Helper()
	mini := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: mini.Addr(), MaxRetries: -1})
	t.Cleanup(func() { client.Close() })
	return &history{client: client, prefix: "x:", expiry: time.Hour, busy: busyFor, log: slog.New(slog.DiscardHandler),
		read: func(_ context.Context, each func(stream.Record) error) error {
			for _, r := range o.records {
				if err := each(r); err != nil {
					return err
				}
			}
			return o.fails
		}}, mini
}

// TestTheHistoryIsRebuilt holds that what Redis lost is there again, every leg of a person, one that is said twice running
// once, and nobody's of an exercise, before it is called complete; and that nothing is written where nothing was lost.
func TestTheHistoryIsRebuilt(t *testing.T) {
	var o topic
	h, mini := over(t, &o)
	o.put(t, "X9012345", "1", false)
	o.put(t, "X9012345", "2", false)
	o.put(t, "X9012345", "2", false) // again
	o.put(t, "X9012345", "1", false) // delivered again
	o.put(t, "X9012345", "3", true)
	o.records = append(o.records, stream.Record{Value: []byte("junk")})
	for i := range 3000 { // more than one pipeline
		o.put(t, travel.Number(fmt.Sprintf("A%07d", i)), "1", false)
	}
	if err := h.refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	key := "x:hist:" + presented("SWE", "X9012345").Traveller.PersonKey()
	if v, _ := mini.Get(key); v != "ZX-1-DXB-2026-10-05;ZX-2-DXB-2026-10-05;ZX-1-DXB-2026-10-05;" || mini.TTL(key) != time.Hour {
		t.Errorf("%q, for %s", v, mini.TTL(key))
	}
	if n := len(mini.Keys()); n != 3002 || !mini.Exists("x:hist_ready") || mini.Exists("x:hist_busy") {
		t.Errorf("%d keys, ready %v, busy %v", n, mini.Exists("x:hist_ready"), mini.Exists("x:hist_busy"))
	}
	o.fails = errors.New("read again")
	if err := h.refresh(t.Context()); err != nil {
		t.Errorf("nothing was lost: %v", err)
	}
}

// TestHalfAHistoryIsNone holds that what could not be read whole is not called complete, that whoever failed keeps nobody
// else from it, and that two do not rebuild at once.
func TestHalfAHistoryIsNone(t *testing.T) {
	o := topic{fails: errors.New("kafka is away")}
	h, mini := over(t, &o)
	o.put(t, "X9012345", "1", false)
	if err := h.refresh(t.Context()); !errors.Is(err, o.fails) || mini.Exists("x:hist_ready") || mini.Exists("x:hist_busy") {
		t.Errorf("%v, ready %v, busy %v", err, mini.Exists("x:hist_ready"), mini.Exists("x:hist_busy"))
	}
	o.fails = nil
	mini.Set("x:hist_busy", "1")
	mini.SetTTL("x:hist_busy", busyFor)
	if err := h.refresh(t.Context()); err != nil || mini.Exists("x:hist_ready") {
		t.Errorf("another is at it: %v, ready %v", err, mini.Exists("x:hist_ready"))
	}
	mini.FastForward(busyFor) // it died
	if err := h.refresh(t.Context()); err != nil || !mini.Exists("x:hist_ready") {
		t.Errorf("it has died: %v, ready %v", err, mini.Exists("x:hist_ready"))
	}
	mini.Close()
	if err := h.refresh(t.Context()); err == nil {
		t.Error("a Redis that is away has lost nothing")
	}
}

// TestAHistoryThatIsLostAgain holds that what Redis lost while it was written anew is not called complete, and that
// whoever lost their turn by it does not end another's.
func TestAHistoryThatIsLostAgain(t *testing.T) {
	var o topic
	h, mini := over(t, &o)
	o.put(t, "X9012345", "1", false)
	read := h.read
	h.read = func(ctx context.Context, each func(stream.Record) error) error {
		mini.FlushAll()
		mini.Set("x:hist_busy", "of another")
		return read(ctx, each)
	}
	if err := h.refresh(t.Context()); err == nil || mini.Exists("x:hist_ready") {
		t.Errorf("%v, ready %v", err, mini.Exists("x:hist_ready"))
	}
	if v, _ := mini.Get("x:hist_busy"); v != "of another" {
		t.Errorf("another's turn is %q now", v)
	}
	mini.FlushAll()
	h.read = read
	if err := h.refresh(t.Context()); err != nil || !mini.Exists("x:hist_ready") || mini.Exists("x:hist_busy") {
		t.Errorf("%v, ready %v, busy %v", err, mini.Exists("x:hist_ready"), mini.Exists("x:hist_busy"))
	}
}

// TestWhoRebuildsKeepsTheOthersAway holds that they do so as long as it takes, and no longer than a while after their death.
func TestWhoRebuildsKeepsTheOthersAway(t *testing.T) {
	var o topic
	h, mini := over(t, &o)
	h.busy = time.Second // the least that EXPIRE takes
	h.read = func(context.Context, func(stream.Record) error) error {
		if left := mini.TTL("x:hist_busy"); left <= 0 || left > h.busy {
			t.Errorf("the others are kept away for %s", left)
		}
		mini.SetTTL("x:hist_busy", time.Hour)
		for range 500 {
			if mini.TTL("x:hist_busy") == h.busy {
				return nil
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Error("nobody keeps it")
		return nil
	}
	if err := h.refresh(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestMoreKeysThanOneCommand asks for more keys than one MGET takes: each value is that of its key.
func TestMoreKeysThanOneCommand(t *testing.T) {
	_, mini := over(t, &topic{})
	s := &redisStore{client: redis.NewClient(&redis.Options{Addr: mini.Addr()}), prefix: "x:", expiry: time.Hour}
	defer s.client.Close()
	keys := make([]string, 2*mostKeys+3)
	for i := range keys {
		keys[i] = fmt.Sprint("doc:", i)
		if i%2 == 0 {
			mini.Set("x:"+keys[i], fmt.Sprint(i))
		}
	}
	if _, _, err := s.exchange(t.Context(), keys, nil); !errors.Is(err, errNoProjection) {
		t.Errorf("no lists: %v", err)
	}
	mini.Set("x:ready", "7")
	if _, _, err := s.exchange(t.Context(), keys, nil); !errors.Is(err, errNoHistory) {
		t.Errorf("no history: %v", err)
	}
	mini.Set("x:hist_ready", "1")
	values, revision, err := s.exchange(t.Context(), keys, nil)
	if err != nil || revision != 7 || len(values) != len(keys) {
		t.Fatalf("%d values, revision %d, %v", len(values), revision, err)
	}
	for i, v := range values {
		if want := map[bool]string{true: fmt.Sprint(i)}[i%2 == 0]; v != want {
			t.Errorf("%s is %q, want %q", keys[i], v, want)
		}
	}
}
