package stream

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// TestAFaultThatStaysFillsNoLog polls a topic that nobody may read for an hour: it is told once a minute, the waits grow to
// the longest, and both begin anew when records come.
func TestAFaultThatStaysFillsNoLog(t *testing.T) {
	var log bytes.Buffer
	f := faults{log: slog.New(slog.NewTextHandler(&log, nil)), what: "tail"}
	poll := func(err error, records ...*kgo.Record) kgo.Fetches {
		return kgo.Fetches{{Topics: []kgo.FetchTopic{{Topic: "t", Partitions: []kgo.FetchPartition{{Partition: 1, Err: err, Records: records}}}}}}
	}
	now := time.Unix(1000, 0)
	end, polls := now.Add(time.Hour), 0
	for ; now.Before(end); polls++ {
		wait := f.tell(poll(errors.New("not allowed")), now)
		if wait < firstBackoff || wait > longestPause || polls > 10 && wait != longestPause {
			t.Fatalf("waits %s after %d polls", wait, polls)
		}
		now = now.Add(wait)
	}
	if n := strings.Count(log.String(), "not allowed"); n != 60 {
		t.Errorf("told %d times in an hour and %d polls", n, polls)
	}
	log.Reset()
	now = now.Add(time.Hour)
	for _, quiet := range []kgo.Fetches{poll(nil, &kgo.Record{}), poll(context.DeadlineExceeded), poll(context.Canceled), poll(nil)} {
		if wait := f.tell(quiet, now); wait != 0 || log.Len() > 0 {
			t.Errorf("waits %s, tells %q of nothing wrong", wait, log.String())
		}
	}
	if wait := f.tell(poll(errors.New("not allowed")), now); wait != firstBackoff || log.Len() == 0 {
		t.Errorf("waits %s, tells %q", wait, log.String())
	}
	if wait := f.tell(poll(errors.New("not allowed"), &kgo.Record{}), now); wait != 0 {
		t.Errorf("waits %s with records in hand", wait)
	}
}
