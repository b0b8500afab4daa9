package scorer

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// settle is how long a directory must be quiet before it is read: editors write a file in several steps.
	settle = 100 * time.Millisecond
	// look is how often it is looked at besides: a link that is swapped, a ConfigMap and a network file system tell
	// nobody that watches.
	look = time.Second
	// deepest is how many folders deep is looked; rules are two deep.
	deepest = 6
)

// follow installs the rules of a directory whenever anything in it changes, until ctx ends.
func (c *current) follow(ctx context.Context, dir string) error {
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
	again := time.NewTicker(look)
	defer again.Stop()
	seen := signature(dir)
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
			c.log.Warn("watch rules", "error", err)
			quiet.Reset(settle)
		case <-again.C:
			if now := signature(dir); now != seen {
				seen = now
				quiet.Reset(settle)
			}
		case <-quiet.C:
			if err := watchTree(w, dir); err != nil { // directories made since
				c.log.Warn("watch rules", "error", err)
			}
			seen = signature(dir)
			if err := c.installFS(os.DirFS(dir), dir); err != nil {
				c.log.Error(err.Error())
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

// signature is a digest of what stands in a directory, links followed: it changes when names, sizes or times do. What
// cannot be read counts as not there.
func signature(dir string) uint64 {
	h := fnv.New64a()
	var walk func(fsys fs.FS, at string, depth int)
	walk = func(fsys fs.FS, at string, depth int) {
		entries, _ := fs.ReadDir(fsys, at)
		for _, e := range entries {
			name := path.Join(at, e.Name())
			if strings.HasPrefix(e.Name(), ".") {
				continue
			}
			info, err := fs.Stat(fsys, name)
			if err != nil {
				continue
			}
			if info.IsDir() && depth < deepest {
				walk(fsys, name, depth+1)
				continue
			}
			fmt.Fprintf(h, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
		}
	}
	walk(os.DirFS(dir), ".", 0)
	return h.Sum64()
}
