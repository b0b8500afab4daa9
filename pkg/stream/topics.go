package stream

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

// Topic is a topic to create: its name, how many partitions it must have (0: as many as the configuration says), and its
// configuration in Kafka's words.
type Topic struct {
	Name       string
	Partitions int
	Config     map[string]string
}

// recordSize is Kafka's name for the most bytes of a batch of records.
const recordSize = "max.message.bytes"

// EnsureTopics creates the topics that do not exist yet, with c's partitions and replication; with three or more
// replicas a write needs two of them. It leaves existing topics as they are, but for the size of a record they take, and
// for how long they keep one where that is longer than t says: an installation may keep less, and never more. One
// that must have a number of partitions and has another is an error.
func EnsureTopics(ctx context.Context, c Config, topics []Topic, log *slog.Logger) error {
	opts, err := c.options(log)
	if err != nil {
		return err
	}
	client, err := kgo.NewClient(opts...)
	if err != nil {
		return fmt.Errorf("make kafka admin: %w", err)
	}
	defer client.Close()
	admin := kadm.NewClient(client)
	var errs []error
	for _, t := range topics {
		config := make(map[string]*string, len(t.Config)+1)
		for k, v := range t.Config {
			config[k] = &v
		}
		if c.Replication >= 3 {
			two := strconv.Itoa(2)
			config["min.insync.replicas"] = &two
		}
		_, err := admin.CreateTopic(ctx, int32(cmp.Or(t.Partitions, c.Partitions)), int16(c.Replication), config, c.Prefix+t.Name)
		switch {
		case errors.Is(err, kerr.TopicAlreadyExists):
			errs = append(errs, known(ctx, func() error { return adapt(ctx, admin, c.Prefix+t.Name, config) }))
		case err != nil:
			errs = append(errs, fmt.Errorf("create topic %s: %w", t.Name, err))
			continue
		}
		if err == nil || t.Partitions == 0 {
			continue
		}
		if n, err := partitions(ctx, admin, c.Prefix+t.Name); err != nil {
			errs = append(errs, err)
		} else if n != t.Partitions {
			errs = append(errs, wrongPartitions(c.Prefix+t.Name, n, t.Partitions))
		}
	}
	return errors.Join(errs...)
}

// partitions is how many an existing topic has.
func partitions(ctx context.Context, admin *kadm.Client, topic string) (int, error) {
	details, err := admin.ListTopics(ctx, topic)
	if err = cmp.Or(err, details[topic].Err); err != nil {
		return 0, fmt.Errorf("look at topic %s: %w", topic, err)
	}
	return len(details[topic].Partitions), nil
}

func wrongPartitions(topic string, n, want int) error {
	return fmt.Errorf("topic %s has %d partitions and must have %d, or its records have no order; an older release made it, or somebody by hand: "+
		"delete it (in the one-process mode: start on a new data directory), and load again what was on it", topic, n, want)
}

// knownWithin is how long a broker may take to know a topic that another one has made.
const knownWithin = 10 * time.Second

// known does something with a topic that exists, again while the broker that is asked does not know it yet.
func known(ctx context.Context, do func() error) error {
	ctx, cancel := context.WithTimeout(ctx, knownWithin)
	defer cancel()
	for {
		err := do()
		if !errors.Is(err, kerr.UnknownTopicOrPartition) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// adapt gives an existing topic the size of a record and the shorter time to keep one that config says.
func adapt(ctx context.Context, admin *kadm.Client, topic string, config map[string]*string) error {
	described, err := admin.DescribeTopicConfigs(ctx, topic)
	if err != nil {
		return fmt.Errorf("describe topic %s: %w", topic, err)
	}
	now, err := described.On(topic, nil)
	if err == nil {
		err = now.Err
	}
	if err != nil {
		return fmt.Errorf("describe topic %s: %w", topic, err)
	}
	var set []kadm.AlterConfig
	if size := config[recordSize]; size != nil {
		set = append(set, kadm.AlterConfig{Op: kadm.SetConfig, Name: recordSize, Value: size})
	}
	for _, name := range []string{"retention.ms", "segment.ms"} {
		if want := config[name]; want != nil && longer(now.Configs, name, *want) {
			set = append(set, kadm.AlterConfig{Op: kadm.SetConfig, Name: name, Value: want})
		}
	}
	if len(set) == 0 {
		return nil
	}
	altered, err := admin.AlterTopicConfigs(ctx, set, topic)
	for i := range altered {
		err = errors.Join(err, altered[i].Err)
	}
	if err != nil {
		return fmt.Errorf("configure topic %s: %w", topic, err)
	}
	return nil
}

// longer reports whether a topic's time is longer than want; -1 is for ever.
func longer(now []kadm.Config, name, want string) bool {
	limit, _ := strconv.ParseInt(want, 10, 64)
	for i := range now {
		if now[i].Key == name {
			n, err := strconv.ParseInt(now[i].MaybeValue(), 10, 64)
			return err != nil || n < 0 || n > limit
		}
	}
	return true
}
