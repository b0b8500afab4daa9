// Command advisor runs the advisor service; see its README.
package main

import (
	"context"
	"os"
	"time"

	"fairway/pkg/service"
	"fairway/pkg/telemetry"
	"fairway/services/advisor"
)

func main() {
	cfg := advisor.DefaultConfig()
	os.Exit(service.Main("advisor", &cfg, &cfg.Process, func(_ context.Context, t *telemetry.Telemetry) (service.Runner, error) {
		return advisor.New(cfg, advisor.Deps{Log: t.Log, Registerer: t.Registry, Now: time.Now})
	}))
}
