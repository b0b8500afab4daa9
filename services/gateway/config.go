package gateway

import (
	"errors"
	"fmt"
	"time"

	"fairway/pkg/cusres"
	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
)

// Config is the gateway's configuration.
type Config struct {
	service.Process `yaml:",inline"`
	HTTP            string         `yaml:"http" help:"address carriers post to"`
	TLSCertFile     string         `yaml:"tls_cert_file" help:"PEM file of our certificate, read again when it changes; serves HTTPS when set"`
	TLSKeyFile      string         `yaml:"tls_key_file" help:"PEM file of its key"`
	ClientCAFile    string         `yaml:"client_ca_file" help:"PEM file of the authority of carriers' certificates; allows mTLS"`
	Kafka           stream.Config  `yaml:"kafka"`
	Address         string         `yaml:"address" help:"our interchange address (UNB S002 of answers)"`
	MaxBody         int            `yaml:"max_body" help:"bytes of one request" limit:"1KiB..16MiB"`
	MaxWaiting      int            `yaml:"max_waiting" help:"requests held open at once" limit:"1.."`
	FeedBytes       int            `yaml:"feed_bytes" help:"memory for recent advisories, all carriers together, in bytes" limit:"1MiB.."`
	FeedWindow      time.Duration  `yaml:"feed_window" help:"how far back the feed is rebuilt at start" limit:"0s.."`
	FeedClients     int            `yaml:"feed_clients" help:"event streams and long polls open at once" limit:"1.."`
	Departures      journey.Window `yaml:"departures"` // as in the decoder
	AskAnew         time.Duration  `yaml:"ask_anew" help:"a repeated message is decided anew when its answer is older; 0 for never" limit:"0s.."`
	// Who may ask, and for whom. The decoder has the same.
	Carriers journey.Carriers `yaml:"carriers" help:"who may post, and what is agreed with them"`
}

// DefaultDeadline leaves 1.5 s of network before the 4 s that departure control waits (standards.md F.1).
const DefaultDeadline = 2500 * time.Millisecond

// DefaultConfig is a gateway on loopback that knows no carrier; it needs one.
func DefaultConfig() Config {
	return Config{
		Process: service.DefaultProcess("127.0.0.1:9091"), HTTP: "127.0.0.1:8080", Kafka: stream.DefaultConfig(event.BigTopics()),
		Address: "XXGOV", MaxBody: 16 << 20, MaxWaiting: 10_000, FeedBytes: 64 << 20, FeedWindow: 24 * time.Hour, FeedClients: 1000,
		Departures: journey.DefaultWindow(), AskAnew: time.Minute,
	}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	errs := []error{service.Limits(c), c.Process.Validate(), c.Kafka.Validate(), service.Dial("kafka.brokers", c.Kafka.Brokers...), service.Listen("http", c.HTTP)}
	if (c.TLSCertFile == "") != (c.TLSKeyFile == "") {
		errs = append(errs, errors.New("tls_cert_file, tls_key_file: give both or neither"))
	}
	if c.ClientCAFile != "" && c.TLSCertFile == "" {
		errs = append(errs, errors.New("client_ca_file: needs tls_cert_file"))
	}
	errs = append(errs, c.Carriers.Validate())
	subjects := map[string]string{}
	for i := range c.Carriers {
		carrier := &c.Carriers[i]
		if other, ok := subjects[carrier.Subject]; ok && carrier.Subject != "" {
			errs = append(errs, fmt.Errorf("carriers[%d]: %s has the subject of %s", i, carrier.Code, other))
		}
		subjects[carrier.Subject] = carrier.Code
		if err := askable(carrier); err != nil {
			errs = append(errs, fmt.Errorf("carriers[%d]: %w", i, err))
		}
	}
	return errors.Join(errs...)
}

// askable returns what keeps a carrier from asking, and from being answered.
func askable(c *journey.Carrier) error {
	var errs []error
	if c.KeyFile == "" && c.Subject == "" && c.Key == "" {
		errs = append(errs, errors.New("give key_file or subject"))
	}
	if _, ok := cusres.ByName(profile(c)); !ok {
		errs = append(errs, fmt.Errorf("profile: %q is not known", c.Profile))
	}
	return errors.Join(errs...)
}

func profile(c *journey.Carrier) string {
	if c.Profile == "" {
		return "generic"
	}
	return c.Profile
}

// carrier is a journey.Carrier with its defaults filled in.
type carrier struct {
	journey.Carrier
	profile cusres.Profile
}

func prepare(c journey.Carrier) *carrier {
	r := &carrier{Carrier: c}
	r.Key = "" // package access has it
	r.profile, _ = cusres.ByName(profile(&c))
	if r.Deadline == 0 {
		r.Deadline = DefaultDeadline
	}
	if r.Default == "" {
		r.Default = travel.Board
	}
	return r
}
