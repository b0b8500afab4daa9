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
	lag     *prometheus.GaugeVec
}

// newMetrics registers with reg; nil makes metrics that nobody sees.
func newMetrics(reg prometheus.Registerer, service string) *metrics {
	f := promauto.With(reg)
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
		lag: f.NewGaugeVec(prometheus.GaugeOpts{
			Name: "fairway_stream_behind_seconds", Help: "Age of the last record done, by topic and partition.",
			ConstLabels: prometheus.Labels{"service": service},
		}, []string{"topic", "partition"}),
	}
}

func (m *metrics) step(records int, took time.Duration) {
	m.records.Add(float64(records))
	m.batch.Observe(float64(records))
	m.seconds.Observe(took.Seconds())
}

func (m *metrics) behind(key tp, age time.Duration) {
	m.lag.WithLabelValues(key.topic, strconv.Itoa(int(key.partition))).Set(age.Seconds())
}
