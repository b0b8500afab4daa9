package telemetry

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
)

// TestDependencyIsAwayAndBack lets a peer refuse, come back, and hang.
func TestDependencyIsAwayAndBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		var state atomic.Int32 // 0 there, 1 refuses, 2 hangs
		var asked atomic.Int32
		ping := func(ctx context.Context) error {
			asked.Add(1)
			switch state.Load() {
			case 1:
				return errors.New("dial secret-host:6379: refused")
			case 2:
				<-ctx.Done()
				return ctx.Err()
			}
			return nil
		}
		reg := prometheus.NewRegistry()
		d := NewDependency("enricher", "redis", ping, reg, slog.New(slog.NewTextHandler(&out, nil)))
		if err := d.Ready(); err == nil {
			t.Error("ready before it was ever asked")
		}
		ctx, cancel := context.WithCancel(t.Context())
		go func() { _ = d.Run(ctx) }()
		after := func(s int32, wait time.Duration, ready bool) {
			t.Helper()
			state.Store(s)
			time.Sleep(wait)
			synctest.Wait()
			err := d.Ready()
			if (err == nil) != ready {
				t.Errorf("state %d after %s: %v", s, wait, err)
			}
			if err != nil && (!strings.HasPrefix(err.Error(), "redis has not answered") || strings.Contains(err.Error(), "secret-host")) {
				t.Errorf("says %q", err)
			}
			want := map[bool]float64{true: 1}[ready]
			if got := testutil.ToFloat64(gauge{reg}); got != want {
				t.Errorf("state %d after %s: the gauge is %v", s, wait, got)
			}
		}
		after(0, 10*time.Millisecond, true)
		after(1, 1500*time.Millisecond, true) // one bad answer is not away
		after(1, 10*time.Second, false)
		after(0, 1100*time.Millisecond, true)
		after(2, 10*time.Second, false) // a peer that hangs
		after(0, 2500*time.Millisecond, true)
		before := asked.Load()
		for range 1000 {
			_ = d.Ready()
		}
		if asked.Load() != before {
			t.Error("a probe asks the peer")
		}
		cancel()
		synctest.Wait()
		if a, b := strings.Count(out.String(), "dependency is away"), strings.Count(out.String(), "dependency is back"); a != 2 || b != 2 {
			t.Errorf("logged away %d and back %d times, want twice each:\n%s", a, b, out.String())
		}
	})
}

// gauge is everything a registry has, as one collector, for testutil.
type gauge struct{ prometheus.Gatherer }

func (g gauge) Describe(chan<- *prometheus.Desc) {}

func (g gauge) Collect(ch chan<- prometheus.Metric) {
	all, _ := g.Gather()
	for _, f := range all {
		for _, m := range f.Metric {
			ch <- prometheus.MustNewConstMetric(prometheus.NewDesc(f.GetName(), "", nil, nil), prometheus.GaugeValue, m.GetGauge().GetValue())
		}
	}
}

func TestReloadSaysWhatCameOfIt(t *testing.T) {
	reg := prometheus.NewRegistry()
	r := NewReload(reg, "rules")
	for _, c := range []struct {
		err          error
		failed, good float64
	}{{errors.New("no"), 1, 0}, {nil, 0, 1}, {errors.New("no"), 1, 1}} {
		r.Done(c.err)
		if got := testutil.ToFloat64(r.failed); got != c.failed {
			t.Errorf("after %v: failed is %v", c.err, got)
		}
		if got := testutil.ToFloat64(r.success); (got > 0) != (c.good > 0) {
			t.Errorf("after %v: last good load at %v", c.err, got)
		}
	}
}
