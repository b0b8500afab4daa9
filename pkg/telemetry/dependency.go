package telemetry

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

const (
	askEvery = time.Second
	askFor   = time.Second     // the longest one question may take
	goneFor  = 3 * time.Second // this long without an answer is away: one slow answer under load is not
)

// Dependency knows whether something that a process needs is there. Run asks it once a second; Ready, the gauge
// fairway_dependency_ready and the log say what came of it, so that whoever asks this process never waits for a peer
// that hangs.
type Dependency struct {
	name   string
	ping   func(context.Context) error
	log    *slog.Logger
	start  time.Time    // the clock of answer: one that nobody can set
	answer atomic.Int64 // when it answered last, as nanoseconds after start; 0 for never
}

// NewDependency makes what asks by ping for service. name says what it is, "kafka" or "redis"; an address or an error
// text of the peer never gets into Ready.
func NewDependency(service, name string, ping func(context.Context) error, reg prometheus.Registerer, log *slog.Logger) *Dependency {
	d := &Dependency{name: name, ping: ping, log: log, start: time.Now()}
	promauto.With(reg).NewGaugeFunc(prometheus.GaugeOpts{
		Name: "fairway_dependency_ready", Help: "1 while what the service needs answers, else 0.",
		ConstLabels: prometheus.Labels{"service": service, "dependency": name},
	}, func() float64 {
		if d.Ready() != nil {
			return 0
		}
		return 1
	})
	return d
}

// Ready reports whether the dependency has answered of late. It asks nobody.
func (d *Dependency) Ready() error {
	last := time.Duration(d.answer.Load())
	if last == 0 {
		return fmt.Errorf("%s has not answered yet", d.name)
	}
	if gone := time.Since(d.start) - last; gone >= goneFor {
		return fmt.Errorf("%s has not answered for %s", d.name, gone.Round(time.Second))
	}
	return nil
}

// Run asks until ctx ends. It logs once when the dependency goes, and once when it is back.
func (d *Dependency) Run(ctx context.Context) error {
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	began, away := time.Now(), false
	for ctx.Err() == nil {
		err := d.ask(ctx)
		switch gone := d.Ready() != nil; {
		case err == nil && away:
			away = false
			d.log.Info("dependency is back", "dependency", d.name)
		case err != nil && gone && !away && time.Since(began) >= goneFor && ctx.Err() == nil:
			away = true
			d.log.Warn("dependency is away", "dependency", d.name, "error", err)
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
	return nil
}

func (d *Dependency) ask(ctx context.Context) error {
	bounded, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	err := d.ping(bounded)
	if err == nil {
		d.answer.Store(int64(max(time.Since(d.start), 1)))
	}
	return err
}
