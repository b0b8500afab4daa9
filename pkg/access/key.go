package access

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"

	"fairway/pkg/secret"
)

const shortestKey = 16

// Owner is who may have a key, a certificate, or both.
type Owner struct {
	Name    string
	KeyFile string // file that holds the key
	Subject string // common name of the client certificate
	// Key is a key given by the process itself, not by a file; it is accepted from loopback only.
	Key string
}

// Keys know owners by what they show. They are safe for use by many requests at once.
type Keys struct {
	kind   string // what the owners are in errors: "officer"
	owners []Owner
	ring   atomic.Pointer[[]holder]
}

// holder is an owner with the key hashed.
type holder struct {
	name, subject string
	key           [sha256.Size]byte
	hasKey        bool
	loopback      bool // the key is accepted from loopback only
}

// NewKeys reads every owner's key, or returns everything that is wrong with them. kind says what the owners are, "officer".
func NewKeys(kind string, owners []Owner) (*Keys, error) {
	k := &Keys{kind: kind, owners: owners}
	return k, k.Read()
}

// Read reads the key files again. When anything is wrong all stays as it is. A key is one owner's: who has two names could
// approve what they submitted.
func (k *Keys) Read() error {
	ring := make([]holder, 0, len(k.owners))
	taken := map[[sha256.Size]byte]string{}
	var errs []error
	for _, o := range k.owners {
		key, err := o.read(k.kind)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		h := holder{name: o.Name, subject: o.Subject, key: sha256.Sum256([]byte(key)), hasKey: key != "", loopback: o.Key != ""}
		if other, ok := taken[h.key]; ok && h.hasKey {
			errs = append(errs, fmt.Errorf("%ss %s and %s have the same key", k.kind, other, o.Name))
		}
		taken[h.key] = o.Name
		ring = append(ring, h)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	k.ring.Store(&ring)
	return nil
}

func (o Owner) read(kind string) (string, error) {
	if o.KeyFile == "" {
		return o.Key, nil
	}
	what := fmt.Sprintf("key of %s %s", kind, o.Name)
	key, err := secret.Text(what, o.KeyFile)
	if err != nil {
		return "", err
	}
	if len(key) < shortestKey {
		return "", fmt.Errorf("%s is shorter than %d characters", what, shortestKey)
	}
	return key, nil
}

// Files are the key files, to be followed.
func (k *Keys) Files() []string {
	var files []string
	for _, o := range k.owners {
		if o.KeyFile != "" {
			files = append(files, o.KeyFile)
		}
	}
	return files
}

// Identify returns the name of the owner who made r, or "". A request that shows a key is known by it alone; else by the
// common name of its certificate, which the server must have verified.
func (k *Keys) Identify(r *http.Request) string {
	ring := *k.ring.Load()
	scheme, key, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if ok && strings.EqualFold(scheme, "Bearer") {
		return byKey(ring, key, fromLoopback(r))
	}
	if r.TLS == nil || len(r.TLS.VerifiedChains) == 0 {
		return ""
	}
	subject := r.TLS.PeerCertificates[0].Subject.CommonName
	for i := range ring {
		if ring[i].subject != "" && ring[i].subject == subject {
			return ring[i].name
		}
	}
	return ""
}

// byKey compares every key, in constant time.
func byKey(ring []holder, key string, near bool) (name string) {
	sum := sha256.Sum256([]byte(key))
	for i := range ring {
		h := &ring[i]
		if subtle.ConstantTimeCompare(sum[:], h.key[:]) == 1 && h.hasKey && (!h.loopback || near) {
			name = h.name
		}
	}
	return name
}
