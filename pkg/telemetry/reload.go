package telemetry

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Reload says when something that is read again while a process runs was last read well, and whether the last try
// failed: the old one is in force then.
type Reload struct{ success, failed prometheus.Gauge }

// NewReload makes the gauges of what is reloaded: "rules", "carrier_keys".
func NewReload(reg prometheus.Registerer, what string) *Reload {
	f, labels := promauto.With(reg), prometheus.Labels{"what": what}
	return &Reload{
		success: f.NewGauge(prometheus.GaugeOpts{
			Name: "fairway_reload_success_timestamp_seconds", Help: "Unix time of the last good load; 0 for never.", ConstLabels: labels,
		}),
		failed: f.NewGauge(prometheus.GaugeOpts{
			Name: "fairway_reload_failed", Help: "1 when the last load failed and the one before is in force, else 0.", ConstLabels: labels,
		}),
	}
}

// Done takes down what came of a load.
func (r *Reload) Done(err error) {
	if err != nil {
		r.failed.Set(1)
		return
	}
	r.failed.Set(0)
	r.success.SetToCurrentTime()
}
