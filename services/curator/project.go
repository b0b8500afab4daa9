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
	"fairway/pkg/projection"
	"fairway/pkg/stream"
	"fairway/pkg/watchlist"
)

const (
	pipeMost = 2000             // writes in one pipeline
	writeFor = 10 * time.Second // one pipeline at the most
)

// projector keeps in Redis what the enrichers look up by exact key. It holds all of it in memory too, so that a
// flushed Redis is filled again without reading the topic, and so that a key shared by several entries is always
// written whole.
type projector struct {
	client *redis.Client
	prefix string

	mu       sync.Mutex
	postings *postings
	revision int64
	marked   int64 // the revision that Redis says it has
}

func newProjector(client *redis.Client, prefix string) *projector {
	return &projector{client: client, prefix: prefix, postings: newPostings()}
}

// apply takes in changes as they arrive on the topic.
func (p *projector) apply(recs []stream.Record) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range recs {
		if len(recs[i].Value) == 0 {
			continue
		}
		w, err := event.ReadChange(recs[i].Value, recs[i].Offset)
		if err == nil {
			err = p.change(&w)
		}
		if err != nil {
			return fmt.Errorf("read %s/%d/%d: %w", recs[i].Topic, recs[i].Partition, recs[i].Offset, err)
		}
	}
	return nil
}

func (p *projector) change(w *event.WatchlistChanged) error {
	list, id := w.Entry.List, w.Entry.ID // of the value, not the record's key: see event.WatchlistChanged
	var posting []byte
	if !w.Deleted {
		var err error
		if posting, err = json.Marshal(watchlist.NewPosting(&w.Entry)); err != nil {
			return fmt.Errorf("encode posting: %w", err)
		}
	}
	p.postings.remove(list, id)
	p.revision = max(p.revision, w.Revision)
	if !w.Deleted {
		p.postings.put(list, id, posting, redisKeys(w))
	}
	return nil
}

// redisKeys are the keys an entry is found under, by what kind of entry it is.
func redisKeys(w *event.WatchlistChanged) []string {
	kind, keys := projection.Document, watchlist.DocumentKeys(&w.Entry)
	switch {
	case w.Entry.Category == watchlist.CategoryAuthorisation:
		kind = projection.Authorisation
	case w.Entry.Action == "clear":
		kind, keys = projection.Clearance, watchlist.ClearanceKeys(&w.Entry)
	}
	full := make([]string, len(keys))
	for i, k := range keys {
		full[i] = kind + k
	}
	return full
}

// flush writes what Redis does not have yet, and last of all that the projection is complete.
func (p *projector) flush(ctx context.Context) error {
	for {
		p.mu.Lock()
		batch := p.postings.batch(pipeMost)
		revision, last := p.revision, len(batch) == len(p.postings.dirty)
		p.mu.Unlock()
		if err := p.write(ctx, batch, revision, last); err != nil {
			return err
		}
		p.mu.Lock()
		p.postings.clean(batch)
		left := len(p.postings.dirty)
		p.mu.Unlock()
		if left == 0 {
			return nil
		}
	}
}

func (p *projector) write(ctx context.Context, batch []write, revision int64, last bool) error {
	ctx, cancel := context.WithTimeout(ctx, writeFor)
	defer cancel()
	pipe := p.client.Pipeline()
	for i := range batch {
		if batch[i].value == nil {
			pipe.Del(ctx, p.prefix+batch[i].key)
			continue
		}
		pipe.Set(ctx, p.prefix+batch[i].key, batch[i].value, 0)
	}
	if last {
		pipe.Set(ctx, p.prefix+projection.Ready, revision, 0)
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
func (p *projector) lost(ctx context.Context) (bool, error) {
	_, err := p.client.Get(ctx, p.prefix+projection.Ready).Result()
	if !errors.Is(err, redis.Nil) {
		return false, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.postings.soilAll()
	return true, nil
}

// current is the newest revision there is; 0 when there is no list.
func (p *projector) current() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.revision
}

// written reports whether Redis has everything.
func (p *projector) written() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.postings.dirty) == 0 && p.marked == p.revision
}

// inRedis is the revision that all of Redis has.
func (p *projector) inRedis() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.marked
}

// prune deletes from Redis what no entry is under any more. It matters after a restart: an entry that was removed while
// nobody projected leaves keys that memory never knew.
func (p *projector) prune(ctx context.Context) error {
	for _, kind := range []string{projection.Document, projection.Authorisation, projection.Clearance} {
		it := p.client.Scan(ctx, 0, p.prefix+kind+"*", pipeMost).Iterator()
		var stale []string
		for it.Next(ctx) {
			if key := it.Val(); !p.holds(key[len(p.prefix):]) {
				stale = append(stale, key)
			}
		}
		if err := it.Err(); err != nil {
			return fmt.Errorf("look for stale keys: %w", err)
		}
		for from := 0; from < len(stale); from += pipeMost {
			if err := p.client.Del(ctx, stale[from:min(len(stale), from+pipeMost)]...).Err(); err != nil {
				return fmt.Errorf("delete stale keys: %w", err)
			}
		}
	}
	return nil
}

func (p *projector) holds(key string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.postings.holds(key)
}
