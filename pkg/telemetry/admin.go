package telemetry

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"net/netip"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

const (
	adminTimeout = 10 * time.Second
	adminProfile = 2 * time.Minute // the longest profile one may ask for
	silentFor    = time.Second / 4 // how long a request that is on its way at a stop may take to arrive
)

// Handler serves /metrics, /livez and /readyz, and /debug/pprof when profile is set: it shows memory and command line,
// so it is for loopback only (see [Loopback]). ready returns nil when the process can do its work.
func Handler(gather prometheus.Gatherer, ready func() error, profile bool) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(gather, promhttp.HandlerOpts{EnableOpenMetrics: true}))
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if err := ready(); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	if profile {
		mux.HandleFunc("GET /debug/pprof/", pprof.Index)
		mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	}
	return mux
}

// Loopback reports whether addr, host:port, can be reached from this machine only.
func Loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip, bad := netip.ParseAddr(host)
	return err == nil && (host == "localhost" || bad == nil && ip.Unmap().IsLoopback())
}

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
		Handler: h, ReadHeaderTimeout: adminTimeout, ReadTimeout: time.Minute,
		WriteTimeout: adminProfile, IdleTimeout: adminProfile, MaxHeaderBytes: 64 << 10,
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
