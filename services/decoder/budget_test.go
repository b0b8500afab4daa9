package decoder

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestWithin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		begin := time.Now()
		if got, err := within(time.Second, func() (int, error) { <-release; return 1, nil }); got != 0 || !errors.Is(err, errBudget) || time.Since(begin) != time.Second {
			t.Errorf("%d, %v after %s", got, err, time.Since(begin))
		}
		close(release) // what was left behind ends, and nobody waits for what it says
		synctest.Wait()
		if got, err := within(time.Second, func() (int, error) { time.Sleep(999 * time.Millisecond); return 2, nil }); got != 2 || err != nil {
			t.Errorf("%d, %v", got, err)
		}
		away := errors.New("away")
		if _, err := within(time.Second, func() (int, error) { return 0, away }); !errors.Is(err, away) {
			t.Error(err)
		}
		defer func() {
			if v := recover(); v != "broken" {
				t.Errorf("a panic became %v", v)
			}
		}()
		_, _ = within(time.Second, func() (int, error) { panic("broken") })
	})
}
