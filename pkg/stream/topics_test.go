package stream

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
)

// TestANewTopicIsAskedForAgain holds that a broker which does not know a topic yet is asked again, for a time, and that
// every other answer counts at once.
func TestANewTopicIsAskedForAgain(t *testing.T) {
	unknown, other := fmt.Errorf("describe: %w", kerr.UnknownTopicOrPartition), errors.New("not authorised")
	for name, c := range map[string]struct {
		answers []error // the last one again and again
		want    error
		asked   int
	}{
		"at once":             {[]error{nil}, nil, 1},
		"the third time":      {[]error{unknown, unknown, nil}, nil, 3},
		"another fault":       {[]error{other}, other, 1},
		"then another fault":  {[]error{unknown, other}, other, 2},
		"nobody ever knew it": {[]error{unknown}, unknown, 100},
	} {
		synctest.Test(t, func(t *testing.T) {
			asked, began := 0, time.Now()
			err := known(t.Context(), func() error { asked++; return c.answers[min(asked, len(c.answers))-1] })
			if !errors.Is(err, c.want) || asked < c.asked || asked > c.asked+1 || time.Since(began) > knownWithin {
				t.Errorf("%s: %v, asked %d times in %s", name, err, asked, time.Since(began))
			}
		})
	}
}
