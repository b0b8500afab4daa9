package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/segmentio/encoding/json"
)

// Report is what one run prints; the names are the fixed outside contract of DESIGN.md.
type Report struct {
	Stack             string  `json:"stack"`
	Rules             int     `json:"rules"`
	ListEntries       int     `json:"list_entries"`
	PostAnswer        Latency `json:"post_answer"`  // after the burst of the sustained part
	BeforeBurst       Latency `json:"before_burst"` // the same before it
	Kafka             Latency `json:"kafka"`
	Floor             Latency `json:"floor"`
	SustainedPerS     int     `json:"sustained_per_s"`
	FloorSustainedPer int     `json:"floor_sustained_per_s"`
	RSSMiB            int     `json:"rss_mib"`
	ReadyMS           int     `json:"ready_ms"`
	Lost              int     `json:"lost"`
	Contradictory     int     `json:"contradictory"`
	Sizes             []int   `json:"mean_record_bytes"` // of the five topics, as measured; the floor uses the same
}

// Latency is the distribution of one measurement at one rate of travellers a second.
type Latency struct {
	Rate int     `json:"rate"`
	P50  float64 `json:"p50_ms"`
	P99  float64 `json:"p99_ms"`
	P999 float64 `json:"p999_ms"`
	Lost int     `json:"lost"`
}

// profile says how long each part of a run takes.
type profile struct {
	warm, before, post, kafka, floor, sustained, floorSustained time.Duration
	rates                                                       []int // of POST-to-answer; the first is reported as post_answer
}

func profiles(name string) (profile, bool) {
	s := time.Second
	switch name {
	case "quick":
		return profile{2 * s, 6 * s, 8 * s, 5 * s, 5 * s, 8 * s, 4 * s, []int{1000}}, true
	case "full":
		return profile{5 * s, 30 * s, 30 * s, 30 * s, 30 * s, 30 * s, 15 * s, []int{1000, 500, 2000}}, true
	}
	return profile{}, false
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "loadtest:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 5 && args[0] == serveMode {
		return serve(context.WithoutCancel(ctx), backends{args[1], args[2], args[3], args[4]}) // until its input ends
	}
	fs := flag.NewFlagSet("loadtest", flag.ContinueOnError)
	name := fs.String("profile", "quick", "quick (under 50 s) or full (the table of the README)")
	asJSON := fs.Bool("json", false, "print one JSON object instead of a table")
	kafka := fs.String("kafka", "", "brokers of a real Kafka, comma-separated")
	redis := fs.String("redis", "", "address of a real Redis")
	list := fs.Int("list", 100_000, "entries on the list")
	rules := fs.Int("rules", 50, "rules in force")
	heavy := fs.Bool("heavy", false, "post heavy messages beside others instead, and print what everybody gets")
	cpu := fs.String("cpuprofile", "", "write a CPU profile of the sustained part to this file")
	heap := fs.String("memprofile", "", "write a heap profile, taken at the end of the sustained part, to this file")
	if err := fs.Parse(args); err != nil {
		return err
	}
	p, ok := profiles(*name)
	if !ok {
		return fmt.Errorf("no profile %q: quick or full", *name)
	}
	b, err := start(ctx, *kafka, *redis, *rules)
	if err != nil {
		return err
	}
	defer b.stop()
	if *heavy {
		return b.heavy(ctx, os.Stdout)
	}
	reports, err := b.measure(ctx, p, *list, *cpu, *heap)
	if err != nil {
		return err
	}
	if *asJSON {
		out, err := json.Marshal(reports[0])
		fmt.Println(string(out))
		return err
	}
	printTable(os.Stdout, reports)
	return nil
}
