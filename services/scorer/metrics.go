package scorer

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"fairway/pkg/event"
	"fairway/pkg/rule"
	"fairway/pkg/travel"
)

type metrics struct {
	decisions *prometheus.CounterVec
	results   *prometheus.CounterVec
	unknown   *prometheus.CounterVec
	refused   prometheus.Counter
	release   *prometheus.GaugeVec
	unfounded *prometheus.CounterVec
	exercises prometheus.Counter
}

func newMetrics(reg prometheus.Registerer) *metrics {
	f := promauto.With(reg)
	m := &metrics{
		decisions: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_scorer_decisions_total", Help: "Travellers decided, by outcome.",
		}, []string{"outcome"}),
		// Rule ids are those of the set in force: closed, and stable from release to release.
		results: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_scorer_rule_results_total", Help: "Rules that did not simply miss, by rule and value.",
		}, []string{"rule", "value"}),
		unknown: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_scorer_rule_not_evaluable_total", Help: "Times a rule lacked a field it reads, by rule.",
		}, []string{"rule"}),
		unfounded: f.NewCounterVec(prometheus.CounterOpts{
			Name: "fairway_scorer_unfounded_total", Help: "Times a rule forced no_board without evidence and was held to hold, by rule: the rule's fault.",
		}, []string{"rule"}),
		exercises: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_scorer_exercises_total", Help: "Travellers of exercises and tests decided; they are in no other count.",
		}),
		refused: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_scorer_releases_refused_total", Help: "Rule sets that did not compile or failed their tests.",
		}),
		release: f.NewGaugeVec(prometheus.GaugeOpts{
			Name: "fairway_scorer_rules", Help: "Rules in force, by release.",
		}, []string{"release"}),
	}
	for _, o := range []travel.Outcome{travel.Board, travel.NoBoard, travel.Refer, travel.Hold, travel.Insufficient} {
		m.decisions.WithLabelValues(string(o))
	}
	return m
}

func (m *metrics) inForce(set *rule.Set) {
	m.release.Reset() // one release at a time
	m.release.WithLabelValues(set.Release()).Set(float64(set.Len()))
	for _, r := range set.Rules() { // from 0, so that an alert sees the first one
		m.unfounded.WithLabelValues(r.ID)
		m.unknown.WithLabelValues(r.ID)
		for _, v := range []rule.Value{rule.Hit, rule.Suppressed, rule.Errored} {
			m.results.WithLabelValues(r.ID, string(v))
		}
	}
}

func (m *metrics) count(s *event.Scored) {
	if s.Message.Exercise {
		m.exercises.Inc()
		return
	}
	m.decisions.WithLabelValues(string(s.Outcome)).Inc()
	for i := range s.Results {
		m.results.WithLabelValues(s.Results[i].Rule, s.Results[i].Value).Inc()
		if s.Results[i].Unfounded {
			m.unfounded.WithLabelValues(s.Results[i].Rule).Inc()
		}
	}
	for _, id := range s.Unevaluable {
		m.unknown.WithLabelValues(id).Inc()
	}
}
