package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	headersWithin = 10 * time.Second
	bodyWithin    = time.Minute
	answerWithin  = 2 * time.Minute // and the longest that a connection is kept open idle
	mostHeaders   = 64 << 10
	silentFor     = time.Second / 4 // how long a request that is on its way at a stop may take to arrive
)

// Serve serves h on addr until ctx ends, then lets open requests finish for at most grace. It listens before
// started is called, and fails at once when it cannot.
func Serve(ctx context.Context, addr string, h http.Handler, grace time.Duration, started func(net.Addr)) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", addr, err)
	}
	return ServeListener(ctx, l, h, grace, started)
}

// ServeListener is [Serve] on a listener that exists already.
func ServeListener(ctx context.Context, l net.Listener, h http.Handler, grace time.Duration, started func(net.Addr)) error {
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: headersWithin, ReadTimeout: bodyWithin,
		WriteTimeout: answerWithin, IdleTimeout: answerWithin, MaxHeaderBytes: mostHeaders,
	}
	silent := &silent{conns: map[net.Conn]struct{}{}}
	srv.ConnState = silent.state
	if started != nil {
		started(l.Addr())
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	defer time.AfterFunc(silentFor, silent.close).Stop()
	if err := srv.Shutdown(bounded); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop serving %s: %w", l.Addr(), err)
	}
	return srv.Close()
}

// silent are the connections that have asked nothing yet, such as those that a load balancer opens ahead. Shutdown
// waits 5 s for one of them.
type silent struct {
	mu      sync.Mutex
	conns   map[net.Conn]struct{}
	stopped bool
}

func (s *silent) state(c net.Conn, now http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case now != http.StateNew:
		delete(s.conns, c)
	case s.stopped:
		c.Close()
	default:
		s.conns[c] = struct{}{}
	}
}

func (s *silent) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = true
	for c := range s.conns {
		c.Close()
	}
}
