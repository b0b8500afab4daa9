package repotest

import (
	"testing"
	"time"
)

// Linear fails t where so many times the bytes take far longer than so many times as long: where a step looks at all of a
// body for each thing in it. A busy machine is not taken for one: it would have to be busy in each of a dozen tries.
func Linear(t testing.TB, name string, part, times int, body func(n int) []byte, work func([]byte)) {
	t.Helper()
	small, large := body(part), body(part*times)
	var one, all time.Duration
	for try := range 5 {
		one = min(spent(work, small), spent(work, small), spent(work, small))
		if all = spent(work, large); try > 0 {
			all = min(all, spent(work, large), spent(work, large))
		}
		if all <= 5*time.Duration(times)*one {
			return
		}
	}
	t.Errorf("%s: %d times the bytes took %.0f times as long, %s", name, times, float64(all)/float64(one), all)
}

func spent(work func([]byte), body []byte) time.Duration {
	start := time.Now()
	work(body)
	return time.Since(start)
}
