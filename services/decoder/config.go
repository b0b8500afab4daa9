package decoder

import (
	"errors"
	"log/slog"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/service"
	"fairway/pkg/stream"
)

// Config is the decoder's configuration.
type Config struct {
	service.Process `yaml:",inline"`
	Kafka           stream.Config `yaml:"kafka"`
	Budget          time.Duration `yaml:"budget" help:"how long reading one message may take; one that takes longer is refused, for those behind it" limit:"100ms..1m"`
	// Which departures are taken, and of whom. The gateway has the same; what is about keys and answers is the gateway's.
	Departures journey.Window   `yaml:"departures"`
	Carriers   journey.Carriers `yaml:"carriers" help:"who may send, and for whom"`
}

// DefaultConfig is a working configuration for one machine but for the carriers, of whom it knows none.
func DefaultConfig() Config {
	return Config{Process: service.DefaultProcess("127.0.0.1:9095"), Kafka: stream.DefaultConfig(event.BigTopics()), Departures: journey.DefaultWindow(), Budget: 5 * time.Second}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	return errors.Join(service.Limits(c), c.Process.Validate(), c.Kafka.Validate(), service.Dial("kafka.brokers", c.Kafka.Brokers...), c.Carriers.Validate())
}

// Check reads the files that c names.
func (c Config) Check() error {
	return service.CheckClient(stream.NewProducer(c.Kafka, slog.New(slog.DiscardHandler)))
}
