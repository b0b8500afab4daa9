package stream

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// logEvery is how often a fault that stays is told.
const logEvery = time.Minute

// faults are what polling a topic fails with. The client tries again by itself and at once, so a fault that stays would fill
// the log, and a core.
type faults struct {
	log  *slog.Logger
	what string
	row  int // polls in a row that gave nothing but faults
	told time.Time
}

// tell logs what a poll failed with, once a minute, and returns how long to wait before the next.
func (f *faults) tell(fetches kgo.Fetches, now time.Time) (wait time.Duration) {
	failed := 0
	fetches.EachError(func(topic string, p int32, err error) {
		if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
			return
		}
		if failed++; failed == 1 && now.Sub(f.told) >= logEvery {
			f.log.Warn(f.what, "topic", topic, "partition", p, "error", err, "polls", f.row+1)
			f.told = now
		}
	})
	if failed == 0 || fetches.NumRecords() > 0 {
		f.row = 0
		return 0
	}
	f.row++
	return min(firstBackoff<<min(f.row-1, 10), longestPause)
}

// rest waits, or until ctx ends.
func rest(ctx context.Context, wait time.Duration) {
	if wait == 0 {
		return
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
