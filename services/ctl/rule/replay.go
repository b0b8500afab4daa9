package rule

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"fairway/pkg/decision"
	"fairway/pkg/event"
	"fairway/pkg/rule"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
	"fairway/rules"
	"fairway/services/ctl/cli"
)

// replayer makes decisions again and compares them with those on the topic.
type replayer struct {
	kafka      stream.Config
	leg        travel.LegID // only of this leg, when set
	message    string       // only of this message, when set
	thresholds decision.Thresholds
	sets       map[string]*rule.Evaluator // release → its rules
	made       map[string]made            // decision → what was decided
	same       int
	different  []string
}

// made is one decision as it stands on the topic.
type made struct {
	of      [sha256.Size]byte // of the record
	event   string
	outcome travel.Outcome
	release string
}

// mostDifferent is how many differences are told one by one.
const mostDifferent = 50

// Replay makes the decisions on the topics again and compares them.
func Replay(ctx context.Context, s cli.Streams, args []string) error {
	r := replayer{kafka: stream.DefaultConfig(event.BigTopics()), thresholds: decision.DefaultThresholds(), sets: map[string]*rule.Evaluator{}, made: map[string]made{}}
	fs := flag.NewFlagSet("replay", flag.ContinueOnError)
	kafka := fs.String("kafka", "", "brokers, comma-separated")
	fs.StringVar(&r.kafka.Prefix, "prefix", "", "start of every topic's name")
	leg := fs.String("leg", "", "only decisions on this leg")
	fs.StringVar(&r.message, "message", "", "only decisions on travellers of this message")
	since := fs.Duration("since", 24*time.Hour, "only decisions made since then")
	dir := fs.String("rules", "", "a directory of rules that decided, besides the built-in ones and those released")
	fs.IntVar(&r.thresholds.Refer, "refer", r.thresholds.Refer, "the scorer's threshold when it decided")
	fs.IntVar(&r.thresholds.Hold, "hold", r.thresholds.Hold, "the scorer's threshold when it decided")
	if _, err := cli.Parse(fs, s, args); err != nil {
		return err
	}
	if *kafka == "" {
		return errors.New("give -kafka")
	}
	r.kafka.Brokers, r.leg = strings.Split(*kafka, ","), travel.LegID(*leg)
	if err := r.releases(ctx, *dir); err != nil {
		return err
	}
	from := time.Now().Add(-*since)
	if err := r.read(ctx, event.TopicScored, from, r.decided); err != nil {
		return err
	}
	n := len(r.made)
	if err := r.read(ctx, event.TopicEnriched, from.Add(-time.Hour), r.again); err != nil { // facts come before their decision
		return err
	}
	return r.report(s, n)
}

func (r *replayer) read(ctx context.Context, topic string, since time.Time, each func(stream.Record) error) error {
	return stream.ReadTopic(ctx, r.kafka, topic, since, each, slog.New(slog.DiscardHandler))
}

// releases makes ready every set of rules that is at hand.
func (r *replayer) releases(ctx context.Context, dir string) error {
	fsys := rules.FS()
	for range 2 {
		files, err := rule.Files(fsys)
		if err != nil {
			return fmt.Errorf("read rules: %w", err)
		}
		if err := r.add(files); err != nil {
			return err
		}
		if dir == "" {
			break
		}
		fsys = os.DirFS(dir)
	}
	return r.read(ctx, event.TopicRules, time.Time{}, func(rec stream.Record) error {
		var released event.RulesReleased
		if len(rec.Value) == 0 || event.Decode(rec.Value, &released) != nil {
			return nil
		}
		files := make(map[string][]byte, len(released.Files))
		for name, text := range released.Files {
			files[name] = []byte(text)
		}
		_ = r.add(files) // one that does not hold never decided
		return nil
	})
}

func (r *replayer) add(files map[string][]byte) error {
	set, err := rule.Parse(files)
	if err != nil {
		return err
	}
	r.sets[set.Release()] = set.NewEvaluator()
	return nil
}

// decided takes in one record of traveller.scored.
func (r *replayer) decided(rec stream.Record) error {
	var s event.Scored
	if err := event.Decode(rec.Value, &s); err != nil {
		return nil // nothing that decided
	}
	if r.leg != "" && s.Leg.ID() != r.leg || r.message != "" && s.Message.ID != r.message {
		return nil
	}
	r.made[strings.Clone(s.Decision)] = made{sha256.Sum256(rec.Value), strings.Clone(s.ID), travel.Outcome(strings.Clone(string(s.Outcome))), strings.Clone(s.Release)}
	return nil
}

// again decides the facts of one record of traveller.enriched by every release that decided on them.
func (r *replayer) again(rec stream.Record) error {
	for release, ev := range r.sets {
		id := event.DecisionID(rec.Value, release, strconv.Itoa(r.thresholds.Refer), strconv.Itoa(r.thresholds.Hold))
		was, ok := r.made[id]
		if !ok {
			continue
		}
		delete(r.made, id)
		var e event.Enriched
		if err := event.Decode(rec.Value, &e); err != nil {
			return fmt.Errorf("facts of decision %s: %w", id, err)
		}
		now := decision.Score(&e, rec.Value, ev, r.thresholds)
		value, err := event.Encode(&now)
		if err != nil {
			return err
		}
		if sha256.Sum256(value) == was.of {
			r.same++
			continue
		}
		r.different = append(r.different, fmt.Sprintf("decision %s of %s: was %s, is %s", id, was.event, was.outcome, now.Outcome))
	}
	return nil
}

// report tells what became of n decisions. Those that could not be made again are a fault: nothing is known of them.
func (r *replayer) report(s cli.Streams, n int) error {
	slices.Sort(r.different)
	for _, line := range r.different[:min(len(r.different), mostDifferent)] {
		fmt.Fprintln(s.Out, line)
	}
	fmt.Fprintf(s.Out, "%d decisions: %d made again and the same to the byte, %d different, %d not made again\n", n, r.same, len(r.different), len(r.made))
	missing := map[string]int{}
	for _, m := range r.made {
		missing[m.release]++
	}
	for _, release := range slices.SortedFunc(maps.Keys(missing), cmp.Compare[string]) {
		why := "their facts are no longer on " + event.TopicEnriched + ", or other thresholds decided (-refer, -hold)"
		if r.sets[release] == nil {
			why = "these rules are not at hand (-rules)"
		}
		fmt.Fprintf(s.Out, "    %d by release %s: %s\n", missing[release], release, why)
	}
	if n == 0 {
		return errors.New("no decision matches; see -since, -leg and -message")
	}
	if len(r.different)+len(r.made) > 0 {
		return cli.ErrFault
	}
	return nil
}
