package curator

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
)

const shortestKey = 16

// officer is an Officer with the key hashed.
type officer struct {
	name     string
	key      [sha256.Size]byte
	loopback bool
}

func prepare(all []Officer) ([]officer, error) {
	ready := make([]officer, 0, len(all))
	for _, o := range all {
		key := o.Key
		if o.KeyFile != "" {
			b, err := os.ReadFile(o.KeyFile)
			if err != nil {
				return nil, fmt.Errorf("read key of officer %s: %w", o.Name, err)
			}
			if key = strings.TrimSpace(string(b)); len(key) < shortestKey {
				return nil, fmt.Errorf("key of officer %s is shorter than %d characters", o.Name, shortestKey)
			}
		}
		ready = append(ready, officer{o.Name, sha256.Sum256([]byte(key)), o.Key != ""})
	}
	return ready, nil
}

// identify returns the name of the officer who made r, or "". Every key is compared, in constant time.
func (s *Service) identify(r *http.Request) string {
	key, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return ""
	}
	sum, name := sha256.Sum256([]byte(key)), ""
	for i := range s.officers {
		o := &s.officers[i]
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
