// Command enricher runs the enricher service; see its README.
package main

import (
	"context"
	"os"

	"fairway/pkg/service"
	"fairway/pkg/telemetry"
	"fairway/services/enricher"
)

func main() {
	cfg := enricher.DefaultConfig()
	os.Exit(service.Main("enricher", &cfg, &cfg.Process, func(_ context.Context, t *telemetry.Telemetry) (service.Runner, error) {
		return enricher.New(cfg, enricher.Deps{Log: t.Log, Registerer: t.Registry})
	}))
}
