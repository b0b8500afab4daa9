package curator

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"

	"fairway/pkg/service"
)

const shortestKey = 16

// officer is an Officer with the key hashed.
type officer struct {
	name     string
	key      [sha256.Size]byte
	loopback bool
}

// prepare makes all officers ready, or returns everything that is wrong with their keys. A key is one person's: who has
// two names approves what they submitted.
func prepare(all []Officer) ([]officer, error) {
	ready := make([]officer, 0, len(all))
	owner := map[[sha256.Size]byte]string{}
	var errs []error
	for _, o := range all {
		key, err := o.key()
		if err != nil {
			errs = append(errs, err)
			continue
		}
		sum := sha256.Sum256([]byte(key))
		if other, ok := owner[sum]; ok {
			errs = append(errs, fmt.Errorf("officers %s and %s have the same key", other, o.Name))
		}
		owner[sum] = o.Name
		ready = append(ready, officer{o.Name, sum, o.Key != ""})
	}
	return ready, errors.Join(errs...)
}

func (o Officer) key() (string, error) {
	if o.KeyFile == "" {
		return o.Key, nil
	}
	b, err := os.ReadFile(o.KeyFile)
	if err != nil {
		return "", fmt.Errorf("read key of officer %s: %w", o.Name, err)
	}
	key := strings.TrimSpace(string(b))
	if len(key) < shortestKey {
		return "", fmt.Errorf("key of officer %s is shorter than %d characters", o.Name, shortestKey)
	}
	return key, nil
}

// follow reads the officers' keys again when their files change, until ctx ends. Bad ones leave all as they are.
func (s *Service) follow(ctx context.Context) error {
	var files []string
	for _, o := range s.cfg.Officers {
		if o.KeyFile != "" {
			files = append(files, o.KeyFile)
		}
	}
	if len(files) == 0 {
		return nil
	}
	return service.Follow(ctx, files, func() {
		ready, err := prepare(s.cfg.Officers)
		if s.reload.Done(err); err != nil {
			s.deps.Log.Error("changed files are refused, what was read before stays", "what", "officer_keys", "error", err)
			return
		}
		s.reread.Store(&ready)
	})
}

// known are the officers, with the keys that were read last.
func (s *Service) known() []officer {
	if now := s.reread.Load(); now != nil {
		return *now
	}
	return s.officers
}

// identify returns the name of the officer who made r, or "". Every key is compared, in constant time.
func (s *Service) identify(r *http.Request) string {
	scheme, key, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	sum, name, officers := sha256.Sum256([]byte(key)), "", s.known()
	for i := range officers {
		o := &officers[i]
		if subtle.ConstantTimeCompare(sum[:], o.key[:]) == 1 && (!o.loopback || fromLoopback(r)) {
			name = o.name
		}
	}
	return name
}

func fromLoopback(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	return err == nil && ip != nil && ip.IsLoopback()
}
