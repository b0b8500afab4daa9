package gateway

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
)

// Deps are what the gateway needs from its process.
type Deps struct {
	Log        *slog.Logger
	Registerer prometheus.Registerer
	Now        func() time.Time
}

// Service is the wired gateway.
type Service struct {
	cfg        Config
	deps       Deps
	carriers   []*carrier
	producer   *stream.Producer
	tail       *stream.Tail
	listener   net.Listener
	book       *book
	metrics    *metrics
	mounted    map[string]http.Handler
	slots      chan struct{} // one per request held open
	streams    chan struct{} // one per event stream open
	background sync.WaitGroup
	work       context.Context // ends when background work must stop; set in New because requests outlive Run's start
	cancelWork context.CancelFunc
}

// New wires the gateway and opens its port, so that a port in use is known before anything starts.
func New(cfg Config, deps Deps) (*Service, error) {
	s := &Service{cfg: cfg, deps: deps, book: newBook(cfg.FeedBytes), mounted: map[string]http.Handler{}, metrics: newMetrics(deps.Registerer),
		slots: make(chan struct{}, cfg.MaxWaiting), streams: make(chan struct{}, cfg.FeedClients)}
	for _, c := range cfg.Carriers {
		ready, err := prepare(c)
		if err != nil {
			return nil, err
		}
		s.carriers = append(s.carriers, ready)
	}
	var err error
	if s.producer, err = stream.NewProducer(cfg.Kafka, deps.Log); err != nil {
		return nil, err
	}
	s.tail, err = stream.NewTail(stream.TailOptions{Config: cfg.Kafka, Topic: event.TopicAdvisory, Log: deps.Log,
		Since: deps.Now().Add(-cfg.FeedWindow), Each: s.book.add})
	if err != nil {
		return nil, err
	}
	if s.listener, err = s.listen(); err != nil {
		return nil, err
	}
	s.work, s.cancelWork = context.WithCancel(context.Background())
	return s, nil
}

func (s *Service) listen() (net.Listener, error) {
	l, err := net.Listen("tcp", s.cfg.HTTP)
	if err != nil {
		return nil, fmt.Errorf("open carriers' port: %w", err)
	}
	if s.cfg.TLSCertFile == "" {
		return l, nil
	}
	pair, err := tls.LoadX509KeyPair(s.cfg.TLSCertFile, s.cfg.TLSKeyFile)
	if err != nil {
		return nil, fmt.Errorf("load certificate: %w", err)
	}
	t := &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}, NextProtos: []string{"h2", "http/1.1"}}
	if s.cfg.ClientCAFile != "" {
		pem, err := os.ReadFile(s.cfg.ClientCAFile)
		if err != nil {
			return nil, fmt.Errorf("read carriers' authority: %w", err)
		}
		t.ClientCAs = x509.NewCertPool()
		if !t.ClientCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("read carriers' authority: %s holds no certificate", s.cfg.ClientCAFile)
		}
		t.ClientAuth = tls.VerifyClientCertIfGiven
	}
	return tls.NewListener(l, t), nil
}

// Addr is the address carriers post to.
func (s *Service) Addr() string { return s.listener.Addr().String() }

// Run serves carriers until ctx ends; requests that are open get their answers.
func (s *Service) Run(ctx context.Context) error {
	defer s.producer.Close()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.tail.Run(context.WithoutCancel(ctx)) })
	group.Go(func() error {
		defer s.tail.Stop() // last: open requests wait for advisories
		err := telemetry.ServeListener(ctx, s.listener, s.Handler(), s.cfg.Grace, nil)
		s.drain()
		return err
	})
	return group.Wait()
}

// drain gives messages that were taken in a last chance to reach Kafka.
func (s *Service) drain() {
	stop := time.AfterFunc(s.cfg.Grace, s.cancelWork)
	defer stop.Stop()
	s.background.Wait()
	s.cancelWork()
}

// Ready reports whether the gateway can answer: it has read the recent advisories.
func (s *Service) Ready() error {
	if len(s.carriers) == 0 {
		return errors.New("no carrier is configured")
	}
	return s.tail.Ready()
}
