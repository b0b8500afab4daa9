package advisor

import (
	"errors"
	"time"

	"fairway/pkg/service"
	"fairway/pkg/stream"
)

// Config is the advisor's configuration.
type Config struct {
	service.Process `yaml:",inline"`
	Kafka           stream.Config `yaml:"kafka"`
	// Window is how far back advisories are read to restore state: longer than the time from the first message about
	// a leg to its departure.
	Window time.Duration `yaml:"window"`
}

// DefaultConfig is a working configuration for one machine.
func DefaultConfig() Config {
	return Config{Process: service.DefaultProcess("127.0.0.1:9094"), Kafka: stream.DefaultConfig(), Window: 96 * time.Hour}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	err := errors.Join(c.Process.Validate(), c.Kafka.Validate())
	if c.Window < time.Hour {
		err = errors.Join(err, errors.New("window: at least 1h"))
	}
	return err
}
