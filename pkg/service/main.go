package service

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"fairway/pkg/access"
	"fairway/pkg/projection"
	"fairway/pkg/telemetry"
	"fairway/pkg/web"
)

// Runner is a wired service.
type Runner interface {
	// Run blocks until ctx ends or the service cannot go on.
	Run(ctx context.Context) error
	// Ready returns nil when the service can do its work.
	Ready() error
}

// Process is the part of a configuration that every process has.
type Process struct {
	Admin     string        `yaml:"admin" help:"address of /metrics, /livez and /readyz, and of /debug/pprof on loopback; empty for none"`
	LogLevel  string        `yaml:"log_level" help:"debug, info, warn or error"`
	Grace     time.Duration `yaml:"grace" help:"how long open requests may take to finish on stop" limit:"0s..10m"`
	MemoryMiB int           `yaml:"memory_mib" help:"memory the process tries to stay within by collecting garbage more often; 0 for no limit" limit:"0,256.."`
}

// DefaultProcess listens for the operator on loopback.
func DefaultProcess(admin string) Process {
	return Process{Admin: admin, LogLevel: "info", Grace: 10 * time.Second}
}

// Validate returns everything that is wrong with p but for its limits.
func (p Process) Validate() error {
	var errs []error
	if p.Admin != "" {
		errs = append(errs, Listen("admin", p.Admin))
	}
	if _, err := telemetry.Level(p.LogLevel); err != nil {
		errs = append(errs, fmt.Errorf("log_level: %w", err))
	}
	return errors.Join(errs...)
}

// Base is p itself, by which whoever has a configuration finds what every process has.
func (p *Process) Base() *Process { return p }

// Deps are what a service needs from its process.
type Deps struct {
	Log        *slog.Logger
	Registerer prometheus.Registerer
	Now        func() time.Time
}

// Main is the whole of a binary's main: it loads the configuration over its defaults, makes the service, runs it until a
// signal, and returns the exit code.
func Main[C any, P interface {
	*C
	Config
}, S Runner](name string, defaults func() C, build func(C, Deps) (S, error)) int {
	cfg := defaults()
	return MainOf(name, P(&cfg), func(_ context.Context, t *telemetry.Telemetry) (Runner, error) {
		return build(cfg, Deps{Log: t.Log, Registerer: t.Registry, Now: time.Now})
	})
}

// MainOf is [Main] for a process that is several services, or none. cfg holds the defaults, and is loaded when build is
// called.
func MainOf(name string, cfg Config, build func(context.Context, *telemetry.Telemetry) (Runner, error)) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	err := run(ctx, name, cfg, build, os.Args[1:], os.Stdout)
	if err == nil {
		return 0
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintf(os.Stderr, "%s: %s\n", name, line)
	}
	return 1
}

func run(ctx context.Context, name string, cfg Config,
	build func(context.Context, *telemetry.Telemetry) (Runner, error), args []string, stdout io.Writer,
) error {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	check := fs.Bool("check", false, "")
	switch err := Load(cfg, fs, args, os.LookupEnv); {
	case errors.Is(err, flag.ErrHelp):
		usage(stdout, name, cfg)
		return nil
	case err != nil:
		return fmt.Errorf("%w (-h says what there is)", err)
	}
	if err := cfg.Validate(); err != nil {
		return err
	}
	if *check {
		if err := cfg.Check(); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "%s: configuration is valid\n", name)
		return nil
	}
	process := *cfg.Base()
	TuneMemory(process)
	t, err := telemetry.New(name, process.LogLevel, os.Stderr)
	if err != nil {
		return err
	}
	projection.LogTo(t.Log)
	s, err := build(ctx, t)
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	return Run(ctx, s, t, process)
}

// TuneMemory halves how often garbage is collected, because answers wait for a collection, until the process nears
// p's memory. GOGC and GOMEMLIMIT override it. Measured in loadtest/README.md.
func TuneMemory(p Process) {
	const percent = 200
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	if os.Getenv("GOMEMLIMIT") == "" && p.MemoryMiB > 0 {
		debug.SetMemoryLimit(int64(p.MemoryMiB) << 20)
	}
}

// adminGrace is how long a probe or a scrape may take to finish on stop; a profile is cut off.
const adminGrace = 500 * time.Millisecond

// Run runs s with its admin endpoint until ctx ends or either fails.
func Run(ctx context.Context, s Runner, t *telemetry.Telemetry, p Process) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.Run(ctx) })
	if p.Admin != "" {
		group.Go(func() error {
			h := telemetry.Handler(t.Registry, s.Ready, access.Loopback(p.Admin))
			return web.Serve(ctx, p.Admin, h, min(p.Grace, adminGrace), func(a net.Addr) {
				t.Log.Info("admin endpoint open", "address", a.String())
			})
		})
	}
	err := group.Wait()
	t.Log.Info("stopped")
	return err
}
