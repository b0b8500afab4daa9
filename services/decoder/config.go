package decoder

import (
	"errors"

	"fairway/pkg/service"
	"fairway/pkg/stream"
)

// Config is the decoder's configuration.
type Config struct {
	service.Process `yaml:",inline"`
	Kafka           stream.Config `yaml:"kafka"`
}

// DefaultConfig is a working configuration for one machine.
func DefaultConfig() Config {
	return Config{Process: service.DefaultProcess("127.0.0.1:9095"), Kafka: stream.DefaultConfig()}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error { return errors.Join(c.Process.Validate(), c.Kafka.Validate()) }
