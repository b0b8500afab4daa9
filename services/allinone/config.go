package allinone

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/projection"
	"fairway/pkg/service"
	"fairway/pkg/stream"
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
	Data            string `yaml:"data" help:"directory of the embedded broker; one process at a time"`
	HTTP            string `yaml:"http" help:"address of the gateway, and of curator for list officers"`
	UI              string `yaml:"ui" help:"address of the targeting page, which is not part of this build yet"`
	Kafka           string `yaml:"kafka" help:"brokers to use instead of the embedded one, comma-separated"`
	Redis           string `yaml:"redis" help:"server to use instead of the embedded one"`
	Demo            bool   `yaml:"demo" help:"synthetic traffic, about two travellers a second, with every outcome in it"`
	Rules           string `yaml:"rules" help:"directory of rules, reloaded when it changes; empty for the built-in ones"`
	Prefix          string `yaml:"prefix" help:"starts every topic, group and key, to share real backends with others"`
	Partitions      int    `yaml:"partitions" help:"partitions of topics this process creates" limit:"1..1000"`
	Replication     int    `yaml:"replication" help:"replicas of topics this process creates" limit:"1..7"`

	Departures journey.Window `yaml:"departures"`
	AskAnew    time.Duration  `yaml:"ask_anew" help:"a repeated message is decided anew when its answer is older; 0 for never" limit:"0s.."`

	// Carriers of one's own, as in the gateway's configuration, instead of the demo carrier.
	Carriers journey.Carriers `yaml:"carriers" help:"who may post, as in the gateway's configuration, instead of the demo carrier"`
}

// The demo credentials. They are accepted from loopback only, and printed at start.
const (
	DemoCarrier = "DEMO"
	DemoKey     = "demo-carrier-key"
	SubmitKey   = "demo-officer-one"
	ApproveKey  = "demo-officer-two"

	demoHasty    = "DEMOHASTY" // a carrier that does not wait for an answer: only in the demo, to show unscreened
	demoHastyKey = "demo-hasty-carrier-key"
)

// DefaultConfig is the fixed outside contract of DESIGN.md.
func DefaultConfig() Config {
	process := service.DefaultProcess("127.0.0.1:8082")
	process.MemoryMiB, process.Grace = 1200, 1500*time.Millisecond // it is gone within 2 s
	return Config{Process: process, Data: "./data", HTTP: "127.0.0.1:8080",
		UI: "127.0.0.1:8081", Partitions: 4, Replication: 1, Departures: journey.DefaultWindow(), AskAnew: time.Minute}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	errs := []error{service.Limits(c), c.Process.Validate(), service.Listen("http", c.HTTP)}
	if c.UI != "" {
		errs = append(errs, service.Listen("ui", c.UI))
	}
	if c.Kafka != "" {
		errs = append(errs, service.Dial("kafka", strings.Split(c.Kafka, ",")...))
	} else if c.Data == "" {
		errs = append(errs, errors.New("data: give a directory, or -kafka"))
	}
	if c.Redis != "" {
		errs = append(errs, service.Dial("redis", c.Redis))
	}
	g := gateway.DefaultConfig() // it says what is wrong with carriers
	g.Carriers = c.carriers()
	return errors.Join(append(errs, g.Validate())...)
}

// Check looks at what c names: the data directory, carriers' keys, and the rules as a start would.
func (c Config) Check() error {
	all := c.configs(&backends{kafka: stream.DefaultConfig(event.BigTopics()), redis: projection.DefaultConfig()})
	err := errors.Join(all.gateway.Check(), all.scorer.Check())
	if info, bad := os.Stat(c.Data); c.Kafka == "" && bad == nil && !info.IsDir() {
		err = errors.Join(err, fmt.Errorf("data: %s is no directory", c.Data))
	}
	return err
}

// hasDemoCarrier reports whether the demo key is accepted: without carriers of one's own, and for demo traffic.
func (c Config) hasDemoCarrier() bool { return len(c.Carriers) == 0 || c.Demo }

// carriers are those that are configured, and the demo carrier, with which field messages of any carrier are tried.
func (c Config) carriers() journey.Carriers {
	all := c.Carriers
	if c.hasDemoCarrier() {
		all = append(slices.Clip(all), journey.Carrier{Code: DemoCarrier, Designators: []string{journey.AnyDesignator}, Key: DemoKey,
			Default: travel.Board, Deadline: gateway.DefaultDeadline})
	}
	if c.Demo {
		all = append(all, journey.Carrier{Code: demoHasty, Designators: []string{journey.AnyDesignator}, Key: demoHastyKey, Default: travel.Board, Deadline: time.Microsecond})
	}
	return all
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
	all.gateway.HTTP, all.gateway.Grace = c.HTTP, c.Grace
	all.gateway.Carriers = c.carriers()
	all.decoder.Carriers = all.gateway.Carriers
	all.curator.HTTP = "" // served on the gateway's port
	all.curator.Officers = []curator.Officer{{Name: "demo officer one", Key: SubmitKey}, {Name: "demo officer two", Key: ApproveKey}}
	all.curator.CheckRedis = 250 * time.Millisecond
	all.scorer.Rules = c.Rules
	all.gateway.AskAnew = c.AskAnew
	all.gateway.Departures, all.decoder.Departures = c.Departures, c.Departures
	return all
}
