package projection

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"

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
