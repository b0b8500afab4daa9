package advisor

import (
	"errors"
	"log/slog"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/service"
	"fairway/pkg/stream"
)

// Config is the advisor's configuration.
type Config struct {
	service.Process `yaml:",inline"`
	Kafka           stream.Config `yaml:"kafka"`
	Window          time.Duration `yaml:"window" help:"how far back advisories are read at start: longer than from a leg's first message to its departure" limit:"1h.."`
}

// DefaultConfig is a working configuration for one machine.
func DefaultConfig() Config {
	return Config{Process: service.DefaultProcess("127.0.0.1:9094"), Kafka: stream.DefaultConfig(event.BigTopics()), Window: 96 * time.Hour}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	return errors.Join(service.Limits(c), c.Process.Validate(), c.Kafka.Validate(), service.Dial("kafka.brokers", c.Kafka.Brokers...))
}

// Check reads the files that c names.
func (c Config) Check() error {
	return service.CheckClient(stream.NewProducer(c.Kafka, slog.New(slog.DiscardHandler)))
}
