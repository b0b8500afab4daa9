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
	"fairway/pkg/watchlist"
	"fairway/services/advisor"
	"fairway/services/curator"
	"fairway/services/decoder"
	"fairway/services/enricher"
	"fairway/services/gateway"
	"fairway/services/scorer"
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
	behind   map[string]service.Runner // what must outlive the gateway
	// Announce is called once, when everything is ready.
	Announce func(text string)
}

// New starts the backends and wires every service.
func New(ctx context.Context, cfg Config, t *telemetry.Telemetry) (*Service, error) {
	b, err := cfg.start(ctx, t.Log)
	if err != nil {
		return nil, err
	}
	s := &Service{cfg: cfg, t: t, backends: b, Announce: func(string) {}}
	if err := s.wire(cfg.configs(b)); err != nil {
		b.stop()
		return nil, err
	}
	return s, nil
}

func (s *Service) wire(c configs) error {
	log, reg := s.t.Log, s.t.Registry
	var errs [6]error
	var d *decoder.Service
	var e *enricher.Service
	var sc *scorer.Service
	var a *advisor.Service
	d, errs[0] = decoder.New(c.decoder, decoder.Deps{Log: log.With("part", "decoder"), Registerer: reg, Now: time.Now})
	e, errs[1] = enricher.New(c.enricher, enricher.Deps{Log: log.With("part", "enricher"), Registerer: reg})
	sc, errs[2] = scorer.New(c.scorer, scorer.Deps{Log: log.With("part", "scorer"), Registerer: reg, Now: time.Now})
	a, errs[3] = advisor.New(c.advisor, advisor.Deps{Log: log.With("part", "advisor"), Registerer: reg, Now: time.Now})
	s.curator, errs[4] = curator.New(c.curator, curator.Deps{Log: log.With("part", "curator"), Registerer: reg, Now: time.Now})
	s.gateway, errs[5] = gateway.New(c.gateway, gateway.Deps{Log: log.With("part", "gateway"), Registerer: reg, Now: time.Now})
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	s.enricher = e
	for _, path := range []string{"/v1/watchlist/", "/v1/confirmations", "/v1/clearances"} {
		s.gateway.Mount(path, s.curator.Handler())
	}
	s.behind = map[string]service.Runner{"decoder": d, "enricher": e, "scorer": sc, "advisor": a, "curator": s.curator}
	return nil
}

// Ready reports whether every service is.
func (s *Service) Ready() error {
	errs := make([]error, 0, len(s.behind)+1)
	for name, r := range s.behind {
		if err := r.Ready(); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	if err := s.gateway.Ready(); err != nil {
		errs = append(errs, fmt.Errorf("gateway: %w", err))
	}
	return errors.Join(errs...)
}

// Run runs everything until ctx ends: the gateway stops first, so that open requests are still answered, and the
// backends last.
func (s *Service) Run(ctx context.Context) error {
	defer s.backends.stop()
	behind, stopBehind := context.WithCancel(context.WithoutCancel(ctx))
	defer stopBehind()
	group, front := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer stopBehind()
		return s.gateway.Run(front)
	})
	for name, r := range s.behind {
		group.Go(func() error {
			if err := r.Run(behind); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		})
	}
	group.Go(func() error { return s.prepare(front) })
	return group.Wait()
}

// prepare waits until everything is ready, publishes the sample list if there is no list yet, and announces it.
func (s *Service) prepare(ctx context.Context) error {
	for s.curator.Ready() != nil {
		if !pause(ctx) {
			return nil
		}
	}
	entries, problems, err := watchlist.ReadCSV(strings.NewReader(sample))
	if err != nil || watchlist.Refused(problems) > 0 {
		return fmt.Errorf("read sample list: %w (%d problems)", err, len(problems))
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
