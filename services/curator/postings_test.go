package curator

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"fairway/pkg/event"
	"fairway/pkg/projection"
	"fairway/pkg/stream"
	"fairway/pkg/table"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

// contest is a projection and plain maps that are told the same, by a Redis that fails now and then and to which things
// change while it is written.
type contest struct {
	*testing.T
	*projector
	r     *rand.Rand
	mini  *miniredis.Miniredis
	plain *plain
	rev   int64
	quiet bool // nothing fails, and nothing changes meanwhile
	parts int  // pipelines that were not the last of theirs
}

var errCut = errors.New("the connection broke")

func (c *contest) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (c *contest) ProcessHook(next redis.ProcessHook) redis.ProcessHook { return next }

// ProcessPipelineHook breaks off some pipelines in their midst, and changes entries while they are on their way.
func (c *contest) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		if cmds[0].Name() != "set" && cmds[0].Name() != "del" {
			return next(ctx, cmds)
		}
		var keys []string
		for _, cmd := range cmds {
			if key := strings.TrimPrefix(cmd.Args()[1].(string), c.prefix); key != projection.Ready {
				keys = append(keys, key)
			}
		}
		batch := c.plain.batch(keys)
		if len(batch) < len(c.plain.dirty) {
			if c.parts++; len(keys) < len(cmds) {
				c.Fatalf("calls itself ready with %d of %d keys", len(batch), len(c.plain.dirty))
			}
		}
		for range c.r.IntN(4) {
			if !c.quiet {
				c.change()
			}
		}
		if !c.quiet && c.r.IntN(4) == 0 {
			if cut := c.r.IntN(len(cmds)); cut > 0 {
				_ = next(ctx, cmds[:cut])
			}
			return errCut
		}
		if err := next(ctx, cmds); err != nil {
			return err
		}
		c.plain.clean(batch)
		return nil
	}
}

// change makes, changes or deletes one entry of two lists whose ids, numbers and names are shared.
func (c *contest) change() {
	r := c.r
	e := travel.ListEntry{ID: fmt.Sprint(r.IntN(2500)), List: []string{"agency-a", "agency-b"}[r.IntN(2)], Action: travel.ActNoBoard,
		Surname: travel.Name(strings.Repeat("Ö<&>\"\u2028", r.IntN(3))), Caveat: strings.Repeat("call ", r.IntN(60))}
	for range r.IntN(4) {
		n := r.IntN(1500)
		if r.IntN(3) == 0 {
			n = r.IntN(5)
		}
		e.Documents = append(e.Documents, travel.Document{Type: "P", Issuer: []travel.State{"SWE", ""}[r.IntN(2)], Number: travel.Number(fmt.Sprintf("X%07d", n))})
	}
	switch r.IntN(6) {
	case 0:
		e.Category = watchlist.CategoryAuthorisation
	case 1:
		e.Action, e.Surname, e.Given, e.Birth, e.Nationality = travel.ActClear, "LINDGREN", travel.Name(strings.Repeat("ASTRID", r.IntN(9))), "1980-01-02", "SWE"
	}
	deleted := r.IntN(4) == 0
	if deleted {
		e = travel.ListEntry{ID: e.ID, List: e.List}
	}
	c.rev++
	rec := record(c.T, c.rev, deleted, e)
	w, err := event.ReadChange(append([]byte(nil), rec.Value...), rec.Offset)
	if err != nil {
		c.Fatal(err)
	}
	c.plain.change(&w)
	if err := c.apply([]stream.Record{rec}); err != nil {
		c.Fatal(err)
	}
	for i := range rec.Value {
		rec.Value[i] = '!' // the batch it came in is used again
	}
}

// redis is what Redis holds, but for the mark.
func (c *contest) redis() map[string]string {
	all := map[string]string{}
	for _, key := range c.mini.Keys() {
		if key != c.prefix+projection.Ready {
			all[key], _ = c.mini.Get(key)
		}
	}
	return all
}

// check holds the projection and what it wrote against the maps.
func (c *contest) check(whole bool) {
	c.Helper()
	dirty := map[string]bool{}
	for _, k := range c.postings.dirty {
		dirty[c.postings.keys.Name(k)] = true
	}
	for key := range c.plain.dirty {
		if !dirty[key] {
			c.Fatalf("%s is not dirty", key)
		}
	}
	for key := range dirty {
		if _, ok := c.plain.dirty[key]; !ok && len(c.plain.keys[key]) > 0 {
			c.Fatalf("%s is dirty", key)
		}
	}
	got, want := c.redis(), c.plain.redis(c.prefix)
	for key := range want {
		if got[key] != want[key] && !dirty[key[len(c.prefix):]] {
			c.Fatalf("%s is %q, want %q, and will stay so", key, got[key], want[key])
		}
		if !c.holds(key[len(c.prefix):]) {
			c.Fatalf("%s would be pruned", key)
		}
	}
	if !whole {
		return
	}
	if mark, _ := c.mini.Get(c.prefix + projection.Ready); !maps.Equal(got, want) || mark != fmt.Sprint(c.rev) || !c.written() {
		c.Fatalf("%d keys in Redis, want %d; ready at %s, want %d", len(got), len(want), mark, c.rev)
	}
	if c.postings.keys.Len() != len(want) || len(c.postings.dirty) > 0 {
		c.Fatalf("%d keys, want %d; %d dirty", c.postings.keys.Len(), len(want), len(c.postings.dirty))
	}
}

// TestPostingsAreWhatMapsWere drives the projection through changes, a Redis that breaks off, and one that is emptied, and
// holds every byte in Redis and every dirty key against plain maps.
func TestPostingsAreWhatMapsWere(t *testing.T) {
	p, mini := newTestProjection(t)
	c := &contest{T: t, projector: p, r: rand.New(rand.NewPCG(1, 2)), mini: mini, plain: newPlain()}
	p.client.AddHook(c)
	failures := 0
	for round := range 160 {
		for range 1 + c.r.IntN(300) {
			c.change()
		}
		if c.r.IntN(10) == 0 {
			mini.FlushAll()
			if lost, err := p.lost(t.Context()); !lost || err != nil {
				t.Fatalf("lost %v, %v", lost, err)
			}
			c.plain.lost()
		}
		c.quiet = round%4 == 3
		err := p.flush(t.Context())
		if err != nil && !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		if err != nil {
			failures++
		}
		c.check(c.quiet)
	}
	if c.rev < 20_000 || failures < 20 || c.parts == 0 {
		t.Errorf("only %d changes, %d failures and %d pipelines before the last", c.rev, failures, c.parts)
	}
	for _, list := range []string{"agency-a", "agency-b"} {
		for id := range 2500 {
			c.rev++
			rec := record(t, c.rev, true, travel.ListEntry{ID: fmt.Sprint(id), List: list})
			w, _ := event.ReadChange(rec.Value, rec.Offset)
			c.plain.change(&w)
			if err := p.apply([]stream.Record{rec}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := p.flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.check(true)
	s := p.postings
	if left := []int{s.entries.Len(), s.keys.Len(), s.links.Len(), s.texts.Len()}; !slices.Equal(left, make([]int, 4)) {
		t.Errorf("entries, keys, links and blocks left of nothing: %d", left)
	}
}

// TestNamesOfEntries: a list and an id that read the same together as another list and id are another entry.
func TestNamesOfEntries(t *testing.T) {
	p := newPostings()
	p.put("a/b", "c", []byte(`1`), []string{"k"})
	p.put("a", "b/c", []byte(`2`), []string{"k"})
	p.remove("a", "b/c")
	if got := p.value(p.keys.Find("k")); string(got) != "[1]" {
		t.Errorf("%s is left", got)
	}
}

// TestRefusedKeysDoNotKeepOthersAway: keys that Redis never takes must not be all it is offered.
func TestRefusedKeysDoNotKeepOthersAway(t *testing.T) {
	p := newPostings()
	for i := range 10 {
		p.put("l", fmt.Sprint(i), []byte(`1`), []string{fmt.Sprint("k", i)})
	}
	offered := map[string]bool{}
	for range 5 {
		for _, w := range p.batch(3) {
			offered[w.key] = true
		}
	}
	if len(offered) != 10 {
		t.Errorf("%d of 10 offered", len(offered))
	}
}

// TestWhatGrowsHoldsNoPointer: the collector looks through every pointer there is, and lists make hundreds of thousands of
// records.
func TestWhatGrowsHoldsNoPointer(t *testing.T) {
	var p postings
	for _, of := range []reflect.Type{reflect.TypeFor[listed](), reflect.TypeFor[exact](), reflect.TypeFor[link](), reflect.TypeOf(p.dirty).Elem()} {
		for _, path := range table.Pointers(of) {
			t.Errorf("%s%s", of, path)
		}
	}
}

// TestChangesDoNotMakeItGrow changes every entry ten times, each time into another length and other keys.
func TestChangesDoNotMakeItGrow(t *testing.T) {
	p := newPostings()
	pages := func() int {
		return p.texts.Pages() + p.entries.Pages() + p.keys.Pages() + p.links.Pages()
	}
	round := func(n int) {
		for i := range 20_000 {
			length := 100 + (i*7+n*1000)%300
			p.remove("l", fmt.Sprint(i))
			p.put("l", fmt.Sprint(i), make([]byte, length), []string{fmt.Sprint("doc:SWE|", n, "X", i), fmt.Sprint("doc:|", i)})
			if i%500 == 0 {
				p.clean(p.batch(len(p.dirty)))
			}
		}
		p.clean(p.batch(len(p.dirty)))
	}
	round(0)
	first := pages()
	for n := range 10 {
		round(n + 1)
	}
	if now := pages(); now > first+first/10 {
		t.Errorf("%d pages, were %d", now, first)
	}
}

// BenchmarkPostings tells what 100,000 entries cost: go test -run '^$' -bench Postings -benchtime 1x ./services/curator
func BenchmarkPostings(b *testing.B) {
	load := func(change func(*event.WatchlistChanged)) {
		for i := range 100_000 {
			e := entry(fmt.Sprint("E", i), travel.ActNoBoard, travel.Number(fmt.Sprintf("X%07d", i)))
			e.List, e.Surname, e.Given, e.Birth, e.Nationality = "stolen-documents", travel.Name(fmt.Sprint("LINDGREN", i)), "ASTRID", "1980-01-02", "SWE"
			r, err := (&event.WatchlistChanged{V: 1, Entry: e, Submitted: "anna", Approved: "otto"}).Record()
			if err != nil {
				b.Fatal(err)
			}
			w, err := event.ReadChange(append([]byte(nil), r.Value...), int64(i))
			if err != nil {
				b.Fatal(err)
			}
			change(&w)
		}
	}
	measure := func(b *testing.B, make func() any) {
		for range b.N {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			kept := make()
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(int64(after.HeapObjects)-int64(before.HeapObjects)), "objects")
			b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/1e6, "MB")
			runtime.KeepAlive(kept)
		}
	}
	b.Run("maps", func(b *testing.B) {
		measure(b, func() any { p := newPlain(); load(p.change); p.dirty = map[string]struct{}{}; return p })
	})
	b.Run("postings", func(b *testing.B) {
		measure(b, func() any {
			p := newProjector(nil, "")
			load(func(w *event.WatchlistChanged) {
				if err := p.change(w); err != nil {
					b.Fatal(err)
				}
			})
			p.postings.clean(p.postings.batch(len(p.postings.dirty)))
			return p
		})
	})
}
