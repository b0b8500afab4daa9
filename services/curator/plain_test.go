package curator

import (
	"github.com/segmentio/encoding/json"

	"fairway/pkg/event"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

// plain is what postings are, in maps: what they are held against.
type plain struct {
	keys  map[string][]watchlist.Posting // Redis key → postings
	of    map[string][]string            // list/id → Redis keys that the entry is under
	dirty map[string]struct{}            // keys that Redis does not have as they are here
}

func newPlain() *plain {
	return &plain{keys: map[string][]watchlist.Posting{}, of: map[string][]string{}, dirty: map[string]struct{}{}}
}

func (p *plain) change(w *event.WatchlistChanged) {
	name := w.Entry.Key()
	for _, key := range p.of[name] {
		p.keys[key] = without(p.keys[key], &w.Entry)
		p.dirty[key] = struct{}{}
	}
	delete(p.of, name)
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

// without is a new list without the postings of e: clean tells by that what was changed meanwhile.
func without(list []watchlist.Posting, e *travel.ListEntry) []watchlist.Posting {
	kept := make([]watchlist.Posting, 0, len(list))
	for i := range list {
		if list[i].Entry != e.ID || list[i].List != e.List {
			kept = append(kept, list[i])
		}
	}
	return kept
}

func (p *plain) batch(keys []string) map[string][]watchlist.Posting {
	batch := map[string][]watchlist.Posting{}
	for _, key := range keys {
		batch[key] = p.keys[key]
	}
	return batch
}

func (p *plain) clean(batch map[string][]watchlist.Posting) {
	for key, written := range batch {
		now := p.keys[key]
		if len(now) == len(written) && (len(now) == 0 || &now[0] == &written[0]) {
			delete(p.dirty, key)
			if len(now) == 0 {
				delete(p.keys, key)
			}
		}
	}
}

func (p *plain) lost() {
	for key := range p.keys {
		p.dirty[key] = struct{}{}
	}
}

// redis is what Redis holds when all is written.
func (p *plain) redis(prefix string) map[string]string {
	all := map[string]string{}
	for key, list := range p.keys {
		if len(list) == 0 {
			continue
		}
		value, err := json.Marshal(list)
		if err != nil {
			panic(err)
		}
		all[prefix+key] = string(value)
	}
	return all
}
