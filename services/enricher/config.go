package enricher

import (
	"errors"
	"log/slog"

	"fairway/pkg/event"
	"fairway/pkg/projection"
	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
)

// Config is the enricher's configuration.
type Config struct {
	service.Process `yaml:",inline"`
	Kafka           stream.Config     `yaml:"kafka"`
	Redis           projection.Config `yaml:"redis"`

	AuthorisationFor []string `yaml:"authorisation_for" help:"nationalities that need an authorisation to travel; * for all"`
	HistoryDays      int      `yaml:"history_days" help:"how long a journey is remembered after the person was last seen" limit:"1..1825"`
}

// DefaultConfig is a working configuration for one machine. Nobody needs an authorisation until it says so.
func DefaultConfig() Config {
	return Config{Process: service.DefaultProcess("127.0.0.1:9092"), Kafka: stream.DefaultConfig(event.BigTopics()),
		Redis: projection.DefaultConfig(), HistoryDays: 365}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	return errors.Join(service.Limits(c), c.Process.Validate(), c.Kafka.Validate(), service.Dial("kafka.brokers", c.Kafka.Brokers...), service.Dial("redis.address", c.Redis.Address))
}

// Check reads the files that c names.
func (c Config) Check() error {
	return errors.Join(service.CheckClient(stream.NewProducer(c.Kafka, slog.New(slog.DiscardHandler))), c.Redis.Check())
}

func (c Config) needsAuthorisation(nationality travel.State) bool {
	for _, n := range c.AuthorisationFor {
		if n == "*" || travel.State(n) == nationality {
			return true
		}
	}
	return false
}
