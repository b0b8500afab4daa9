package enricher

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"fairway/pkg/event"
	"fairway/pkg/travel"
)

type metrics struct {
	travellers prometheus.Counter
	matches    *prometheus.CounterVec
}

func newMetrics(reg prometheus.Registerer, l *lists) *metrics {
	f := promauto.With(reg)
	f.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "fairway_enricher_list_entries", Help: "Entries that can be found by name.",
	}, func() float64 { return float64(l.live.Load().Len()) })
	f.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "fairway_enricher_list_revision", Help: "Revision of the newest change in the index.",
	}, func() float64 { return float64(l.live.Load().revision) })
	m := &metrics{
		travellers: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_enricher_travellers_total", Help: "Travellers enriched.",
		}),
		matches: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_enricher_matches_total", Help: "List matches, by how they were found and how strong they are.",
		}, []string{"by", "strength"}),
	}
	for _, by := range []string{"document", "name", "redress"} {
		for _, s := range []travel.Strength{travel.Strong, travel.Probable, travel.Possible} {
			m.matches.WithLabelValues(by, string(s))
		}
	}
	return m
}

func (m *metrics) count(all []event.Enriched) {
	m.travellers.Add(float64(len(all)))
	for i := range all {
		for j := range all[i].Matches {
			m.matches.WithLabelValues(all[i].Matches[j].By, string(all[i].Matches[j].Strength)).Inc()
		}
	}
}
