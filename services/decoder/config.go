package decoder

import (
	"errors"
	"log/slog"

	"fairway/pkg/event"
	"fairway/pkg/service"
	"fairway/pkg/stream"
)

// Config is the decoder's configuration.
type Config struct {
	service.Process `yaml:",inline"`
	Kafka           stream.Config `yaml:"kafka"`
	// Which departures are taken, and of whom. The gateway has the same; what is about keys and answers is the gateway's.
	Departures event.Window   `yaml:"departures"`
	Carriers   event.Carriers `yaml:"carriers" help:"who may send, and for whom"`
}

// DefaultConfig is a working configuration for one machine but for the carriers, of whom it knows none.
func DefaultConfig() Config {
	return Config{Process: service.DefaultProcess("127.0.0.1:9095"), Kafka: stream.DefaultConfig(), Departures: event.DefaultWindow()}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	return errors.Join(c.Process.Validate(), c.Kafka.Validate(), service.Dial("kafka.brokers", c.Kafka.Brokers...), c.Departures.Validate(), c.Carriers.Validate())
}

// Check reads the files that c names.
func (c Config) Check() error {
	return service.CheckClient(stream.NewProducer(c.Kafka, slog.New(slog.DiscardHandler)))
}
