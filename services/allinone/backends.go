package allinone

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/twmb/franz-go/pkg/kfake"

	"fairway/pkg/event"
	"fairway/pkg/projection"
	"fairway/pkg/service"
	"fairway/pkg/stream"
)

// backends are the broker and the Redis: embedded, or the addresses of real ones.
type backends struct {
	kafka stream.Config
	redis projection.Config
	undo  *service.Teardown
}

// start starts what is embedded and creates the topics. undo takes down how to stop it, also when it fails.
func (c Config) start(ctx context.Context, log *slog.Logger, undo *service.Teardown) (*backends, error) {
	b := &backends{kafka: stream.DefaultConfig(event.BigTopics()), redis: projection.DefaultConfig(), undo: undo}
	b.kafka.Prefix, b.redis.Prefix = c.Prefix, b.redis.Prefix+c.Prefix
	b.kafka.Partitions, b.kafka.Replication = c.Partitions, c.Replication
	err := c.broker(b)
	if err == nil {
		err = c.store(ctx, b)
	}
	if err == nil {
		log.Info("backends", "kafka", b.kafka.Brokers, "redis", b.redis.Address)
		log.Info("what memory is for", "limit_mib", c.MemoryMiB, "redis", whichStore(c.Redis))
		err = b.topics(ctx, log)
	}
	return b, err
}

// whichStore says where the projection's memory is.
func whichStore(redis string) string {
	if redis != "" {
		return "elsewhere"
	}
	return "embedded: every key of lists and earlier legs"
}

func (c Config) broker(b *backends) error {
	if c.Kafka != "" {
		b.kafka.Brokers = strings.Split(c.Kafka, ",")
		return nil
	}
	dir := filepath.Join(c.Data, "kafka")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make data directory: %w", err)
	}
	unlock, err := lock(c.Data)
	if err != nil {
		return err
	}
	b.undo.AddFunc("lock of "+c.Data, unlock)
	cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.DataDir(dir),
		// Retention runs only as often as this says; its own default of an hour lets a busy disk fill.
		kfake.BrokerConfigs(map[string]string{"log.cleaner.backoff.ms": "60000", "group.initial.rebalance.delay.ms": "0"}))
	if err != nil {
		return fmt.Errorf("start embedded broker in %s: %w", dir, err)
	}
	b.kafka.Brokers = cluster.ListenAddrs()
	b.undo.AddFunc("embedded broker", cluster.Close)
	return nil
}

func (c Config) store(ctx context.Context, b *backends) error {
	if c.Redis != "" {
		b.redis.Address = c.Redis
		return nil
	}
	mini := miniredis.NewMiniRedis()
	if err := mini.Start(); err != nil {
		return fmt.Errorf("start embedded redis: %w", err)
	}
	b.redis.Address = mini.Addr()
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	b.undo.AddFunc("embedded redis", mini.Close)
	b.undo.AddFunc("its clock", cancel)
	go func() { // its time stands still unless it is moved
		const step = 10 * time.Second
		tick := time.NewTicker(step)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				mini.FastForward(step)
			case <-ctx.Done():
				return
			}
		}
	}()
	return nil
}

func (b *backends) topics(ctx context.Context, log *slog.Logger) error {
	var topics []stream.Topic
	for _, t := range event.Topics() {
		topics = append(topics, stream.Topic{Name: t.Name, Partitions: t.Partitions, Config: t.Config()})
	}
	return stream.EnsureTopics(ctx, b.kafka, topics, log)
}
