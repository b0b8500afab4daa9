package projection

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"fairway/pkg/secret"
)

// Config says how to reach Redis. Secrets are files.
type Config struct {
	Address      string        `yaml:"address" help:"host:port of the server"`
	CAFile       string        `yaml:"ca_file" help:"PEM file of the server's authority; turns TLS on"`
	User         string        `yaml:"user" help:"ACL user"`
	PasswordFile string        `yaml:"password_file" help:"file that holds the password"`
	Prefix       string        `yaml:"prefix" help:"starts every key, so that several installations can share a server"`
	Timeout      time.Duration `yaml:"timeout" help:"of one read or write of a whole pipeline" limit:"10ms..1m"`
}

// DefaultConfig is a server on this machine. The default time-out is far below the carrier's deadline, so that a Redis
// that hangs is noticed as one that is away.
func DefaultConfig() Config {
	return Config{Address: "127.0.0.1:6379", Prefix: "fairway:", Timeout: 250 * time.Millisecond}
}

// Check reads the files that c names.
func (c Config) Check() error {
	client, err := c.Client()
	if err != nil {
		return err
	}
	return client.Close()
}

// Client makes a client; it connects when first used.
func (c Config) Client() (*redis.Client, error) {
	o := &redis.Options{
		Addr: c.Address, Username: c.User, DialTimeout: time.Second, ReadTimeout: c.Timeout, WriteTimeout: c.Timeout,
		PoolTimeout: c.Timeout, ContextTimeoutEnabled: true,
		MaxRetries: 1, // the stream's loop retries, with the partition paused
	}
	var err error
	if c.PasswordFile != "" {
		if o.Password, err = secret.Text("redis password", c.PasswordFile); err != nil {
			return nil, err
		}
	}
	if o.TLSConfig, err = secret.ClientTLS("redis", c.CAFile, "", ""); err != nil {
		return nil, err
	}
	return redis.NewClient(o), nil
}

// LogTo sends what the Redis client says of itself to log. It is the client's only logger, for the whole process.
func LogTo(log *slog.Logger) { redis.SetLogger(redisLog{log}) }

type redisLog struct{ *slog.Logger }

// Printf implements the client's logger. That a server cannot be reached comes with every try, and is a dependency's to
// tell once.
func (l redisLog) Printf(ctx context.Context, format string, args ...any) {
	level, text := slog.LevelWarn, fmt.Sprintf(format, args...)
	if strings.Contains(text, "failed to dial") || strings.Contains(text, "usable connection") {
		level = slog.LevelDebug
	}
	l.Log(ctx, level, "redis client: "+strings.TrimPrefix(text, "redis: "))
}
