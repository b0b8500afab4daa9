package curator

import (
	"errors"
	"fmt"
	"log/slog"
	"time"

	"fairway/pkg/access"
	"fairway/pkg/event"
	"fairway/pkg/projection"
	"fairway/pkg/service"
	"fairway/pkg/stream"
)

// Config is the curator's configuration.
type Config struct {
	service.Process `yaml:",inline"`
	HTTP            string            `yaml:"http" help:"address list officers submit to; empty when another server serves it"`
	Kafka           stream.Config     `yaml:"kafka"`
	Redis           projection.Config `yaml:"redis"`
	MaxBody         int               `yaml:"max_body" help:"bytes of one submission" limit:"1KiB.."`
	MaxPending      int               `yaml:"max_pending" help:"submissions that wait for approval" limit:"1.."`
	PendingFor      time.Duration     `yaml:"pending_for" help:"how long a submission waits" limit:"1ms.."`
	CheckRedis      time.Duration     `yaml:"check_redis" help:"how often Redis is checked for loss of the lists" limit:"10ms.."`
	Officers        []Officer         `yaml:"officers" help:"who may submit and approve"`
}

// Officer is one person who may submit and approve; never both for the same submission.
type Officer struct {
	Name    string `yaml:"name" help:"of one person"`
	KeyFile string `yaml:"key_file" help:"file that holds the officer's key, read again when it changes"`

	// Key is a key given by the process itself, not by a file; it is accepted from loopback only.
	Key string `yaml:"-"`
}

// DefaultConfig is a curator on loopback that knows no officer.
func DefaultConfig() Config {
	return Config{Process: service.DefaultProcess("127.0.0.1:9096"), HTTP: "127.0.0.1:8083", Kafka: stream.DefaultConfig(event.BigTopics()),
		Redis: projection.DefaultConfig(), MaxBody: 64 << 20, MaxPending: 100, PendingFor: 24 * time.Hour, CheckRedis: time.Second}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	errs := []error{service.Limits(c), c.Process.Validate(), c.Kafka.Validate(), service.Dial("kafka.brokers", c.Kafka.Brokers...), service.Dial("redis.address", c.Redis.Address)}
	if c.HTTP != "" {
		errs = append(errs, service.Listen("http", c.HTTP))
		if len(c.Officers) < 2 {
			errs = append(errs, errors.New("officers: name at least two; one submits and another approves"))
		}
	}
	names := map[string]bool{}
	for i, o := range c.Officers {
		if o.Name == "" || (o.KeyFile == "" && o.Key == "") || names[o.Name] {
			errs = append(errs, fmt.Errorf("officers[%d]: give a name of their own and key_file", i))
		}
		names[o.Name] = true
	}
	return errors.Join(errs...)
}

// Check reads the files that c names.
func (c Config) Check() error {
	_, keys := access.NewKeys("officer", owners(c.Officers))
	return errors.Join(keys, c.Redis.Check(), service.CheckClient(stream.NewProducer(c.Kafka, slog.New(slog.DiscardHandler))))
}
