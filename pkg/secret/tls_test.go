package secret

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// authority issues certificates, as PEM files.
type authority struct {
	t    *testing.T
	file string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t}
	a.cert = &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, NotAfter: time.Now().Add(time.Hour), IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	a.file, _, a.key = a.sign(a.cert, nil)
	return a
}

// sign makes the files of a certificate, of this authority or by itself, and of its key.
func (a *authority) sign(c *x509.Certificate, by *ecdsa.PrivateKey) (cert, key string, own *ecdsa.PrivateKey) {
	a.t.Helper()
	own, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	if by == nil {
		by = own
	}
	der, err := x509.CreateCertificate(rand.Reader, c, a.cert, &own.PublicKey, by)
	if err != nil {
		a.t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(own)
	if err != nil {
		a.t.Fatal(err)
	}
	dir := a.t.TempDir()
	cert, key = filepath.Join(dir, "cert"), filepath.Join(dir, "key")
	for file, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: der}, key: {Type: "PRIVATE KEY", Bytes: raw}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			a.t.Fatal(err)
		}
	}
	return cert, key, own
}

func (a *authority) issue(name string) (cert, key string) {
	a.t.Helper()
	cert, key, _ = a.sign(&x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, NotAfter: time.Now().Add(time.Hour), DNSNames: []string{name},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}, a.key)
	return cert, key
}

// meet connects a client to a server, and returns what each says of it; who the server knows the client as is in state.
func meet(t *testing.T, server, client *tls.Config) (state tls.ConnectionState, served, reached error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	near, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	far, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(10 * time.Second)
	_, _ = near.SetDeadline(deadline), far.SetDeadline(deadline)
	s, c := tls.Server(far, server), tls.Client(near, client)
	done := make(chan error, 1)
	go func() {
		err := s.HandshakeContext(t.Context())
		if err == nil {
			_, err = s.Write([]byte("x"))
		}
		_ = far.(*net.TCPConn).CloseWrite()
		done <- err
	}()
	if reached = c.HandshakeContext(t.Context()); reached == nil {
		_, reached = c.Read(make([]byte, 1)) // TLS 1.3 tells a client that it is refused only now
	}
	served = <-done
	near.Close()
	far.Close()
	return s.ConnectionState(), served, reached
}

// TestWhoIsReachedAndLetIn holds that a server is known by the authority that is named and no other, that a client shows
// who it is, that one without a certificate is let in and known by none, one with another authority's is not let in, and
// that nobody speaks less than TLS 1.2.
func TestWhoIsReachedAndLetIn(t *testing.T) {
	ours, others := newAuthority(t), newAuthority(t)
	var pair Certificate
	pair.CertFile, pair.KeyFile = ours.issue("server")
	if err := pair.Load(); err != nil {
		t.Fatal(err)
	}
	server, err := ServerTLS(&pair, "carriers'", ours.file)
	if err != nil {
		t.Fatal(err)
	}
	client := func(ca, cert, key string) *tls.Config {
		t.Helper()
		c, err := ClientTLS("kafka", ca, cert, key)
		if err != nil {
			t.Fatal(err)
		}
		c.ServerName, c.NextProtos = "server", []string{"h2"}
		return c
	}
	ourCert, ourKey := ours.issue("zx")
	theirCert, theirKey := others.issue("zx")

	s, served, reached := meet(t, server, client(ours.file, ourCert, ourKey))
	if served != nil || reached != nil || len(s.VerifiedChains) != 1 || s.PeerCertificates[0].Subject.CommonName != "zx" || s.NegotiatedProtocol != "h2" {
		t.Errorf("our client: %v, %v, %d chains, %q", served, reached, len(s.VerifiedChains), s.NegotiatedProtocol)
	}
	s, served, reached = meet(t, server, client(ours.file, "", ""))
	if served != nil || reached != nil || len(s.PeerCertificates) != 0 {
		t.Errorf("a client without certificate: %v, %v", served, reached)
	}
	if _, served, reached = meet(t, server, client(ours.file, theirCert, theirKey)); served == nil || reached == nil {
		t.Errorf("a client of another authority: %v, %v", served, reached)
	}
	if _, _, reached = meet(t, server, client(others.file, "", "")); reached == nil {
		t.Error("a server of another authority was believed")
	}
	old := client(ours.file, "", "")
	if old.MinVersion != tls.VersionTLS12 || server.MinVersion != tls.VersionTLS12 {
		t.Error("no least version: what the library has may be less")
	}
	old.MinVersion, old.MaxVersion = tls.VersionTLS11, tls.VersionTLS11
	if _, served, _ = meet(t, server, old); served == nil {
		t.Error("TLS 1.1 was served")
	}
}

// TestABadPairIsNotTaken holds that a certificate which does not load leaves the one before in use.
func TestABadPairIsNotTaken(t *testing.T) {
	a := newAuthority(t)
	var pair Certificate
	pair.CertFile, pair.KeyFile = a.issue("first")
	if err := pair.Load(); err != nil {
		t.Fatal(err)
	}
	first, _ := pair.Get(nil)
	good := pair.KeyFile
	_, pair.KeyFile = a.issue("second")
	if err := pair.Load(); err == nil {
		t.Error("a key of another certificate was taken")
	}
	if now, _ := pair.Get(nil); now != first {
		t.Error("the pair before is gone")
	}
	pair.KeyFile = good
	if err := pair.Load(); err != nil {
		t.Error(err)
	}
	if now, _ := pair.Get(nil); now == first {
		t.Error("a new pair was not taken")
	}
}
