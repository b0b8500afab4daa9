package stream

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

type metrics struct {
	records prometheus.Counter
	dead    prometheus.Counter
	retries prometheus.Counter
	panics  prometheus.Counter
	batch   prometheus.Histogram
	seconds prometheus.Histogram
}

// newMetrics registers with reg; nil makes metrics that nobody sees. What states tells is asked for at every scrape.
func newMetrics(reg prometheus.Registerer, service string, states func(time.Time) map[tp]state) *metrics {
	f := promauto.With(reg)
	if reg != nil {
		reg.MustRegister(newProgress(service, states))
	}
	counter := func(name, help string) prometheus.Counter {
		return f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_stream_" + name, Help: help, ConstLabels: prometheus.Labels{"service": service},
		})
	}
	histogram := func(name, help string, buckets []float64) prometheus.Histogram {
		return f.NewHistogram(prometheus.HistogramOpts{
			Name: "fairway_stream_" + name, Help: help, Buckets: buckets, ConstLabels: prometheus.Labels{"service": service},
		})
	}
	return &metrics{
		records: counter("records_total", "Records stepped, with all they led to acknowledged."),
		dead:    counter("dead_letters_total", "Records put on a dead-letter topic."),
		retries: counter("retries_total", "Times a partition was paused because a dependency was down."),
		panics:  counter("panics_total", "Panics caught in a step."),
		// 1 to the poll limit: tells whether load comes one by one or in bulk.
		batch: histogram("batch_records", "Records of one partition handled together.", []float64{1, 4, 16, 64, 256, 1024}),
		// From half a millisecond, a hop on one machine, to the deadline of an answer.
		seconds: histogram("step_seconds", "Time to step and produce one batch.", []float64{.0005, .001, .0025, .005, .01, .025, .1, .5, 2.5}),
	}
}

// progress tells at every scrape how far each partition is behind. It is asked, not told, because a partition that has
// stopped tells nothing.
type progress struct {
	states      func(time.Time) map[tp]state
	behind, lag *prometheus.Desc
}

func newProgress(service string, states func(time.Time) map[tp]state) *progress {
	desc := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc("fairway_stream_"+name, help, []string{"topic", "partition"}, prometheus.Labels{"service": service})
	}
	return &progress{states, desc("behind_seconds", "Age of the oldest record fetched and not done, 0 when there is none, by topic and partition."),
		desc("lag_records", "Records not done, as of the last fetch, by topic and partition.")}
}

// Describe implements [prometheus.Collector].
func (p *progress) Describe(to chan<- *prometheus.Desc) { to <- p.behind; to <- p.lag }

// Collect implements [prometheus.Collector].
func (p *progress) Collect(to chan<- prometheus.Metric) {
	for key, s := range p.states(time.Now()) {
		n := strconv.Itoa(int(key.partition))
		to <- prometheus.MustNewConstMetric(p.behind, prometheus.GaugeValue, s.behind.Seconds(), key.topic, n)
		to <- prometheus.MustNewConstMetric(p.lag, prometheus.GaugeValue, float64(s.lag), key.topic, n)
	}
}

func (m *metrics) step(records int, took time.Duration) {
	m.records.Add(float64(records))
	m.batch.Observe(float64(records))
	m.seconds.Observe(took.Seconds())
}
