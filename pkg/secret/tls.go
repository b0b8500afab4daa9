package secret

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
)

// Authority reads the certificates of an authority from a PEM file.
func Authority(what, file string) (*x509.CertPool, error) {
	pem, err := read(what, file)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("read %s: %s holds no certificate", what, file)
	}
	return pool, nil
}

// ClientTLS is how a server called name is reached: known by the authority in caFile, the machine's own where it is "",
// and told who we are by the pair in certFile and keyFile, where they are given. It is nil when none of them is: plain.
func ClientTLS(name, caFile, certFile, keyFile string) (*tls.Config, error) {
	if caFile == "" && certFile == "" {
		return nil, nil
	}
	t := &tls.Config{MinVersion: tls.VersionTLS12}
	var err error
	if caFile != "" {
		if t.RootCAs, err = Authority(name+" authority", caFile); err != nil {
			return nil, err
		}
	}
	if certFile != "" {
		pair, err := tls.LoadX509KeyPair(certFile, keyFile)
		if err != nil {
			return nil, fmt.Errorf("load %s client certificate: %w", name, err)
		}
		t.Certificates = []tls.Certificate{pair}
	}
	return t, nil
}

// ServerTLS is how clients are served: with pair, and asked for a certificate of the authority in caFile where there is
// one. Who gives none is let in all the same, and has to say who they are in another way.
func ServerTLS(pair *Certificate, who, caFile string) (*tls.Config, error) {
	t := &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: pair.Get, NextProtos: []string{"h2", "http/1.1"}}
	if caFile == "" {
		return t, nil
	}
	pool, err := Authority(who+" authority", caFile)
	if err != nil {
		return nil, err
	}
	t.ClientCAs, t.ClientAuth = pool, tls.VerifyClientCertIfGiven
	return t, nil
}
