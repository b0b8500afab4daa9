package gateway

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// What becomes of an acknowledgement.
const (
	resultAcknowledged = "acknowledged" // it is on record
	resultNotFound     = "not_found"    // the carrier cannot find the traveller: CUSRES 312 with 118
	resultNotStored    = "not_stored"   // Kafka did not take it; the carrier sends it again
	resultRefused      = "refused"      // it is none; a request that is none counts once
	resultUnknown      = "unknown"      // the carrier was not told this
)

type metrics struct {
	answers    *prometheus.CounterVec
	seconds    prometheus.Histogram
	unscreened prometheus.Counter
	refused    prometheus.Counter
	lost       prometheus.Counter
	notStored  prometheus.Counter
	acks       *prometheus.CounterVec
}

func newMetrics(reg prometheus.Registerer) *metrics {
	f := promauto.With(reg)
	return &metrics{
		// Carriers are those of the configuration, so the label is a closed set.
		answers: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_gateway_answers_total", Help: "Answers given to posted messages, by carrier and status.",
		}, []string{"carrier", "status"}),
		// From a local hop to the default deadline and the 4 s that departure control waits (standards.md F.1).
		seconds: f.NewHistogram(prometheus.HistogramOpts{
			Name: "fairway_gateway_answer_seconds", Help: "Time from a message's arrival to its answer.",
			Buckets: []float64{.002, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 4},
		}),
		unscreened: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_gateway_unscreened_total", Help: "Travellers answered with their carrier's default at the deadline.",
		}),
		refused: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_gateway_refused_total", Help: "Requests without the key or certificate of a known carrier.",
		}),
		lost: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_gateway_not_produced_total", Help: "Messages that Kafka did not take within 10 minutes.",
		}),
		notStored: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_gateway_not_stored_total", Help: "Messages refused with 503, because nobody waited for their answer and Kafka did not acknowledge them in time.",
		}),
		acks: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_gateway_acknowledgements_total", Help: "Acknowledgements of advisories (POST /v1/advisories/ack and CUSRES 312), by carrier and result.",
		}, []string{"carrier", "result"}),
	}
}

// open counts what is held open: at the limits of max_waiting and feed_clients others are refused.
func open(reg prometheus.Registerer, requests, streams chan struct{}) {
	f := promauto.With(reg)
	f.NewGaugeFunc(prometheus.GaugeOpts{Name: "fairway_gateway_requests_open", Help: "Posted messages that wait for their answer."},
		func() float64 { return float64(len(requests)) })
	f.NewGaugeFunc(prometheus.GaugeOpts{Name: "fairway_gateway_streams_open", Help: "Event streams and long polls held open."},
		func() float64 { return float64(len(streams)) })
}

// begin starts every series of the carriers there are at 0, so that an alert sees the first event.
func (m *metrics) begin(carriers []*carrier) {
	for _, c := range carriers {
		for _, status := range []string{statusComplete, statusPartial, statusPending, statusRejected, statusInPart} {
			m.answers.WithLabelValues(c.Code, status)
		}
		for _, result := range []string{resultAcknowledged, resultNotFound, resultNotStored, resultRefused, resultUnknown} {
			m.acks.WithLabelValues(c.Code, result)
		}
	}
}

func (m *metrics) answered(carrier, status string, took time.Duration) {
	m.answers.WithLabelValues(carrier, status).Inc()
	m.seconds.Observe(took.Seconds())
}

// acknowledged counts n acknowledgements with a result of the constants above.
func (m *metrics) acknowledged(carrier, result string, n int) {
	m.acks.WithLabelValues(carrier, result).Add(float64(n))
}
