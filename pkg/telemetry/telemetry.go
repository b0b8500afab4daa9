package telemetry

import (
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Telemetry is what a process reports with.
type Telemetry struct {
	Log      *slog.Logger
	Registry *prometheus.Registry
}

// New makes the telemetry of the process called name. level is "debug", "info", "warn" or "error".
func New(name, level string, w io.Writer) (*Telemetry, error) {
	l, err := Level(level)
	if err != nil {
		return nil, err
	}
	log := slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: l, ReplaceAttr: printed})).With("service", name)
	reg := prometheus.NewRegistry()
	reg.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.GoVersion
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "fairway_build_info", Help: "1; says what runs.",
		ConstLabels: prometheus.Labels{"service": name, "go": version},
	})
	build.Set(1)
	reg.MustRegister(build)
	return &Telemetry{Log: log, Registry: reg}, nil
}

// Level is the log level of a name.
func Level(name string) (slog.Level, error) {
	switch name {
	case "debug":
		return slog.LevelDebug, nil
	case "info":
		return slog.LevelInfo, nil
	case "warn":
		return slog.LevelWarn, nil
	case "error":
		return slog.LevelError, nil
	}
	return 0, fmt.Errorf("%q is no level: want debug, info, warn or error", name)
}

// printed makes anything that is not a plain value go through fmt, where the types of package travel redact
// themselves; the JSON handler would marshal a slice of them, and the stream's encoding shows all.
func printed(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindAny {
		a.Value = slog.StringValue(fmt.Sprintf("%+v", a.Value.Any()))
	}
	return a
}

// Discard is telemetry that nobody reads, for tests.
func Discard() *Telemetry {
	return &Telemetry{Log: slog.New(slog.DiscardHandler), Registry: prometheus.NewRegistry()}
}
