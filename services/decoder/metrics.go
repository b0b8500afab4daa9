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
	series     *prometheus.CounterVec
}

func newMetrics(reg prometheus.Registerer) *metrics {
	f := promauto.With(reg)
	m := &metrics{
		messages: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_decoder_messages_total", Help: "Messages read, by what became of them.",
		}, []string{"result"}),
		travellers: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_decoder_travellers_total", Help: "Travellers presented.",
		}),
		// Carriers are those of the configuration or "unknown", severities are three and codes are those of our decoders: a
		// closed set.
		findings: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_decoder_findings_total", Help: "Things wrong in messages, by carrier, severity and code: the quality of what each carrier sends.",
		}, []string{"carrier", "severity", "code"}),
		removed: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_decoder_sensitive_removed_total", Help: "Sensitive elements that were not passed on.",
		}),
		series: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_decoder_series_total", Help: "Multi-part series, by whether all their parts came in time.",
		}, []string{"result"}),
	}
	for _, result := range []string{"decoded", "rejected"} { // from 0, so that an alert sees the first one
		m.messages.WithLabelValues(result)
	}
	for _, result := range []string{"complete", "incomplete"} {
		m.series.WithLabelValues(result)
	}
	return m
}

func (m *metrics) count(r *event.Received, messages []travel.Message, notice *event.Advisory, presented []event.Presented) {
	result := "decoded"
	if notice != nil {
		if notice.Outcome == travel.Failed {
			result = "rejected"
			m.found(r.Carrier, notice.Findings)
		}
	}
	for i := range messages {
		m.found(r.Carrier, messages[i].Findings)
		m.removed.Add(float64(messages[i].Removed))
	}
	m.messages.WithLabelValues(result).Inc()
	m.travellers.Add(float64(len(presented)))
	for i := range presented {
		m.removed.Add(float64(presented[i].Traveller.Removed))
	}
}

func (m *metrics) found(carrier string, findings []travel.Finding) {
	for i := range findings {
		m.findings.WithLabelValues(carrier, string(findings[i].Severity), findings[i].Code).Inc()
	}
}
