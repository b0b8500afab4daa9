package allinone

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// running is a part that takes some time to stop, or fails by itself.
type running struct {
	stops, fails time.Duration
	told, ended  time.Time
}

func (r *running) Run(ctx context.Context) error {
	failed := make(<-chan time.Time)
	if r.fails > 0 {
		failed = time.After(r.fails)
	}
	select {
	case <-failed:
		return errors.New("half a list")
	case <-ctx.Done():
	}
	r.told = time.Now()
	time.Sleep(r.stops)
	r.ended = time.Now()
	return nil
}

func (r *running) Ready() error { return nil }
func (r *running) Close() error { return nil }

// TestTheGatewayStopsFirst holds that what an open request waits for runs until the gateway has answered it, also when
// another part fails.
func TestTheGatewayStopsFirst(t *testing.T) {
	for _, fails := range []time.Duration{0, time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			front, decoder, broken := &running{stops: time.Second}, &running{}, &running{fails: fails}
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			defer cancel()
			begun := time.Now()
			err := runParts(ctx, map[string]part{"gateway": front, "decoder": decoder, "scorer": broken}, func(context.Context) error { return nil })
			stop := begun.Add(time.Hour)
			if fails > 0 {
				stop = begun.Add(fails)
			}
			if told := err != nil && err.Error() == "scorer: half a list"; told != (fails > 0) || err != nil && !told {
				t.Errorf("got %v", err)
			}
			if !front.told.Equal(stop) || !decoder.told.Equal(front.ended) {
				t.Errorf("told to stop after %s: the gateway; after %s: the decoder", front.told.Sub(begun), decoder.told.Sub(begun))
			}
		})
	}
}
