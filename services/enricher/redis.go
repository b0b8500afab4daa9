package enricher

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"fairway/pkg/projection"
)

// Why an empty Redis is not taken for clean lists, or for travellers who never travelled.
var (
	errNoProjection = errors.New("redis holds no watchlist projection; curator rebuilds it")
	errNoHistory    = errors.New("redis holds no earlier legs; an enricher rebuilds them")
)

// mostKeys is how many keys one MGET asks for: enough to save commands, few enough not to hold up others.
const mostKeys = 512

// redisStore is the store in a real Redis.
type redisStore struct {
	client *redis.Client
	prefix string
	expiry time.Duration
}

func (s *redisStore) exchange(ctx context.Context, keys []string, seen []remembered) ([]string, int64, error) {
	pipe := s.client.Pipeline()
	ready := pipe.Get(ctx, s.prefix+projection.Ready) // before the reads: what they find is at least as new
	known := pipe.Exists(ctx, s.prefix+projection.HistoryReady)
	reads := make([]*redis.SliceCmd, 0, len(keys)/mostKeys+1)
	full := make([]string, len(keys))
	for i, k := range keys {
		full[i] = s.prefix + k
	}
	for rest := full; len(rest) > 0; {
		n := min(len(rest), mostKeys)
		reads = append(reads, pipe.MGet(ctx, rest[:n]...))
		rest = rest[n:]
	}
	for _, j := range seen { // after the reads: a journey does not see itself
		key := s.prefix + projection.History + j.person
		pipe.Append(ctx, key, string(j.leg)+projection.LegEnd)
		pipe.Expire(ctx, key, s.expiry)
	}
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return nil, 0, fmt.Errorf("reach redis: %w", err)
	}
	revision, err := ready.Int64()
	if err != nil {
		return nil, 0, errNoProjection
	}
	if known.Val() == 0 {
		return nil, 0, errNoHistory
	}
	values := make([]string, 0, len(keys))
	for _, r := range reads {
		for _, v := range r.Val() {
			text, _ := v.(string)
			values = append(values, text)
		}
	}
	return values, revision, nil
}
