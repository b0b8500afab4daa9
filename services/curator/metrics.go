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
	p := s.projection
	f := promauto.With(reg)
	f.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "fairway_curator_keys", Help: "Exact keys projected to Redis.",
	}, func() float64 { p.mu.Lock(); defer p.mu.Unlock(); return float64(len(p.keys)) })
	f.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "fairway_curator_keys_unwritten", Help: "Exact keys that Redis does not have yet.",
	}, func() float64 { p.mu.Lock(); defer p.mu.Unlock(); return float64(len(p.dirty)) })
	for state, help := range map[string]string{event.ProposalMade: "waiting", event.ProposalApproved: "unpublished"} {
		f.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "fairway_curator_submissions_" + help, Help: "Submissions that are " + help + ": made and not decided, or approved and not in force.",
		}, func() float64 { return float64(len(s.proposals.in(s.deps.Now().UnixMilli(), state))) })
	}
	return &metrics{
		published: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_curator_changes_total", Help: "Approved changes published.",
		}),
		rebuilt: f.NewCounter(prometheus.CounterOpts{
			Name: "fairway_curator_rebuilds_total", Help: "Times the projection was written anew because Redis had lost it.",
		}),
	}
}
