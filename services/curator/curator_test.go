package curator

import (
	"fmt"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

func entry(id string, action travel.Action, number travel.Number) travel.ListEntry {
	return travel.ListEntry{ID: id, List: "l", Action: action, Documents: []travel.Document{{Type: "P", Issuer: "SWE", Number: number}}}
}

func record(t *testing.T, revision int64, deleted bool, e travel.ListEntry) stream.Record {
	t.Helper()
	r, err := (&event.WatchlistChanged{V: 1, Entry: e, Deleted: deleted}).Record()
	if err != nil {
		t.Fatal(err)
	}
	return stream.Record{Topic: r.Topic, Offset: revision - 1, Value: r.Value}
}

func newTestProjection(t *testing.T) (*projector, *miniredis.Miniredis) {
	t.Helper()
	mini := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: mini.Addr(), MaxRetries: -1})
	t.Cleanup(func() { client.Close() })
	return newProjector(client, "x:"), mini
}

func TestProjection(t *testing.T) {
	p, mini := newTestProjection(t)
	apply := func(recs ...stream.Record) {
		t.Helper()
		if err := p.apply(recs); err != nil {
			t.Fatal(err)
		}
		if err := p.flush(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	authorisation := entry("A1", travel.ActClear, "X9012345")
	authorisation.Category = watchlist.CategoryAuthorisation
	apply(record(t, 1, false, entry("E1", travel.ActNoBoard, "X9012345")), record(t, 2, false, entry("E2", travel.ActRefer, "X9012345")),
		record(t, 3, false, authorisation), record(t, 4, false, entry("C1", travel.ActClear, "X7777777")))
	if diff := cmp.Diff([]string{"x:auth:SWE|X9012345", "x:clear:D|SWE|X7777777", "x:doc:SWE|X9012345", "x:ready"}, mini.Keys()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if v, _ := mini.Get("x:ready"); v != "4" {
		t.Errorf("ready at revision %s", v)
	}
	apply(record(t, 5, true, travel.ListEntry{ID: "E1", List: "l"}), record(t, 6, false, entry("E2", travel.ActRefer, "X1111111")))
	if diff := cmp.Diff([]string{"x:auth:SWE|X9012345", "x:clear:D|SWE|X7777777", "x:doc:SWE|X1111111", "x:ready"}, mini.Keys()); diff != "" {
		t.Errorf("after a deletion and a move (-want +got):\n%s", diff)
	}
}

func TestLossIsNoticedAndRepaired(t *testing.T) {
	p, mini := newTestProjection(t)
	for i := range 5000 { // more than one pipeline
		if err := p.apply([]stream.Record{record(t, int64(i), false, entry(fmt.Sprint(i), travel.ActNoBoard, travel.Number(fmt.Sprintf("X%07d", i))))}); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := len(mini.Keys())
	if lost, err := p.lost(t.Context()); lost || err != nil {
		t.Errorf("lost %v, %v", lost, err)
	}
	mini.FlushAll()
	if lost, err := p.lost(t.Context()); !lost || err != nil {
		t.Errorf("lost %v, %v", lost, err)
	}
	if p.written() {
		t.Error("says that all is written")
	}
	if err := p.flush(t.Context()); err != nil || len(mini.Keys()) != before || before != 5001 {
		t.Errorf("%v: %d keys, were %d", err, len(mini.Keys()), before)
	}
	mini.Set("x:doc:SWE|STALE123", "[]")
	if err := p.prune(t.Context()); err != nil || mini.Exists("x:doc:SWE|STALE123") || len(mini.Keys()) != before {
		t.Errorf("prune: %v, %d keys", err, len(mini.Keys()))
	}
	mini.Close()
	if _, err := p.lost(t.Context()); err == nil {
		t.Error("a Redis that is away is taken for one that lost nothing")
	}
}
