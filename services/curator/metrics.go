package curator

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"fairway/pkg/event"
)

type metrics struct {
	published prometheus.Counter
	rebuilt   prometheus.Counter
}

func newMetrics(reg prometheus.Registerer, s *Service) *metrics {
	p := s.projector
	f := promauto.With(reg)
	f.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "fairway_curator_keys", Help: "Exact keys projected to Redis.",
	}, func() float64 { p.mu.Lock(); defer p.mu.Unlock(); return float64(p.postings.keys.Len()) })
	f.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "fairway_curator_keys_unwritten", Help: "Exact keys that Redis does not have yet.",
	}, func() float64 { p.mu.Lock(); defer p.mu.Unlock(); return float64(len(p.postings.dirty)) })
	in := func(state string) func() float64 {
		return func() float64 { return float64(len(s.proposals.In(state))) }
	}
	f.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "fairway_curator_submissions_waiting", Help: "Submissions that wait for a second officer.",
	}, in(event.ProposalMade))
	f.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "fairway_curator_submissions_unpublished", Help: "Submissions that are approved and not all in force.",
	}, in(event.ProposalApproved))
	return &metrics{
		published: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_curator_changes_total", Help: "Approved changes published.",
		}),
		rebuilt: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_curator_rebuilds_total", Help: "Times the projection was written anew because Redis had lost it.",
		}),
	}
}
