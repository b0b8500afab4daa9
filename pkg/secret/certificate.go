package secret

import (
	"crypto/tls"
	"fmt"
	"sync/atomic"
)

// Certificate is a certificate and its key, read again from their files by Load.
type Certificate struct {
	CertFile, KeyFile string

	pair atomic.Pointer[tls.Certificate]
}

// Load reads the pair. One that does not fit together is refused, and the one before stays.
func (c *Certificate) Load() error {
	pair, err := tls.LoadX509KeyPair(c.CertFile, c.KeyFile)
	if err != nil {
		return fmt.Errorf("load certificate: %w", err)
	}
	c.pair.Store(&pair)
	return nil
}

// Get is for [tls.Config.GetCertificate]: connections made from now on get the newest.
func (c *Certificate) Get(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.pair.Load(), nil }
