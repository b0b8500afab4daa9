package gateway

import (
	"crypto/tls"
	"errors"
	"log/slog"
	"net/http"

	"fairway/pkg/access"
	"fairway/pkg/journey"
	"fairway/pkg/secret"
	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/web"
)

// Check reads the files that c names.
func (c Config) Check() error {
	_, keys := access.NewKeys("carrier", owners(c.Carriers))
	_, pair := c.tls(new(secret.Certificate))
	return errors.Join(keys, pair, service.CheckClient(stream.NewProducer(c.Kafka, slog.New(slog.DiscardHandler))))
}

// owners are the carriers as package access knows them.
func owners(all journey.Carriers) []access.Owner {
	owners := make([]access.Owner, len(all))
	for i, c := range all {
		owners[i] = access.Owner{Name: c.Code, KeyFile: c.KeyFile, Subject: c.Subject, Key: c.Key}
	}
	return owners
}

// tls is how carriers are served, with a pair that may be loaded again; nil without a certificate.
func (c Config) tls(pair *secret.Certificate) (*tls.Config, error) {
	if c.TLSCertFile == "" {
		return nil, nil
	}
	pair.CertFile, pair.KeyFile = c.TLSCertFile, c.TLSKeyFile
	err := pair.Load()
	t, bad := secret.ServerTLS(pair, "carriers'", c.ClientCAFile)
	return t, errors.Join(err, bad)
}

// follows is what this gateway reads again: carriers' keys, and its certificate.
func (s *Service) follows() []*service.Followed {
	all := []*service.Followed{service.NewFollowed("carrier_keys", s.keys.Files(), s.keys.Read, s.deps.Registerer, s.deps.Log)}
	if s.cfg.TLSCertFile != "" {
		all = append(all, service.NewFollowed("certificate", []string{s.cfg.TLSCertFile, s.cfg.TLSKeyFile}, s.pair.Load, s.deps.Registerer, s.deps.Log))
	}
	return all
}

// identify returns the carrier that made r, or nil.
func (s *Service) identify(r *http.Request) *carrier {
	name := s.keys.Identify(r)
	for _, c := range s.carriers {
		if c.Code == name {
			return c
		}
	}
	return nil
}

// as runs h for the carrier that made the request, and refuses everybody else.
func (s *Service) as(h func(http.ResponseWriter, *http.Request, *carrier)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := s.identify(r)
		if c == nil {
			s.refuse(r)
			web.AskForKey(w)
			fail(w, http.StatusUnauthorized, "unauthorised", "send the key agreed for your carrier as 'Authorization: Bearer KEY', or your client certificate")
			return
		}
		h(w, r, c)
	}
}
