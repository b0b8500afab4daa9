package projection

import (
	"bytes"
	"context"
	"encoding/pem"
	"errors"
	"log/slog"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// buffer is written by the client's goroutines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func TestASecretThatIsNotThere(t *testing.T) {
	r := DefaultConfig()
	r.PasswordFile = "/does/not/exist"
	if _, err := r.Client(); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// TestWhatIsConfiguredIsUsed holds that who we are, how the server is known and how often it is asked reach the client.
func TestWhatIsConfiguredIsUsed(t *testing.T) {
	r := DefaultConfig()
	r.User, r.PasswordFile = "ann", filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(r.PasswordFile, []byte("hush-hush\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	r.CAFile = filepath.Join(t.TempDir(), "ca")
	if err := os.WriteFile(r.CAFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := r.Client()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if o := c.Options(); o.Addr != r.Address || o.Username != "ann" || o.Password != "hush-hush" || o.TLSConfig == nil || o.TLSConfig.RootCAs == nil || o.MaxRetries != 1 {
		t.Errorf("%q, %q, TLS %v, %d tries more", o.Addr, o.Username, o.TLSConfig != nil, o.MaxRetries)
	}
}

// TestRedisLogsThroughSlog makes a client fail: what it says of itself is in our log and nowhere else, and no louder
// than debug, since it says it with every try.
func TestRedisLogsThroughSlog(t *testing.T) {
	var out buffer
	LogTo(slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})))
	c := redis.NewClient(&redis.Options{Addr: "127.0.0.1:1", MaxRetries: -1})
	defer c.Close()
	if c.Ping(t.Context()).Err() == nil {
		t.Fatal("somebody answers on port 1")
	}
	if text := out.String(); !strings.Contains(text, `level=DEBUG msg="redis client: connection pool: failed to dial`) || strings.Contains(text, "level=WARN") {
		t.Errorf("got %q", text)
	}
	redisLog{slog.New(slog.NewTextHandler(&out, nil))}.Printf(t.Context(), "putConn called with %s connection", "nil")
	if !strings.Contains(out.String(), `level=WARN msg="redis client: putConn called with nil connection"`) {
		t.Errorf("got %q", out.String())
	}
}

// TestARedisThatHangs holds that one which answers nothing is given up after the time-out, and at once when
// nobody waits any more.
func TestARedisThatHangs(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			defer c.Close()
		}
	}()
	try := func(timeout, wait time.Duration) time.Duration {
		t.Helper()
		r := DefaultConfig()
		r.Address, r.Timeout = l.Addr().String(), timeout
		c, err := r.Client()
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		ctx, cancel := context.WithTimeout(t.Context(), wait)
		defer cancel()
		since := time.Now()
		if c.Get(ctx, "k").Err() == nil {
			t.Error("nobody answered, and there is an answer")
		}
		return time.Since(since)
	}
	if took := try(20*time.Millisecond, time.Minute); took > 2*time.Second {
		t.Errorf("given up after %s", took)
	}
	if took := try(time.Minute, 20*time.Millisecond); took > 2*time.Second {
		t.Errorf("given up after %s, though nobody waited", took)
	}
}
