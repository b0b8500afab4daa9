package gateway

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// refusedEvery is how often refused requests are told of in the log.
const refusedEvery = time.Minute

// refusedLog gathers refused requests between two lines of the log.
type refusedLog struct {
	mu     sync.Mutex
	count  int    // since the last line
	remote string // of the newest of them
	muted  bool   // there was a line within the last minute
}

// refuse counts a request of nobody known, and logs it: the first at once, those that follow once a minute. Never what
// it gave as its key: it may be a good one with a slip in it.
func (s *Service) refuse(r *http.Request) {
	s.metrics.refused.Inc()
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = "unknown"
	}
	f := &s.refused
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count, f.remote = f.count+1, host
	if !f.muted {
		s.tellRefused()
	}
}

// tellRefused logs what was refused since the last line, and looks again in a minute. Its lock is held.
func (s *Service) tellRefused() {
	f := &s.refused
	f.muted = f.count > 0
	if !f.muted {
		return
	}
	s.deps.Log.Warn("request refused: no key or certificate of a known carrier", "carrier", "unknown", "remote", f.remote, "count", f.count)
	f.count = 0
	time.AfterFunc(refusedEvery, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		s.tellRefused()
	})
}

// lastRefused logs what no line has told of yet.
func (s *Service) lastRefused() {
	s.refused.mu.Lock()
	defer s.refused.mu.Unlock()
	s.tellRefused()
}
