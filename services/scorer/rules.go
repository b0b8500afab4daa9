package scorer

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"

	"fairway/pkg/event"
	"fairway/pkg/rule"
	"fairway/pkg/ruletest"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
)

// current holds the rule set in force. Batches read it once, so that a swap falls between two of them.
type current struct {
	log     *slog.Logger
	metrics *metrics
	reload  *telemetry.Reload
	set     atomic.Pointer[inForce]
	mu      sync.Mutex // orders those who install
	newest  int64      // when the newest release taken from the topic was made
}

// inForce is a set and the evaluators made for it, one for each worker that is evaluating.
type inForce struct {
	*rule.Set
	evaluators sync.Pool
}

// installFS is install for the rules of a file system.
func (c *current) installFS(fsys fs.FS, from string) error {
	files, err := rule.Files(fsys)
	if err != nil {
		c.refuse(err)
		return fmt.Errorf("read rules from %s: %w", from, err)
	}
	return c.install(files, from)
}

// install makes these rules the ones in force, if every one of them compiles, every test passes and lint has nothing
// against them. Where they come from makes no difference.
func (c *current) install(files map[string][]byte, from string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	set, err := check(files)
	if err != nil {
		c.refuse(err)
		return fmt.Errorf("rules from %s are refused, the old ones stay:\n%w", from, err)
	}
	c.reload.Done(nil)
	if old := c.set.Load(); old != nil && old.Release() == set.Release() {
		return nil
	}
	next := &inForce{Set: set}
	next.evaluators.New = func() any { return set.NewEvaluator() }
	c.set.Store(next)
	c.metrics.inForce(set)
	c.log.Info("rules in force", "release", set.Release(), "rules", set.Len(), "from", from)
	return nil
}

// refuse takes down that rules were not taken.
func (c *current) refuse(err error) {
	c.metrics.refused.Inc()
	c.reload.Done(err)
}

func check(files map[string][]byte) (*rule.Set, error) {
	set, err := rule.Parse(files)
	if err != nil {
		return nil, err
	}
	if _, findings := ruletest.Check(files); len(findings) > 0 {
		return nil, findings
	}
	return set, nil
}

// released takes in releases as they arrive on the topic. A release that does not hold is refused, not fatal: the
// next one may. An older one than what is in force comes only from reading the topic anew.
func (c *current) released(_ context.Context, recs []stream.Record) error {
	for i := range recs {
		var r event.RulesReleased
		if len(recs[i].Value) == 0 {
			continue
		}
		if err := event.Decode(append([]byte(nil), recs[i].Value...), &r); err != nil {
			c.refuse(err)
			c.log.Error("a rule release does not decode", "offset", recs[i].Offset, "error", err)
			continue
		}
		if r.At < c.newest {
			continue
		}
		files := make(map[string][]byte, len(r.Files))
		for name, text := range r.Files {
			files[name] = []byte(text)
		}
		if err := c.install(files, "release "+r.Release); err != nil {
			c.log.Error(err.Error())
			continue
		}
		c.newest = r.At
	}
	return nil
}
