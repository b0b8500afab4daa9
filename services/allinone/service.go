package allinone

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
	"fairway/pkg/watchlist/source/csv"
	"fairway/services/curator"
	"fairway/services/enricher"
	"fairway/services/gateway"
)

// sample is a small list of invented people and documents, so that the first run has something to find.
//
//go:embed sample.csv
var sample string

// Service is every service in one process.
type Service struct {
	cfg      Config
	t        *telemetry.Telemetry
	backends *backends
	gateway  *gateway.Service
	curator  *curator.Service
	enricher *enricher.Service
	parts    map[string]part
	teardown service.Teardown
	// Announce is called once, when everything is ready.
	Announce func(text string)
}

// New starts the backends and wires every service.
func New(ctx context.Context, cfg Config, t *telemetry.Telemetry) (_ *Service, err error) {
	s := &Service{cfg: cfg, t: t, parts: map[string]part{}, Announce: func(string) {}}
	defer func() { err = s.teardown.Failed(err) }()
	if s.backends, err = cfg.start(ctx, t.Log, &s.teardown); err != nil {
		return nil, err
	}
	all := cfg.configs(s.backends)
	for _, u := range Units() {
		if s.parts[u.Name], err = u.wire(s, &all); err != nil {
			return nil, err
		}
		s.teardown.Add(u.Name, s.parts[u.Name].Close)
	}
	for _, path := range []string{"/v1/watchlist/", "/v1/confirmations", "/v1/clearances"} {
		s.gateway.Mount(path, s.curator.Handler())
	}
	return s, nil
}

// Ready reports whether every service is.
func (s *Service) Ready() error {
	var errs []error
	for name, p := range s.parts {
		if err := p.Ready(); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

// Run runs everything until ctx ends: the gateway stops first, so that open requests are still answered, and the
// backends last.
func (s *Service) Run(ctx context.Context) error {
	return errors.Join(runParts(ctx, s.parts, s.prepare), s.teardown.Close())
}

// runParts runs prepare and the gateway until ctx ends, and the other parts until the gateway has stopped.
func runParts(ctx context.Context, parts map[string]part, prepare func(context.Context) error) error {
	behind, stopBehind := context.WithCancel(context.WithoutCancel(ctx))
	defer stopBehind()
	group, front := errgroup.WithContext(ctx)
	for name, p := range parts {
		group.Go(func() error {
			until := behind
			if name == "gateway" {
				defer stopBehind()
				until = front
			}
			if err := p.Run(until); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		})
	}
	group.Go(func() error { return prepare(front) })
	return group.Wait()
}

// prepare waits until everything is ready, publishes the sample list if there is no list yet, and announces it.
func (s *Service) prepare(ctx context.Context) error {
	for s.curator.Ready() != nil {
		if !pause(ctx) {
			return nil
		}
	}
	entries, findings, err := csv.Read(strings.NewReader(sample), csv.Options{})
	if err != nil || csv.Refused(findings) > 0 {
		return fmt.Errorf("read sample list: %w (%d findings)", err, len(findings))
	}
	if err := s.curator.Seed(ctx, entries, "demo officer one", "demo officer two"); err != nil {
		return fmt.Errorf("publish sample list: %w", err)
	}
	for s.Ready() != nil {
		if !pause(ctx) {
			return nil
		}
	}
	key := DemoKey
	if !s.cfg.hasDemoCarrier() {
		key = "KEY"
	}
	s.Announce(fmt.Sprintf("fairway is ready: post messages to http://%s/v1/messages with 'Authorization: Bearer %s', "+
		"metrics on http://%s/metrics", s.gateway.Addr(), key, s.cfg.Admin))
	if s.cfg.Demo {
		return s.demo(ctx)
	}
	return nil
}

// pause waits a moment; it returns false when ctx ends.
func pause(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(10 * time.Millisecond):
		return true
	}
}

// Addr is the gateway's address.
func (s *Service) Addr() string { return s.gateway.Addr() }

// Kafka is how to reach the broker that this process uses.
func (s *Service) Kafka() stream.Config { return s.backends.kafka }

// Revision is the watchlist revision that decisions are made by: names and documents are kept apart, and the older counts.
func (s *Service) Revision() int64 { return min(s.enricher.Revision(), s.curator.Revision()) }

// WaitForRevision waits until decisions are made by a watchlist revision, or a later one.
func (s *Service) WaitForRevision(ctx context.Context, revision int64) error {
	for s.Revision() < revision {
		if !pause(ctx) {
			return ctx.Err()
		}
	}
	return nil
}
