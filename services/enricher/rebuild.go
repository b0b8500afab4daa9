package enricher

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/projection"
	"fairway/pkg/stream"
)

const (
	lookEvery = time.Second      // how often Redis is looked at for loss of the history
	busyFor   = 15 * time.Second // how long after its death an enricher keeps the others from rebuilding
	pipeMost  = 2000             // persons in one pipeline
)

// history keeps the earlier legs in Redis complete: the enricher writes them, so it writes them anew when Redis has lost
// them. Nobody is enriched meanwhile.
type history struct {
	client *redis.Client
	prefix string
	expiry time.Duration
	busy   time.Duration                                                   // see [busyFor]
	read   func(ctx context.Context, each func(stream.Record) error) error // all of traveller.presented
	log    *slog.Logger
}

// keep looks until ctx ends.
func (h *history) keep(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		if err := h.refresh(ctx); err != nil && ctx.Err() == nil {
			h.log.Warn("the history waits", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// refresh writes the history anew when it is not there, unless another enricher is at it. Whose turn it is stands in Redis,
// so that what is lost again meanwhile takes the turn with it, and is not called complete.
func (h *history) refresh(ctx context.Context) error {
	there, err := h.client.Exists(ctx, h.prefix+projection.HistoryReady).Result()
	if err != nil || there > 0 {
		return err
	}
	busy, turn := h.prefix+projection.HistoryBusy, rand.Text()
	mine, err := h.client.SetNX(ctx, busy, turn, h.busy).Result()
	if err != nil || !mine {
		return err
	}
	defer h.hold(ctx, busy, turn)()
	h.log.Info("redis holds no history; writing it anew")
	if err := h.rebuild(ctx); err != nil {
		return err
	}
	if now, err := h.client.Get(ctx, busy).Result(); now != turn {
		return errors.Join(errLostAgain, err)
	}
	return h.client.Set(ctx, h.prefix+projection.HistoryReady, 1, 0).Err()
}

// errLostAgain ends one rebuild; the next begins a second later.
var errLostAgain = errors.New("redis lost the earlier legs while they were written, or kept their writer waiting for too long")

// hold keeps busy alive until the function it returns is called, which lets go of it where it is still this turn's.
func (h *history) hold(ctx context.Context, busy, turn string) (release func()) {
	ctx, cancel := context.WithCancel(ctx)
	var held sync.WaitGroup
	held.Go(func() {
		tick := time.NewTicker(h.busy / 3)
		defer tick.Stop()
		for ctx.Err() == nil {
			select {
			case <-ctx.Done():
			case <-tick.C:
				h.client.Expire(ctx, busy, h.busy)
			}
		}
	})
	return func() {
		cancel()
		held.Wait()
		ctx := context.WithoutCancel(ctx)
		if h.client.Get(ctx, busy).Val() == turn {
			h.client.Del(ctx, busy) // where Redis is away it ends by itself
		}
	}
}

// rebuild appends the earlier legs of every person, from the travellers presented. What is there twice is dropped when it
// is read, so it does no harm that others append meanwhile.
func (h *history) rebuild(ctx context.Context) error {
	all := map[string]*strings.Builder{}
	err := h.read(ctx, func(r stream.Record) error {
		var e event.Presented
		if event.Decode(r.Value, &e) != nil {
			return nil // its consumer dead-letters it
		}
		person, leg, ok := journey.Remembered(&e)
		if !ok {
			return nil
		}
		legs := all[person]
		if legs == nil {
			legs = &strings.Builder{}
			all[person] = legs
		}
		if next := string(leg) + projection.LegEnd; !strings.HasSuffix(legs.String(), next) { // to look further back would be quadratic
			legs.WriteString(next)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read earlier legs: %w", err)
	}
	pipe := h.client.Pipeline()
	flush := func() error {
		if pipe.Len() == 0 {
			return nil
		}
		if _, err := pipe.Exec(ctx); err != nil {
			return fmt.Errorf("write earlier legs: %w", err)
		}
		return nil
	}
	for person, legs := range all {
		key := h.prefix + projection.History + person
		pipe.Append(ctx, key, legs.String())
		pipe.Expire(ctx, key, h.expiry)
		if pipe.Len() >= 2*pipeMost {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}
