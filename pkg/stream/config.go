package stream

import (
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/sasl/scram"

	"fairway/pkg/secret"
)

// Config says how to reach Kafka. Secrets are files, never values.
type Config struct {
	Brokers      []string `yaml:"brokers" help:"host:port of at least one broker"`
	Partitions   int      `yaml:"partitions" help:"partitions of topics this process creates" limit:"1..1000"`
	Replication  int      `yaml:"replication" help:"replicas of topics this process creates" limit:"1..7"`
	CAFile       string   `yaml:"ca_file" help:"PEM file of the broker's authority; turns TLS on"`
	CertFile     string   `yaml:"cert_file" help:"client certificate for mutual TLS"`
	KeyFile      string   `yaml:"key_file" help:"key of the client certificate"`
	User         string   `yaml:"user" help:"SASL SCRAM-SHA-512 user"`
	PasswordFile string   `yaml:"password_file" help:"file that holds the user's password"`
	// Prefix starts the name of every topic and group on the wire, so that several installations, an exercise beside
	// the real one for example, can share a cluster. Nothing above this package sees it.
	Prefix string `yaml:"prefix" help:"starts every topic and group, so that several installations can share a cluster"`
	// BigTopics are those whose records may be up to 17 MiB, messages as carriers send them; everywhere else a batch is
	// at most 1 MiB. The broker's max.message.bytes of these topics must allow it.
	BigTopics []string `yaml:"big_topics" help:"topics whose records may be up to 17 MiB; the broker's max.message.bytes must allow it"`
}

// The most bytes of a batch of records, before compression.
const (
	batchBytes    = 1 << 20
	bigBatchBytes = 17 << 20 // the largest body the gateway takes, and its headers
	deadRoom      = 64 << 10 // bytes of a batch that an output leaves free, so that its dead letter fits as well
)

// DefaultConfig is one plain broker on this machine, with big records on these topics.
func DefaultConfig(big []string) Config {
	return Config{Brokers: []string{"127.0.0.1:9092"}, Partitions: 4, Replication: 1, BigTopics: big}
}

// Validate returns everything that is wrong with c but for its limits, which are package service's to hold.
func (c Config) Validate() error {
	var errs []error
	if len(c.Brokers) == 0 {
		errs = append(errs, errors.New("kafka.brokers: name at least one broker"))
	}
	if (c.CertFile == "") != (c.KeyFile == "") {
		errs = append(errs, errors.New("kafka.cert_file, kafka.key_file: give both or neither"))
	}
	if (c.User == "") != (c.PasswordFile == "") {
		errs = append(errs, errors.New("kafka.user, kafka.password_file: give both or neither"))
	}
	return errors.Join(errs...)
}

// options are what every client of c needs.
func (c Config) options(log *slog.Logger) ([]kgo.Opt, error) {
	opts := []kgo.Opt{
		kgo.SeedBrokers(c.Brokers...),
		kgo.ClientID("fairway"),
		kgo.WithLogger(logger{log}),
		// An advisory waits for nobody: a batch leaves as soon as a connection is free, and grows by itself under load.
		kgo.ProducerLinger(0),
		kgo.RequiredAcks(kgo.AllISRAcks()),
		kgo.ProducerBatchCompression(kgo.SnappyCompression(), kgo.NoCompression()),
		kgo.ProducerBatchMaxBytesFn(c.batch),
		kgo.FetchMaxWait(500 * time.Millisecond),
		kgo.MetadataMinAge(250 * time.Millisecond), // find a new leader soon after a broker is lost
		kgo.RetryBackoffFn(func(n int) time.Duration { return min(time.Duration(n)*50*time.Millisecond, time.Second) }),
		kgo.AlwaysRetryEOF(), // a restarting broker closes connections; it is not a refusal
	}
	t, err := secret.ClientTLS("kafka", c.CAFile, c.CertFile, c.KeyFile)
	if err != nil {
		return nil, err
	}
	if t != nil {
		opts = append(opts, kgo.DialTLSConfig(t))
	}
	if c.User != "" {
		password, err := secret.Text("kafka password", c.PasswordFile)
		if err != nil {
			return nil, err
		}
		auth := scram.Auth{User: c.User, Pass: password}
		opts = append(opts, kgo.SASL(auth.AsSha512Mechanism()))
	}
	return opts, nil
}

// batch is the most bytes of a batch of records of topic, as it is named on the wire.
func (c Config) batch(topic string) int32 {
	if slices.Contains(c.BigTopics, strings.TrimPrefix(topic, c.Prefix)) {
		return bigBatchBytes
	}
	return batchBytes
}

// fits reports whether o can be produced, and a dead letter of it later.
func (c Config) fits(o *Out) bool {
	size := len(o.Key) + len(o.Value)
	for i := range o.Headers {
		size += len(o.Headers[i].Key) + len(o.Headers[i].Value)
	}
	return size <= int(c.batch(c.Prefix+o.Topic))-deadRoom
}

// logger passes the client's warnings and errors to slog; its chatter is dropped.
type logger struct{ log *slog.Logger }

func (l logger) Level() kgo.LogLevel {
	if l.log == nil {
		return kgo.LogLevelNone
	}
	return kgo.LogLevelWarn
}

func (l logger) Log(level kgo.LogLevel, msg string, kv ...any) {
	if level == kgo.LogLevelError {
		l.log.Warn("kafka client: "+msg, kv...)
		return
	}
	l.log.Debug("kafka client: "+msg, kv...)
}

func (c Config) prefixed(topics []string) []string {
	names := make([]string, len(topics))
	for i, t := range topics {
		names[i] = c.Prefix + t
	}
	return names
}
