package curator

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/segmentio/encoding/json"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

const (
	pipeMost = 2000             // writes in one pipeline
	writeFor = 10 * time.Second // one pipeline at the most
)

// projection keeps in Redis what the enrichers look up by exact key. It holds all of it in memory too, so that a
// flushed Redis is filled again without reading the topic, and so that a key shared by several entries is always
// written whole.
type projection struct {
	client *redis.Client
	prefix string

	mu       sync.Mutex
	keys     map[string][]watchlist.Posting // Redis key → postings
	of       map[string][]string            // list/id → Redis keys that the entry is under
	dirty    map[string]struct{}            // keys that Redis does not have as they are here
	revision int64
	marked   int64 // the revision that Redis says it has
}

func newProjection(client *redis.Client, prefix string) *projection {
	return &projection{client: client, prefix: prefix, keys: map[string][]watchlist.Posting{},
		of: map[string][]string{}, dirty: map[string]struct{}{}}
}

// apply takes in changes as they arrive on the topic.
func (p *projection) apply(recs []stream.Record) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range recs {
		if len(recs[i].Value) == 0 {
			continue
		}
		w, err := event.ReadChange(append([]byte(nil), recs[i].Value...), recs[i].Offset)
		if err != nil {
			return fmt.Errorf("read %s/%d/%d: %w", recs[i].Topic, recs[i].Partition, recs[i].Offset, err)
		}
		p.change(&w)
	}
	return nil
}

func (p *projection) change(w *event.WatchlistChanged) {
	name := w.Entry.Key() // of the value, not the record's: see event.WatchlistChanged
	for _, key := range p.of[name] {
		p.keys[key] = without(p.keys[key], &w.Entry)
		p.dirty[key] = struct{}{}
	}
	delete(p.of, name)
	p.revision = max(p.revision, w.Revision)
	if w.Deleted {
		return
	}
	posting := watchlist.NewPosting(&w.Entry)
	for _, key := range redisKeys(w) {
		p.keys[key] = append(p.keys[key], posting)
		p.of[name] = append(p.of[name], key)
		p.dirty[key] = struct{}{}
	}
}

// redisKeys are the keys an entry is found under, by what kind of entry it is.
func redisKeys(w *event.WatchlistChanged) []string {
	kind, keys := event.RedisDocument, watchlist.DocumentKeys(&w.Entry)
	switch {
	case w.Entry.Category == watchlist.CategoryAuthorisation:
		kind = event.RedisAuthorisation
	case w.Entry.Action == "clear":
		kind, keys = event.RedisClearance, watchlist.ClearanceKeys(&w.Entry)
	}
	full := make([]string, len(keys))
	for i, k := range keys {
		full[i] = kind + k
	}
	return full
}

// without is list without the postings of e. It makes a new slice: clean tells by that what was changed meanwhile.
func without(list []watchlist.Posting, e *travel.ListEntry) []watchlist.Posting {
	kept := make([]watchlist.Posting, 0, len(list))
	for i := range list {
		if list[i].Entry != e.ID || list[i].List != e.List {
			kept = append(kept, list[i])
		}
	}
	return kept
}

// flush writes what Redis does not have yet, and last of all that the projection is complete.
func (p *projection) flush(ctx context.Context) error {
	for {
		p.mu.Lock()
		batch := make(map[string][]watchlist.Posting, min(len(p.dirty), pipeMost))
		for key := range p.dirty {
			if batch[key] = p.keys[key]; len(batch) == pipeMost {
				break
			}
		}
		revision, last := p.revision, len(batch) == len(p.dirty)
		p.mu.Unlock()
		if err := p.write(ctx, batch, revision, last); err != nil {
			return err
		}
		if p.clean(batch) == 0 {
			return nil
		}
	}
}

// clean notes that batch is written; what changed meanwhile stays dirty. It returns how much is left.
func (p *projection) clean(batch map[string][]watchlist.Posting) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	for key, written := range batch {
		now := p.keys[key]
		if len(now) == len(written) && (len(now) == 0 || &now[0] == &written[0]) {
			delete(p.dirty, key)
			if len(now) == 0 {
				delete(p.keys, key)
			}
		}
	}
	return len(p.dirty)
}

func (p *projection) write(ctx context.Context, batch map[string][]watchlist.Posting, revision int64, last bool) error {
	ctx, cancel := context.WithTimeout(ctx, writeFor)
	defer cancel()
	pipe := p.client.Pipeline()
	for key, postings := range batch {
		if len(postings) == 0 {
			pipe.Del(ctx, p.prefix+key)
			continue
		}
		value, err := json.Marshal(postings)
		if err != nil {
			return fmt.Errorf("encode postings: %w", err)
		}
		pipe.Set(ctx, p.prefix+key, value, 0)
	}
	if last {
		pipe.Set(ctx, p.prefix+event.RedisReady, revision, 0)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return fmt.Errorf("write projection: %w", err)
	}
	if last {
		p.mu.Lock()
		p.marked = revision
		p.mu.Unlock()
	}
	return nil
}

// lost reports whether Redis came back empty, and if so makes everything dirty.
func (p *projection) lost(ctx context.Context) (bool, error) {
	_, err := p.client.Get(ctx, p.prefix+event.RedisReady).Result()
	if !errors.Is(err, redis.Nil) {
		return false, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for key := range p.keys {
		p.dirty[key] = struct{}{}
	}
	return true, nil
}

// current is the newest revision there is; 0 when there is no list.
func (p *projection) current() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.revision
}

// written reports whether Redis has everything.
func (p *projection) written() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.dirty) == 0 && p.marked == p.revision
}

// inRedis is the revision that all of Redis has.
func (p *projection) inRedis() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.marked
}
