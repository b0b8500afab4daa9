package web

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener on which [pipes.dial] arrives, without a network, so that time can be the test's own.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	select {
	case <-p.closed:
	default:
		close(p.closed)
	}
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p *pipes) dial() net.Conn {
	near, far := net.Pipe()
	p.conns <- far
	return near
}

// serve serves h until stop, which returns how long it took to stop.
func serve(t *testing.T, h http.HandlerFunc, grace time.Duration) (*pipes, func() time.Duration) {
	p := &pipes{make(chan net.Conn), make(chan struct{})}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- ServeListener(ctx, p, h, grace, nil) }()
	return p, func() time.Duration {
		since := time.Now()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		return time.Since(since)
	}
}

// TestStopIsBounded holds that a request which does not end is waited for no longer than the grace, a connection that asked
// nothing only for a moment, and one that comes meanwhile not at all.
func TestStopIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, stop := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, 7*time.Second)
		c := p.dial()
		go func() {
			_, _ = io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
			_, _ = io.Copy(io.Discard, c)
		}()
		synctest.Wait()
		if took := stop(); took != 7*time.Second {
			t.Errorf("stopped after %s", took)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		p, stop := serve(t, func(http.ResponseWriter, *http.Request) {}, 7*time.Second)
		p.dial()
		synctest.Wait()
		if took := stop(); took < silentFor || took > silentFor+time.Second {
			t.Errorf("stopped after %s", took)
		}
	})
	var late silent
	late.close()
	near, far := net.Pipe()
	late.state(far, http.StateNew)
	if _, err := near.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("one that came after the stop is open: %v", err)
	}
}

// TestSlowHeaders holds that a request whose headers do not arrive is given up.
func TestSlowHeaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, stop := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("served") }, time.Second)
		c := p.dial()
		if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: "); err != nil {
			t.Fatal(err)
		}
		since := time.Now()
		_, _ = io.Copy(io.Discard, c)
		if took := time.Since(since); took > headersWithin+time.Second {
			t.Errorf("given up after %s", took)
		}
		stop()
	})
}

// TestAnswers holds the shape of answers, and that who is not known is told how to be.
func TestAnswers(t *testing.T) {
	w := httptest.NewRecorder()
	AskForKey(w)
	Fail(w, http.StatusUnauthorized, "send a key")
	if w.Code != 401 || w.Body.String() != `{"error":"send a key"}`+"\n" || w.Header().Get("Content-Type") != "application/json" || w.Header().Get("WWW-Authenticate") != `Bearer realm="fairway"` {
		t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
	}
	w = httptest.NewRecorder()
	if Reply(w, http.StatusOK, func() {}); w.Code != http.StatusInternalServerError {
		t.Errorf("what JSON cannot say: %d", w.Code)
	}
}

// TestBodiesAreReadNoFurther holds that of a body which is too long no more is read than shows it.
func TestBodiesAreReadNoFurther(t *testing.T) {
	endless := bufio.NewReaderSize(strings.NewReader(strings.Repeat(" ", 1<<20)), 16)
	var v struct{}
	if err := Read(httptest.NewRecorder(), httptest.NewRequest("POST", "/", endless), 1000, &v, "the README"); err == nil {
		t.Error("it was read")
	}
	if left, _ := io.Copy(io.Discard, endless); left < 1<<20-64<<10 {
		t.Errorf("%d bytes were left", left)
	}
	deep := strings.Repeat("[", 40) + strings.Repeat("]", 40)
	if err := Read(httptest.NewRecorder(), httptest.NewRequest("POST", "/", strings.NewReader(deep)), 1000, &v, "the README"); err == nil || !strings.Contains(err.Error(), "too deep") {
		t.Errorf("%v", err)
	}
}
