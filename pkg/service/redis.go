package service

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Redis says how to reach the projection store. Secrets are files.
type Redis struct {
	Address      string        `yaml:"address" help:"host:port of the server"`
	CAFile       string        `yaml:"ca_file" help:"PEM file of the server's authority; turns TLS on"`
	User         string        `yaml:"user" help:"ACL user"`
	PasswordFile string        `yaml:"password_file" help:"file that holds the password"`
	Prefix       string        `yaml:"prefix" help:"starts every key, so that several installations can share a server"`
	Timeout      time.Duration `yaml:"timeout" help:"of one read or write of a whole pipeline"`
}

// DefaultRedis is a server on this machine. The default time-out is far below the carrier's deadline, so that a Redis
// that hangs is noticed as one that is away.
func DefaultRedis() Redis {
	return Redis{Address: "127.0.0.1:6379", Prefix: "fairway:", Timeout: 250 * time.Millisecond}
}

// Validate returns everything that is wrong with r.
func (r Redis) Validate() error {
	var errs []error
	errs = append(errs, Dial("redis.address", r.Address))
	if r.Timeout < 10*time.Millisecond || r.Timeout > time.Minute {
		errs = append(errs, errors.New("redis.timeout: between 10ms and 1m"))
	}
	return errors.Join(errs...)
}

// Check reads the files that r names.
func (r Redis) Check() error {
	c, err := r.Client()
	if err != nil {
		return err
	}
	return c.Close()
}

// Client makes a client; it connects when first used.
func (r Redis) Client() (*redis.Client, error) {
	o := &redis.Options{
		Addr: r.Address, Username: r.User, DialTimeout: time.Second, ReadTimeout: r.Timeout, WriteTimeout: r.Timeout,
		PoolTimeout: r.Timeout, ContextTimeoutEnabled: true,
		MaxRetries: 1, // the stream's loop retries, with the partition paused
	}
	if r.PasswordFile != "" {
		secret, err := os.ReadFile(r.PasswordFile)
		if err != nil {
			return nil, fmt.Errorf("read redis password: %w", err)
		}
		o.Password = strings.TrimSpace(string(secret))
	}
	if r.CAFile != "" {
		pem, err := os.ReadFile(r.CAFile)
		if err != nil {
			return nil, fmt.Errorf("read redis authority: %w", err)
		}
		roots := x509.NewCertPool()
		if !roots.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("read redis authority: %s holds no certificate", r.CAFile)
		}
		o.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}
	}
	return redis.NewClient(o), nil
}

// logRedis sends what the Redis client says of itself to log. It is the client's only logger, for the whole process.
func logRedis(log *slog.Logger) { redis.SetLogger(redisLog{log}) }

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
