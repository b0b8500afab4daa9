package curator

import (
	"context"
	"fmt"

	"fairway/pkg/event"
)

// prune deletes from Redis what no entry is under any more. It matters after a restart: an entry that was removed while
// nobody projected leaves keys that memory never knew.
func (p *projection) prune(ctx context.Context) error {
	for _, kind := range []string{event.RedisDocument, event.RedisAuthorisation, event.RedisClearance} {
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

func (p *projection) holds(key string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.postings.holds(key)
}
