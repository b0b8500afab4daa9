package scorer

import (
	"errors"

	"fairway/pkg/rule"
	"fairway/pkg/service"
	"fairway/pkg/stream"
)

// Config is the scorer's configuration.
type Config struct {
	service.Process `yaml:",inline"`
	Kafka           stream.Config `yaml:"kafka"`
	Rules           string        `yaml:"rules"` // directory of rules, reloaded when it changes; empty for the built-in ones
	Refer           int           `yaml:"refer"` // score from which an officer meets the traveller
	Hold            int           `yaml:"hold"`  // score from which the carrier has to ask before boarding
}

// DefaultConfig is a working configuration for one machine.
func DefaultConfig() Config {
	t := rule.DefaultThresholds()
	return Config{Process: service.DefaultProcess("127.0.0.1:9093"), Kafka: stream.DefaultConfig(), Refer: t.Refer, Hold: t.Hold}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	err := errors.Join(c.Process.Validate(), c.Kafka.Validate())
	if c.Refer < 1 || c.Hold <= c.Refer {
		err = errors.Join(err, errors.New("refer, hold: refer is at least 1 and hold is above it"))
	}
	return err
}

func (c Config) thresholds() rule.Thresholds { return rule.Thresholds{Refer: c.Refer, Hold: c.Hold} }
