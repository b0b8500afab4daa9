package service

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Redis says how to reach the projection store. Secrets are files.
type Redis struct {
	Address      string        `yaml:"address"`       // host:port
	CAFile       string        `yaml:"ca_file"`       // PEM of the server's authority; setting it turns TLS on
	User         string        `yaml:"user"`          // ACL user
	PasswordFile string        `yaml:"password_file"` // file that holds the password
	Prefix       string        `yaml:"prefix"`        // starts every key, so that several installations can share a server
	Timeout      time.Duration `yaml:"timeout"`       // of one read or write of a whole pipeline
}

// DefaultRedis is a server on this machine. The default time-out is far below the carrier's deadline, so that a Redis
// that hangs is noticed as one that is away.
func DefaultRedis() Redis {
	return Redis{Address: "127.0.0.1:6379", Prefix: "fairway:", Timeout: 250 * time.Millisecond}
}

// Validate returns everything that is wrong with r.
func (r Redis) Validate() error {
	var errs []error
	if r.Address == "" {
		errs = append(errs, errors.New("redis.address: name a server"))
	}
	if r.Timeout < 10*time.Millisecond || r.Timeout > time.Minute {
		errs = append(errs, errors.New("redis.timeout: between 10ms and 1m"))
	}
	return errors.Join(errs...)
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
