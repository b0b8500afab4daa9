package topic

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/services/ctl/cli"
)

// Create creates the topics that are missing.
func Create(ctx context.Context, s cli.Streams, args []string) error {
	c := stream.DefaultConfig(event.BigTopics())
	fs := flag.NewFlagSet("topics create", flag.ContinueOnError)
	kafka := fs.String("kafka", "", "brokers, comma-separated")
	fs.IntVar(&c.Partitions, "partitions", 12, "partitions of each topic")
	fs.IntVar(&c.Replication, "replication", 3, "copies of each partition")
	fs.StringVar(&c.Prefix, "prefix", "", "start of every topic's name")
	if _, err := cli.Parse(fs, s, args); err != nil {
		return err
	}
	if *kafka == "" {
		return errors.New("give -kafka")
	}
	c.Brokers = strings.Split(*kafka, ",")
	if err := errors.Join(service.Limits(c), c.Validate()); err != nil {
		return err
	}
	var topics []stream.Topic
	for _, t := range event.Topics() {
		topics = append(topics, stream.Topic{Name: t.Name, Partitions: t.Partitions, Config: t.Config()})
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := stream.EnsureTopics(ctx, c, topics, slog.New(slog.DiscardHandler)); err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "%d topics are there\n", len(topics))
	return nil
}
