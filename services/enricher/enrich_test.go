package enricher

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"
	"github.com/segmentio/encoding/json"

	"fairway/pkg/event"
	"fairway/pkg/projection"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

// fakeStore is Redis as a map.
type fakeStore struct {
	values map[string]string
	calls  int
	seen   []remembered
	lists  int64 // revision; 0 for a later one than any name's
	err    error
}

func (f *fakeStore) exchange(_ context.Context, keys []string, seen []remembered) ([]string, int64, error) {
	f.calls++
	f.seen = append(f.seen, seen...)
	values := make([]string, len(keys))
	for i, k := range keys {
		values[i] = f.values[k]
	}
	if f.lists == 0 {
		return values, 1 << 40, f.err
	}
	return values, f.lists, f.err
}

// put stores an entry as curator does.
func (f *fakeStore) put(t *testing.T, kind string, e travel.ListEntry) {
	t.Helper()
	keys := watchlist.DocumentKeys(&e)
	if kind == projection.Clearance {
		keys = watchlist.ClearanceKeys(&e)
	}
	value, err := json.Marshal([]watchlist.Posting{watchlist.NewPosting(&e)})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		f.values[kind+k] = string(value)
	}
}

// noNames is a list without names.
type noNames struct{}

func (noNames) Match(dst []travel.Match, _ *travel.Traveller, _ travel.Date, _ *watchlist.Scratch) ([]travel.Match, int64) {
	return dst, 7
}

func presented(nationality travel.State, number travel.Number) *event.Presented {
	return &event.Presented{V: 1, ID: "m/1", Person: "p",
		Leg: travel.Leg{Carrier: "ZX", Number: "410", Origin: "DXB", Departure: "2026-10-05T19:15"},
		Traveller: travel.Traveller{Index: 1, Surname: "LINDQVIST", Given: "ASTA", Birth: "1987-03-12", Nationality: nationality,
			Documents: []travel.Document{{Type: "P", Issuer: nationality, Number: number}}}}
}

func TestEnrich(t *testing.T) {
	stolen := travel.ListEntry{ID: "D1", List: "stolen", Action: travel.ActNoBoard, Documents: []travel.Document{{Type: "P", Issuer: "SWE", Number: "X9012345"}}}
	cleared := travel.ListEntry{ID: "C1", List: "redress", Action: travel.ActClear, Surname: "LINDQVIST", Given: "ASTA", Documents: stolen.Documents}
	grant := travel.ListEntry{ID: "A1", List: "eta", Category: watchlist.CategoryAuthorisation, Action: travel.ActClear, Documents: stolen.Documents, ValidUntil: "2026-12-31"}
	old := grant
	old.ValidUntil = "2026-10-04"
	last := grant
	last.ValidUntil = "2026-10-05" // the day of departure
	denied := grant
	denied.Action = travel.ActNoBoard
	for name, c := range map[string]struct {
		put  map[string]travel.ListEntry
		hist string
		want func(*event.Enriched)
	}{
		"nothing known": {nil, "", func(e *event.Enriched) { e.Authorisation = &event.Authorisation{Status: "none"} }},
		"stolen document": {map[string]travel.ListEntry{projection.Document: stolen}, "", func(e *event.Enriched) {
			e.Authorisation = &event.Authorisation{Status: "none"}
			e.Matches = []travel.Match{{Entry: "D1"}}
		}},
		"cleared person": {map[string]travel.ListEntry{projection.Clearance: cleared}, "", func(e *event.Enriched) {
			e.Authorisation = &event.Authorisation{Status: "none"}
			e.Matches = []travel.Match{{Entry: "C1"}}
		}},
		"valid authorisation": {map[string]travel.ListEntry{projection.Authorisation: grant}, "", func(e *event.Enriched) {
			e.Authorisation = &event.Authorisation{Number: "A1", Status: "valid", ValidUntil: "2026-12-31"}
		}},
		"authorisation on its last day": {map[string]travel.ListEntry{projection.Authorisation: last}, "", func(e *event.Enriched) {
			e.Authorisation = &event.Authorisation{Number: "A1", Status: "valid", ValidUntil: "2026-10-05"}
		}},
		"expired authorisation": {map[string]travel.ListEntry{projection.Authorisation: old}, "", func(e *event.Enriched) {
			e.Authorisation = &event.Authorisation{Number: "A1", Status: "expired", ValidUntil: "2026-10-04"}
		}},
		"denied authorisation": {map[string]travel.ListEntry{projection.Authorisation: denied}, "", func(e *event.Enriched) {
			e.Authorisation = &event.Authorisation{Number: "A1", Status: "denied", ValidUntil: "2026-12-31"}
		}},
		"earlier journeys": {nil, "ZX-410-DXB-2026-10-05;ZX-9-LHR-2026-09-01;ZX-9-LHR-2026-09-01;", func(e *event.Enriched) {
			e.Authorisation = &event.Authorisation{Status: "none"}
			e.History = []event.EarlierLeg{{Leg: "ZX-9-LHR-2026-09-01", Date: "2026-09-01"}}
		}},
	} {
		store := &fakeStore{values: map[string]string{}}
		for kind, e := range c.put {
			store.put(t, kind, e)
		}
		p := presented("SWE", "X9012345")
		store.values[projection.History+p.Traveller.PersonKey()] = c.hist
		cfg := DefaultConfig()
		cfg.AuthorisationFor = []string{"SWE"}
		got, err := newEnricher(cfg, store, noNames{}).Enrich(t.Context(), []*event.Presented{p})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := event.Enriched{Presented: *p, HasHistory: true, ListRevision: 7}
		c.want(&want)
		onlyEntry := cmp.Transformer("entry", func(m travel.Match) string { return m.Entry })
		if diff := cmp.Diff(want, got[0], onlyEntry); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestABatchIsOneRoundTrip(t *testing.T) {
	store := &fakeStore{values: map[string]string{}}
	batch := make([]*event.Presented, 500)
	for i := range batch {
		batch[i] = presented("SWE", "X9012345")
	}
	e := newEnricher(DefaultConfig(), store, noNames{})
	if _, err := e.Enrich(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	if store.calls != 1 || len(store.seen) != len(batch) {
		t.Errorf("%d round trips, %d journeys noted", store.calls, len(store.seen))
	}
}

func TestNobodyGoesOnUnchecked(t *testing.T) {
	away := errors.New("away")
	e := newEnricher(DefaultConfig(), &fakeStore{err: away}, noNames{})
	if got, err := e.Enrich(t.Context(), []*event.Presented{presented("SWE", "X1234567")}); !errors.Is(err, away) || got != nil {
		t.Errorf("got %v, %v", got, err)
	}
	mini := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: mini.Addr(), MaxRetries: -1})
	defer client.Close()
	s := &redisStore{client, "x:", time.Hour}
	if _, _, err := s.exchange(t.Context(), []string{"doc:a"}, nil); !errors.Is(err, errNoProjection) {
		t.Errorf("an empty Redis passes for clean lists: %v", err)
	}
	mini.Set("x:"+projection.Ready, "41")
	if _, _, err := s.exchange(t.Context(), []string{"doc:a"}, nil); !errors.Is(err, errNoHistory) {
		t.Errorf("lost earlier legs pass for a first journey: %v", err)
	}
	mini.Set("x:"+projection.HistoryReady, "1")
	mini.Set("x:doc:a", "[]")
	got, revision, err := s.exchange(t.Context(), []string{"doc:a", "doc:b"}, []remembered{{"p1", "ZX-1"}, {"p1", "ZX-2"}})
	if !slices.Equal(got, []string{"[]", ""}) || revision != 41 || err != nil {
		t.Errorf("%q, revision %d, %v", got, revision, err)
	}
	if v, _ := mini.Get("x:hist:p1"); v != "ZX-1;ZX-2;" {
		t.Errorf("journeys %q", v)
	}
	if mini.TTL("x:hist:p1") != time.Hour {
		t.Error("journeys never expire")
	}
	mini.Close()
	if _, _, err := s.exchange(t.Context(), []string{"doc:a"}, nil); err == nil {
		t.Error("no error without Redis")
	}
}

// TestTheOlderListsCount: names and documents are kept apart, and a decision rests on no later revision than either has.
func TestTheOlderListsCount(t *testing.T) {
	for documents, want := range map[int64]int64{5: 5, 7: 7, 9: 7} { // names are at 7
		got, err := newEnricher(DefaultConfig(), &fakeStore{lists: documents}, noNames{}).Enrich(t.Context(), []*event.Presented{presented("SWE", "X1234567")})
		if err != nil || got[0].ListRevision != want {
			t.Errorf("documents at %d, names at 7: revision %d, %v", documents, got[0].ListRevision, err)
		}
	}
}

func changed(t *testing.T, revision int64, deleted bool, e travel.ListEntry) stream.Record {
	t.Helper()
	r, err := (&event.WatchlistChanged{V: 1, Entry: e, Deleted: deleted}).Record()
	if err != nil {
		t.Fatal(err)
	}
	return stream.Record{Topic: r.Topic, Offset: revision - 1, Value: r.Value}
}

func TestListsFollowTheTopic(t *testing.T) {
	var merges sync.WaitGroup
	l := newLists(merges.Go)
	entry := travel.ListEntry{ID: "E1", List: "lookout", Action: travel.ActRefer, Surname: "LINDQVIST", Given: "ASTA", Birth: "1987-03-12"}
	find := func() (int, int64) {
		var s watchlist.Scratch
		p := presented("SWE", "X9012345")
		matches, revision := l.Match(nil, &p.Traveller, "2026-10-05", &s)
		return len(matches), revision
	}
	must := func(recs ...stream.Record) {
		t.Helper()
		if err := l.apply(t.Context(), recs); err != nil {
			t.Fatal(err)
		}
	}
	must(changed(t, 1, false, entry))
	if n, _ := find(); n != 0 {
		t.Error("half a list is in use while it is read")
	}
	l.loaded()
	if n, revision := find(); n != 1 || revision != 1 {
		t.Errorf("loaded: %d matches at revision %d", n, revision)
	}
	must(changed(t, 2, true, travel.ListEntry{ID: "E1", List: "lookout"}))
	if n, revision := find(); n != 0 || revision != 2 {
		t.Errorf("deleted: %d matches at revision %d", n, revision)
	}
	for i := range int64(2000) { // enough for merges
		other := entry
		other.ID, other.Surname = "F"+time.Duration(i).String(), "KOWALCZYK"
		must(changed(t, 3+i, false, other))
	}
	must(changed(t, 5000, false, entry))
	merges.Wait()
	if n, revision := find(); n != 1 || revision != 5000 {
		t.Errorf("after merges: %d matches at revision %d", n, revision)
	}
	if err := l.apply(t.Context(), []stream.Record{{Value: []byte("junk")}}); err == nil {
		t.Error("a hole in the list is not said")
	}
}
