package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
)

var errEnough = errors.New("enough samples")

func isEnough(err error) bool { return errors.Is(err, errEnough) }

// measure runs every part of a profile, one after the other, in one process: only ratios within one run mean anything.
func (b *bench) measure(ctx context.Context, p profile, list int, cpu, heap string) ([]Report, error) {
	if err := b.load(ctx, list); err != nil {
		return nil, fmt.Errorf("load the list: %w", err)
	}
	if _, err := b.post(ctx, 500, p.warm); err != nil { // also for a broker that was just started, whose first seconds are its compiler's
		return nil, err
	}
	before, err := b.post(ctx, p.rates[0], p.before)
	if err != nil {
		return nil, err
	}
	sustained, lost, err := b.sustained(ctx, p.sustained, cpu, heap)
	if err != nil {
		return nil, err
	}
	base := Report{Stack: b.stack, Rules: b.rules, ListEntries: list, ReadyMS: int(b.system.Ready.Milliseconds()), BeforeBurst: before}
	var reports []Report
	for _, rate := range p.rates {
		r := base
		if r.PostAnswer, err = b.post(ctx, rate, p.post); err != nil {
			return nil, err
		}
		if r.Kafka, err = b.kafka(ctx, rate, p.kafka); err != nil {
			return nil, err
		}
		r.Lost = r.PostAnswer.Lost + r.Kafka.Lost
		reports = append(reports, r)
	}
	samples, err := b.sample(ctx)
	if err != nil {
		return nil, fmt.Errorf("sample the topics: %w", err)
	}
	first := &reports[0]
	for _, s := range samples {
		total := 0
		for _, v := range s {
			total += len(v)
		}
		first.Sizes = append(first.Sizes, total/max(1, len(s)))
	}
	f, err := b.startFloor(ctx, samples)
	if err != nil {
		return nil, fmt.Errorf("start the floor: %w", err)
	}
	for i, rate := range p.rates {
		if reports[i].Floor, err = f.latency(ctx, rate, p.floor); err != nil {
			return nil, err
		}
	}
	if first.FloorSustainedPer, err = f.sustain(ctx, p.floorSustained); err != nil {
		return nil, err
	}
	f.stop()
	first.Lost += lost + before.Lost
	first.SustainedPerS = sustained
	_, _, first.Contradictory = b.watch.counts()
	first.RSSMiB = b.peak.mib()
	return reports, err
}

// sustained measures throughput, with profiles of the system where asked for.
func (b *bench) sustained(ctx context.Context, d time.Duration, cpu, heap string) (perSecond, lost int, err error) {
	if cpu != "" {
		if err := b.system.tell("cpu " + cpu); err != nil {
			return 0, 0, err
		}
	}
	if perSecond, lost, err = b.sustain(ctx, d); err != nil {
		return 0, 0, err
	}
	if cpu != "" {
		if err := b.system.tell("cpu-end"); err != nil {
			return 0, 0, err
		}
	}
	if heap != "" {
		err = b.system.tell("heap " + heap)
	}
	return perSecond, lost, err
}

// peak watches the memory of a process.
type peak struct {
	stop chan struct{}
	max  chan int
}

func watchMemory(pid int) *peak {
	p := &peak{make(chan struct{}), make(chan int, 1)}
	go func() {
		most := 0
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, resident(pid))
			select {
			case <-tick.C:
			case <-p.stop:
				p.max <- most
				return
			}
		}
	}()
	return p
}

func (p *peak) mib() int {
	close(p.stop)
	return <-p.max
}

// resident is a process's resident memory in MiB, as Linux counts it.
func resident(pid int) int {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0
	}
	for line := range strings.SplitSeq(string(b), "\n") {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmRSS:" {
			kib, _ := strconv.Atoi(f[1])
			return kib / 1024
		}
	}
	return 0
}

func printTable(w io.Writer, reports []Report) {
	f := reports[0]
	fmt.Fprintf(w, "stack %s, %d rules, %d list entries, ready in %d ms, at most %d MiB resident, %d lost, %d contradictory\n",
		f.Stack, f.Rules, f.ListEntries, f.ReadyMS, f.RSSMiB, f.Lost, f.Contradictory)
	fmt.Fprintf(w, "mean bytes a record on the five topics: %v\n", f.Sizes)
	fmt.Fprintf(w, "POST-to-answer at %d/s before the burst of the sustained part: %.1f / %.1f / %.1f ms; p99 after it is %.2f times that\n\n",
		f.BeforeBurst.Rate, f.BeforeBurst.P50, f.BeforeBurst.P99, f.BeforeBurst.P999, f.PostAnswer.P99/f.BeforeBurst.P99)
	fmt.Fprintln(w, "| travellers/s | POST-to-answer p50 / p99 / p99.9 ms | Kafka-to-Kafka | floor | p50 ÷ floor |")
	fmt.Fprintln(w, "|---|---|---|---|---|")
	for _, r := range reports {
		cell := func(l Latency) string { return fmt.Sprintf("%.1f / %.1f / %.1f", l.P50, l.P99, l.P999) }
		fmt.Fprintf(w, "| %d | %s | %s | %s | %.1f |\n", r.PostAnswer.Rate, cell(r.PostAnswer), cell(r.Kafka), cell(r.Floor), r.Kafka.P50/r.Floor.P50)
	}
	fmt.Fprintf(w, "\nsustained %d travellers/s; the floor %d records/s; ratio %.2f\n", f.SustainedPerS, f.FloorSustainedPer,
		float64(f.SustainedPerS)/float64(max(1, f.FloorSustainedPer)))
}
