package scorer

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"fairway/pkg/telemetry"
)

// TestReloadsAreTold installs a good set, a bad one, and the good one again, from a directory and from the topic's side
// alike: the gauge says whether the set in force is the one that was last given.
func TestReloadsAreTold(t *testing.T) {
	reg := prometheus.NewRegistry()
	b := &current{log: slog.New(slog.DiscardHandler), metrics: newMetrics(reg), reload: telemetry.NewReload(reg, "rules")}
	value := func(name string) float64 {
		t.Helper()
		families, err := reg.Gather()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range families {
			if f.GetName() == name {
				return f.Metric[0].GetGauge().GetValue()
			}
		}
		t.Fatalf("no %s", name)
		return 0
	}
	for i, c := range []struct {
		when   string
		failed float64
	}{{"document.days_to_expiry < 0", 0}, {"document.days_to_expiry <", 1}, {"document.days_to_expiry < 0", 0}} {
		_ = b.install(release(c.when), "test")
		if got := value("fairway_reload_failed"); got != c.failed {
			t.Errorf("%d: failed is %v, want %v", i, got, c.failed)
		}
		if value("fairway_reload_success_timestamp_seconds") == 0 {
			t.Errorf("%d: no time of the last good load", i)
		}
	}
	if err := b.installFS(os.DirFS(filepath.Join(t.TempDir(), "none")), "nowhere"); err == nil || value("fairway_reload_failed") != 1 {
		t.Errorf("a directory that cannot be read: %v, failed is %v", err, value("fairway_reload_failed"))
	}
}
