package scorer

import (
	"errors"
	"fmt"
	"log/slog"
	"os"

	"fairway/pkg/decision"
	"fairway/pkg/event"
	"fairway/pkg/rule"
	"fairway/pkg/service"
	"fairway/pkg/stream"
)

// Config is the scorer's configuration.
type Config struct {
	service.Process `yaml:",inline"`
	Kafka           stream.Config `yaml:"kafka"`
	Rules           string        `yaml:"rules" help:"directory of rules, reloaded when it changes; empty for the built-in ones"`
	Refer           int           `yaml:"refer" help:"score from which an officer meets the traveller" limit:"1.."`
	Hold            int           `yaml:"hold" help:"score from which the carrier has to ask before boarding" limit:"2.."`
}

// DefaultConfig is a working configuration for one machine.
func DefaultConfig() Config {
	t := decision.DefaultThresholds()
	return Config{Process: service.DefaultProcess("127.0.0.1:9093"), Kafka: stream.DefaultConfig(event.BigTopics()), Refer: t.Refer, Hold: t.Hold}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	err := errors.Join(service.Limits(c), c.Process.Validate(), c.Kafka.Validate(), service.Dial("kafka.brokers", c.Kafka.Brokers...))
	if c.Hold <= c.Refer {
		err = errors.Join(err, errors.New("refer, hold: hold is above refer"))
	}
	return err
}

// Check reads the files that c names, and tries the rules as a start would.
func (c Config) Check() error {
	err := service.CheckClient(stream.NewProducer(c.Kafka, slog.New(slog.DiscardHandler)))
	if c.Rules == "" {
		return err
	}
	files, bad := rule.Files(os.DirFS(c.Rules))
	if bad == nil {
		_, bad = check(files)
	}
	if bad != nil {
		err = errors.Join(err, fmt.Errorf("rules from %s: %w", c.Rules, bad))
	}
	return err
}

func (c Config) thresholds() decision.Thresholds {
	return decision.Thresholds{Refer: c.Refer, Hold: c.Hold}
}
