package allinone

import (
	"errors"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/service"
	"fairway/pkg/travel"
	"fairway/services/advisor"
	"fairway/services/curator"
	"fairway/services/decoder"
	"fairway/services/enricher"
	"fairway/services/gateway"
	"fairway/services/scorer"
)

// Config is the one-process mode's configuration: what its flags say.
type Config struct {
	service.Process `yaml:",inline"`
	Data            string `yaml:"data"`   // directory of the embedded broker
	HTTP            string `yaml:"http"`   // address of the gateway, and of curator for list officers
	UI              string `yaml:"ui"`     // address of the targeting page, which is not part of this build yet
	Kafka           string `yaml:"kafka"`  // brokers to use instead of the embedded one, comma-separated
	Redis           string `yaml:"redis"`  // server to use instead of the embedded one
	Demo            bool   `yaml:"demo"`   // synthetic traffic, about two travellers a second
	Rules           string `yaml:"rules"`  // directory of rules, reloaded when it changes; empty for the built-in ones
	Prefix          string `yaml:"prefix"` // starts every topic, group and key, to share real backends with others
	Partitions      int    `yaml:"partitions"`
	Replication     int    `yaml:"replication"`

	Departures event.Window  `yaml:"departures"` // which departures are taken, from the message's receipt
	AskAnew    time.Duration `yaml:"ask_anew"`   // a repeated message is decided anew when its answer is older
}

// The demo credentials. They are accepted from loopback only, and printed at start.
const (
	DemoCarrier = "DEMO"
	DemoKey     = "demo-carrier-key"
	SubmitKey   = "demo-officer-one"
	ApproveKey  = "demo-officer-two"
)

// DefaultConfig is the fixed outside contract of DESIGN.md.
func DefaultConfig() Config {
	process := service.DefaultProcess("127.0.0.1:8082")
	process.MemoryMiB = 1200
	return Config{Process: process, Data: "./data", HTTP: "127.0.0.1:8080",
		UI: "127.0.0.1:8081", Partitions: 4, Replication: 1, Departures: event.DefaultWindow(), AskAnew: time.Minute}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	err := c.Process.Validate()
	if c.HTTP == "" {
		err = errors.Join(err, errors.New("http: give an address"))
	}
	if c.Kafka == "" && c.Data == "" {
		err = errors.Join(err, errors.New("data: give a directory, or -kafka"))
	}
	return errors.Join(err, c.Departures.Validate())
}

// configs are the services' own configurations.
type configs struct {
	gateway  gateway.Config
	decoder  decoder.Config
	enricher enricher.Config
	scorer   scorer.Config
	advisor  advisor.Config
	curator  curator.Config
}

func (c Config) configs(b *backends) configs {
	all := configs{gateway.DefaultConfig(), decoder.DefaultConfig(), enricher.DefaultConfig(), scorer.DefaultConfig(),
		advisor.DefaultConfig(), curator.DefaultConfig()}
	all.gateway.Kafka, all.decoder.Kafka, all.enricher.Kafka = b.kafka, b.kafka, b.kafka
	all.scorer.Kafka, all.advisor.Kafka, all.curator.Kafka = b.kafka, b.kafka, b.kafka
	all.enricher.Redis, all.curator.Redis = b.redis, b.redis
	all.gateway.HTTP = c.HTTP
	all.gateway.Carriers = []gateway.Carrier{{Code: DemoCarrier, Key: DemoKey, Default: travel.Board, Deadline: gateway.DefaultDeadline}}
	all.curator.HTTP = "" // served on the gateway's port
	all.curator.Officers = []curator.Officer{{Name: "demo officer one", Key: SubmitKey}, {Name: "demo officer two", Key: ApproveKey}}
	all.curator.CheckRedis = 250 * time.Millisecond
	all.scorer.Rules = c.Rules
	all.gateway.AskAnew = c.AskAnew
	all.gateway.Departures, all.decoder.Departures = c.Departures, c.Departures
	return all
}
