package decoder

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

type metrics struct {
	messages   *prometheus.CounterVec
	travellers prometheus.Counter
	findings   *prometheus.CounterVec
	removed    prometheus.Counter
}

func newMetrics(reg prometheus.Registerer) *metrics {
	f := promauto.With(reg)
	return &metrics{
		messages: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_decoder_messages_total", Help: "Messages read, by what became of them.",
		}, []string{"result"}),
		travellers: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_decoder_travellers_total", Help: "Travellers presented.",
		}),
		// The carrier is authenticated by the gateway and the severities are three: a closed set.
		findings: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_decoder_findings_total", Help: "Things wrong in messages, by carrier and severity.",
		}, []string{"carrier", "severity"}),
		removed: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_decoder_sensitive_removed_total", Help: "Sensitive elements removed before anything was stored.",
		}),
	}
}

func (m *metrics) count(r *event.Received, notice *event.Advisory, presented []event.Presented) {
	result := "decoded"
	if notice != nil {
		if notice.Outcome == travel.Failed {
			result = "rejected"
		}
		m.found(r.Carrier, notice.Findings)
	}
	m.messages.WithLabelValues(result).Inc()
	m.travellers.Add(float64(len(presented)))
	for i := range presented {
		m.found(r.Carrier, presented[i].Findings)
		m.removed.Add(float64(presented[i].Traveller.Removed))
	}
}

func (m *metrics) found(carrier string, findings []travel.Finding) {
	for i := range findings {
		m.findings.WithLabelValues(carrier, string(findings[i].Severity)).Inc()
	}
}
