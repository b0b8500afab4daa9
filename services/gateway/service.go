package gateway

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"fairway/pkg/access"
	"fairway/pkg/event"
	"fairway/pkg/secret"
	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
	"fairway/pkg/web"
	"fairway/services/gateway/window"
)

// Deps are what the gateway needs from its process.
type Deps = service.Deps

// producer is what requests need of [stream.Producer].
type producer interface {
	Produce(context.Context, ...stream.Out) error
	Close()
}

// Service is the wired gateway.
type Service struct {
	cfg        Config
	deps       Deps
	carriers   []*carrier
	producer   producer
	kafka      *telemetry.Dependency
	tail       *stream.Tail
	listener   net.Listener
	pair       secret.Certificate
	window     *window.Window
	keys       *access.Keys
	followed   []*service.Followed
	teardown   service.Teardown
	refused    refusedLog
	metrics    *metrics
	mounted    map[string]http.Handler
	slots      chan struct{} // one per request held open
	streams    chan struct{} // one per event stream or long poll open
	background sync.WaitGroup
	stopping   chan struct{}   // closed when Run's context ends: feeds that are held open end then
	work       context.Context // ends when background work must stop; set in New because requests outlive Run's start
	cancelWork context.CancelFunc
}

// New wires the gateway and opens its port, so that a port in use is known before anything starts.
func New(cfg Config, deps Deps) (_ *Service, err error) {
	s := &Service{cfg: cfg, deps: deps, window: window.New(cfg.FeedBytes), mounted: map[string]http.Handler{}, metrics: newMetrics(deps.Registerer),
		slots: make(chan struct{}, cfg.MaxWaiting), streams: make(chan struct{}, cfg.FeedClients), stopping: make(chan struct{})}
	defer func() { err = s.teardown.Failed(err) }()
	for _, c := range cfg.Carriers {
		s.carriers = append(s.carriers, prepare(c))
	}
	if s.keys, err = access.NewKeys("carrier", owners(cfg.Carriers)); err != nil {
		return nil, err
	}
	s.followed = s.follows()
	s.metrics.begin(s.carriers)
	open(deps.Registerer, s.slots, s.streams)
	kafka, err := stream.NewProducer(cfg.Kafka, deps.Log)
	if err != nil {
		return nil, err
	}
	s.producer = kafka
	s.teardown.AddFunc("kafka producer", kafka.Close)
	s.kafka = telemetry.NewDependency("gateway", "kafka", kafka.Ping, deps.Registerer, deps.Log)
	s.tail, err = stream.NewTail(stream.TailOptions{Config: cfg.Kafka, Topic: event.TopicAdvisory, Log: deps.Log,
		Since: deps.Now().Add(-cfg.FeedWindow), Each: s.arrive})
	if err != nil {
		return nil, err
	}
	s.teardown.AddFunc("tail of advisories", s.tail.Close)
	if s.listener, err = s.listen(); err != nil {
		return nil, err
	}
	s.teardown.Add("carriers' port", s.unlisten)
	deps.Log.Info("what memory is for", "feed_mib", cfg.FeedBytes>>20, "requests", cfg.MaxWaiting, "request_mib", cfg.MaxBody>>20, "streams", cfg.FeedClients)
	s.work, s.cancelWork = context.WithCancel(context.Background())
	return s, nil
}

// Close lets go of what New has opened, for who does not call Run.
func (s *Service) Close() error { return s.teardown.Close() }

// unlisten closes the port, where the server has not.
func (s *Service) unlisten() error {
	if err := s.listener.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

func (s *Service) listen() (net.Listener, error) {
	l, err := net.Listen("tcp", s.cfg.HTTP)
	if err != nil {
		return nil, fmt.Errorf("open carriers' port: %w", err)
	}
	t, err := s.cfg.tls(&s.pair)
	if err != nil {
		l.Close()
		return nil, err
	}
	if t == nil {
		return l, nil
	}
	return tls.NewListener(l, t), nil
}

// Addr is the address carriers post to.
func (s *Service) Addr() string { return s.listener.Addr().String() }

// Run serves carriers until ctx ends; requests that are open get their answers.
func (s *Service) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	context.AfterFunc(ctx, func() { close(s.stopping) })
	for _, f := range s.followed {
		group.Go(func() error { return f.Run(ctx) })
	}
	group.Go(func() error { return s.kafka.Run(ctx) })
	group.Go(func() error { return s.tail.Run(context.WithoutCancel(ctx)) })
	group.Go(func() error {
		defer s.tail.Stop() // last: open requests wait for advisories
		err := web.ServeListener(ctx, s.listener, s.Handler(), s.cfg.Grace, nil)
		s.drain()
		return err
	})
	err := group.Wait()
	s.lastRefused()
	return errors.Join(err, s.Close())
}

// drain gives messages that were taken in a last chance to reach Kafka. What is on its way to a broker that is gone can
// only be called back by closing the producer.
func (s *Service) drain() {
	stop := time.AfterFunc(s.cfg.Grace, func() {
		s.cancelWork()
		s.producer.Close()
	})
	defer stop.Stop()
	s.background.Wait()
	s.cancelWork()
}

// Ready reports whether the gateway can answer: Kafka is there, and it has read the recent
// advisories. Carriers are answered all the same: by their deadline, unscreened.
func (s *Service) Ready() error {
	if len(s.carriers) == 0 {
		return errors.New("no carrier is configured")
	}
	return errors.Join(s.kafka.Ready(), s.tail.Ready())
}
