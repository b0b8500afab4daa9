package main

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/population"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
	"fairway/rules"
)

// bench is the system under test and its generator, which is this process.
type bench struct {
	stack  string
	system *system
	config stream.Config
	dir    string
	rules  int
	people *population.Population
	watch  *watcher
	client *http.Client
	peak   *peak
}

// start starts every service in one process, on embedded or real backends, with names of its own.
func start(ctx context.Context, kafka, redis string, wantRules int) (*bench, error) {
	dir, err := os.MkdirTemp("", "fairway-loadtest-")
	if err != nil {
		return nil, err
	}
	b := &bench{stack: "embedded", dir: dir, people: population.New(1, time.Now().UTC()),
		client: &http.Client{Transport: &http.Transport{MaxIdleConns: 4096, MaxIdleConnsPerHost: 4096}}}
	if kafka != "" {
		b.stack = "real"
	}
	if b.rules, err = copyRules(filepath.Join(dir, "rules"), wantRules); err != nil {
		return nil, err
	}
	b.system, err = startSystem(ctx, backends{filepath.Join(dir, "data"), filepath.Join(dir, "rules"), kafka, redis})
	if err != nil {
		return nil, err
	}
	b.config, b.peak = b.system.Kafka, watchMemory(b.system.process.Process.Pid)
	b.watch, err = watch(ctx, b.config)
	return b, err
}

func (b *bench) stop() {
	b.watch.stop()
	if err := b.system.stop(); err != nil {
		fmt.Fprintln(os.Stderr, "loadtest: stop:", err)
	}
	os.RemoveAll(b.dir)
}

// copyRules writes the built-in rules to dir, and copies of them under other names until there are n.
func copyRules(dir string, n int) (int, error) {
	files := rules.FS()
	var names []string
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".yaml") && !strings.HasSuffix(path, "_test.yaml") {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	n = max(n, len(names))
	for i := range n {
		path := names[i%len(names)]
		to := path
		if i >= len(names) {
			to = strings.TrimSuffix(path, ".yaml") + fmt.Sprintf("-copy%d.yaml", i/len(names))
		}
		for _, suffix := range []string{".yaml", "_test.yaml"} {
			body, err := fs.ReadFile(files, strings.TrimSuffix(path, ".yaml")+suffix)
			if err != nil {
				return 0, err
			}
			if i >= len(names) {
				body = []byte(strings.ReplaceAll(string(body), strings.TrimSuffix(path, ".yaml"), strings.TrimSuffix(to, ".yaml")))
			}
			out := filepath.Join(dir, strings.TrimSuffix(to, ".yaml")+suffix)
			if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
				return 0, err
			}
			if err := os.WriteFile(out, body, 0o644); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}

// load publishes n list entries and waits until names are matched against the last of them.
func (b *bench) load(ctx context.Context, n int) error {
	p, err := stream.NewProducer(b.config, telemetry.Discard().Log)
	if err != nil {
		return err
	}
	defer p.Close()
	if err := b.system.tell("revision"); err != nil {
		return err
	}
	var batch []stream.Out
	for i, e := range b.people.Listed(n) {
		w := event.WatchlistChanged{V: 1, Entry: e, Submitted: "load", Approved: "test", At: time.Now().UnixMilli()}
		r, err := w.Record()
		if err != nil {
			return err
		}
		if batch = append(batch, r); len(batch) == 5000 || i == n-1 {
			if err := p.Produce(ctx, batch...); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	return b.system.tell("grown " + strconv.Itoa(n))
}
