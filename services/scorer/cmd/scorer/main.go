// Command scorer runs the scorer service; see its README.
package main

import (
	"context"
	"os"
	"time"

	"fairway/pkg/service"
	"fairway/pkg/telemetry"
	"fairway/services/scorer"
)

func main() {
	cfg := scorer.DefaultConfig()
	os.Exit(service.Main("scorer", &cfg, &cfg.Process, func(_ context.Context, t *telemetry.Telemetry) (service.Runner, error) {
		return scorer.New(cfg, scorer.Deps{Log: t.Log, Registerer: t.Registry, Now: time.Now})
	}))
}
