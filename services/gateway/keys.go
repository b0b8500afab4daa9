package gateway

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/prometheus/client_golang/prometheus"

	"fairway/pkg/journey"
	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
)

// Check reads the files that c names.
func (c Config) Check() error {
	_, keys := prepareAll(c.Carriers)
	_, pair := c.tls(new(service.Certificate))
	return errors.Join(keys, pair, service.CheckClient(stream.NewProducer(c.Kafka, slog.New(slog.DiscardHandler))))
}

// prepareAll makes all carriers ready, or returns everything that is wrong with their keys. A key says who somebody is:
// it is one carrier's.
func prepareAll(all journey.Carriers) ([]*carrier, error) {
	ready := make([]*carrier, 0, len(all))
	owner := map[[sha256.Size]byte]string{}
	var errs []error
	for _, c := range all {
		r, err := prepare(c)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if other, ok := owner[r.key]; ok && r.hasKey {
			errs = append(errs, fmt.Errorf("carriers %s and %s have the same key", other, c.Code))
		}
		owner[r.key] = c.Code
		ready = append(ready, r)
	}
	return ready, errors.Join(errs...)
}

// tls is how carriers are served, with a pair that may be loaded again; nil without a certificate.
func (c Config) tls(pair *service.Certificate) (*tls.Config, error) {
	if c.TLSCertFile == "" {
		return nil, nil
	}
	pair.CertFile, pair.KeyFile = c.TLSCertFile, c.TLSKeyFile
	err := pair.Load()
	t := &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: pair.Get, NextProtos: []string{"h2", "http/1.1"}}
	if c.ClientCAFile == "" {
		return t, err
	}
	pem, bad := os.ReadFile(c.ClientCAFile)
	if bad != nil {
		return nil, errors.Join(err, fmt.Errorf("read carriers' authority: %w", bad))
	}
	t.ClientCAs, t.ClientAuth = x509.NewCertPool(), tls.VerifyClientCertIfGiven
	if !t.ClientCAs.AppendCertsFromPEM(pem) {
		return nil, errors.Join(err, fmt.Errorf("read carriers' authority: %s holds no certificate", c.ClientCAFile))
	}
	return t, err
}

// followed is what is read again when one of its files changes.
type followed struct {
	files []string
	load  func()
}

// follows is what this gateway reads again: carriers' keys, and its certificate.
func (s *Service) follows(reg prometheus.Registerer) []followed {
	again := func(what string, files []string, load func() error) followed {
		gauge := telemetry.NewReload(reg, what)
		gauge.Done(nil) // New has read it
		return followed{files, func() {
			err := load()
			if gauge.Done(err); err != nil {
				s.deps.Log.Error("changed files are refused, what was read before stays", "what", what, "error", err)
			}
		}}
	}
	var all []followed
	var keys []string
	for _, c := range s.cfg.Carriers {
		if c.KeyFile != "" {
			keys = append(keys, c.KeyFile)
		}
	}
	if len(keys) > 0 {
		all = append(all, again("carrier_keys", keys, s.readKeys))
	}
	if s.cfg.TLSCertFile != "" {
		all = append(all, again("certificate", []string{s.cfg.TLSCertFile, s.cfg.TLSKeyFile}, s.pair.Load))
	}
	return all
}

// readKeys reads every carrier's key again. One that is bad leaves all as they are.
func (s *Service) readKeys() error {
	ready, err := prepareAll(s.cfg.Carriers)
	if err == nil {
		s.reread.Store(&ready)
	}
	return err
}

// known are the carriers, with the keys that were read last.
func (s *Service) known() []*carrier {
	if now := s.reread.Load(); now != nil {
		return *now
	}
	return s.carriers
}
