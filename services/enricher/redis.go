package enricher

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"fairway/pkg/event"
)

// errNoProjection is why an empty Redis is not taken for clean lists.
var errNoProjection = errors.New("redis holds no watchlist projection; curator rebuilds it")

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
	ready := pipe.Get(ctx, s.prefix+event.RedisReady) // before the reads: what they find is at least as new
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
		key := s.prefix + event.RedisHistory + j.person
		pipe.Append(ctx, key, string(j.leg)+event.JourneyEnd)
		pipe.Expire(ctx, key, s.expiry)
	}
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return nil, 0, fmt.Errorf("reach redis: %w", err)
	}
	revision, err := ready.Int64()
	if err != nil {
		return nil, 0, errNoProjection
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
