package scorer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fsnotify/fsnotify"

	"fairway/pkg/event"
	"fairway/pkg/rule"
	"fairway/pkg/rule/ruletest"
	"fairway/pkg/stream"
)

// settle is how long a directory must be quiet before it is read: editors write a file in several steps.
const settle = 100 * time.Millisecond

// book holds the rule set in force. Batches read it once, so that a swap falls between two of them.
type book struct {
	log     *slog.Logger
	metrics *metrics
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
func (b *book) installFS(fsys fs.FS, from string) error {
	files, err := rule.Files(fsys)
	if err != nil {
		b.metrics.refused.Inc()
		return fmt.Errorf("read rules from %s: %w", from, err)
	}
	return b.install(files, from)
}

// install makes these rules the ones in force, if every one of them compiles and every test passes.
func (b *book) install(files map[string][]byte, from string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	set, err := check(files)
	if err != nil {
		b.metrics.refused.Inc()
		return fmt.Errorf("rules from %s are refused, the old ones stay:\n%w", from, err)
	}
	if old := b.set.Load(); old != nil && old.Release() == set.Release() {
		return nil
	}
	next := &inForce{Set: set}
	next.evaluators.New = func() any { return set.NewEvaluator() }
	b.set.Store(next)
	b.metrics.inForce(set.Release(), set.Len())
	b.log.Info("rules in force", "release", set.Release(), "rules", set.Len(), "from", from)
	return nil
}

func check(files map[string][]byte) (*rule.Set, error) {
	set, err := rule.Parse(files)
	if err != nil {
		return nil, err
	}
	report, err := ruletest.RunFiles(files)
	if err != nil {
		return nil, err
	}
	if !report.OK() {
		return nil, errors.New(report.String())
	}
	return set, nil
}

// released takes in releases as they arrive on the topic. A release that does not hold is refused, not fatal: the
// next one may. An older one than what is in force comes only from reading the topic anew.
func (b *book) released(_ context.Context, recs []stream.Record) error {
	for i := range recs {
		var r event.RulesReleased
		if len(recs[i].Value) == 0 {
			continue
		}
		if err := event.Decode(append([]byte(nil), recs[i].Value...), &r); err != nil {
			b.metrics.refused.Inc()
			b.log.Error("a rule release does not decode", "offset", recs[i].Offset, "error", err)
			continue
		}
		if r.At < b.newest {
			continue
		}
		files := make(map[string][]byte, len(r.Files))
		for name, text := range r.Files {
			files[name] = []byte(text)
		}
		if err := b.install(files, "release "+r.Release); err != nil {
			b.log.Error(err.Error())
			continue
		}
		b.newest = r.At
	}
	return nil
}

// follow installs the rules of a directory whenever anything in it changes, until ctx ends.
func (b *book) follow(ctx context.Context, dir string) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch rules: %w", err)
	}
	defer w.Close()
	if err := watchTree(w, dir); err != nil {
		return err
	}
	quiet := time.NewTimer(0) // what changed before the watch began
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case _, ok := <-w.Events:
			if !ok {
				return nil
			}
			quiet.Reset(settle)
		case err := <-w.Errors:
			b.log.Warn("watch rules", "error", err)
			quiet.Reset(settle)
		case <-quiet.C:
			if err := watchTree(w, dir); err != nil { // directories made since
				b.log.Warn("watch rules", "error", err)
			}
			if err := b.installFS(os.DirFS(dir), dir); err != nil {
				b.log.Error(err.Error())
			}
		}
	}
}

func watchTree(w *fsnotify.Watcher, dir string) error {
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = w.Add(path)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("watch rules in %s: %w", dir, err)
	}
	return nil
}
