package main

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"crypto/rand"

	"fairway/pkg/event"
	"fairway/pkg/population"
	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
	"fairway/rules"
	"fairway/services/allinone"
)

// bench is the system under test, in this process, with its generator.
type bench struct {
	stack   string
	service *allinone.Service
	config  stream.Config
	dir     string
	rules   int
	ready   time.Duration
	people  *population.Population
	watch   *watcher
	client  *http.Client
	stopAll func() error
	peak    *peak
}

// start starts every service in this process, on embedded or real backends, with names of its own.
func start(ctx context.Context, kafka, redis string, wantRules int) (*bench, error) {
	dir, err := os.MkdirTemp("", "fairway-loadtest-")
	if err != nil {
		return nil, err
	}
	n, err := copyRules(filepath.Join(dir, "rules"), wantRules)
	if err != nil {
		return nil, err
	}
	cfg := allinone.DefaultConfig()
	cfg.Data, cfg.HTTP, cfg.Admin, cfg.LogLevel = filepath.Join(dir, "data"), "127.0.0.1:0", "", "warn"
	cfg.Kafka, cfg.Redis, cfg.Rules = kafka, redis, filepath.Join(dir, "rules")
	stack := "embedded"
	if kafka != "" {
		stack = "real"
		cfg.Replication = min(3, 1+strings.Count(kafka, ","))
		cfg.Prefix = "load" + strings.ToLower(rand.Text()[:8]) + "."
	}
	t, err := telemetry.New("loadtest", cfg.LogLevel, os.Stderr)
	if err != nil {
		return nil, err
	}
	service.TuneMemory(cfg.Process) // as every binary does
	began := time.Now()
	s, err := allinone.New(ctx, cfg, t)
	if err != nil {
		return nil, err
	}
	b := &bench{stack: stack, service: s, config: s.Kafka(), dir: dir, rules: n,
		people: population.New(1, time.Now().UTC()), peak: watchMemory()}
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done, ready := make(chan error, 1), make(chan struct{})
	s.Announce = func(string) { close(ready) }
	go func() { done <- s.Run(run) }()
	b.stopAll = func() error { cancel(); return <-done }
	select {
	case <-ready:
	case err := <-done:
		return nil, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	b.ready = time.Since(began)
	b.client = &http.Client{Transport: &http.Transport{MaxIdleConns: 4096, MaxIdleConnsPerHost: 4096}}
	b.watch, err = watch(run, b.config)
	return b, err
}

func (b *bench) stop() {
	if err := b.stopAll(); err != nil {
		fmt.Fprintln(os.Stderr, "loadtest: stop:", err)
	}
	b.watch.stop()
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

// load publishes n list entries and waits until a traveller who is on the last of them is found.
func (b *bench) load(ctx context.Context, n int) error {
	p, err := stream.NewProducer(b.config, telemetry.Discard().Log)
	if err != nil {
		return err
	}
	defer p.Close()
	var batch []stream.Out
	for i, e := range b.people.Listed(n) {
		w := event.WatchlistChanged{V: 1, Revision: int64(i) + 1_000, Entry: e, Submitted: "load", Approved: "test", At: time.Now().UnixMilli()}
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
	return b.service.WaitForRevision(ctx, int64(n)+999)
}
