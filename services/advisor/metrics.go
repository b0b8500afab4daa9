package advisor

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

type metrics struct {
	issued  *prometheus.CounterVec
	changes prometheus.Counter
	repeats prometheus.Counter
	seconds prometheus.Histogram
	cases   *prometheus.CounterVec
}

func newMetrics(reg prometheus.Registerer) *metrics {
	f := promauto.With(reg)
	m := &metrics{
		issued: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_advisor_advisories_total", Help: "Advisories issued, by outcome.",
		}, []string{"outcome"}),
		changes: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_advisor_unsolicited_total", Help: "Advisories that changed an answer already given.",
		}),
		repeats: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_advisor_repeats_total", Help: "Scored travellers that were already answered.",
		}),
		cases: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_advisor_cases_total", Help: "What officers said of a person on a leg, by what it was and what came of it.",
		}, []string{"kind", "result"}),
		// From a hop on one machine to the 4 s that departure control waits (standards.md F.1).
		seconds: f.NewHistogram(prometheus.HistogramOpts{
			Name: "fairway_advisor_decision_seconds", Help: "Time from receipt of the message to its advisory.",
			Buckets: []float64{.002, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 4},
		}),
	}
	for _, o := range []travel.Outcome{travel.Board, travel.NoBoard, travel.Refer, travel.Hold, travel.Insufficient} {
		m.issued.WithLabelValues(string(o))
	}
	for _, kind := range []string{event.CaseConfirm, event.CaseWithdraw} {
		for _, result := range []string{event.CaseApplied, event.CaseRefused} {
			m.cases.WithLabelValues(kind, result)
		}
	}
	return m
}
