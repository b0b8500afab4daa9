// Command curator runs the curator service; see its README.
package main

import (
	"context"
	"os"
	"time"

	"fairway/pkg/service"
	"fairway/pkg/telemetry"
	"fairway/services/curator"
)

func main() {
	cfg := curator.DefaultConfig()
	os.Exit(service.Main("curator", &cfg, &cfg.Process, func(_ context.Context, t *telemetry.Telemetry) (service.Runner, error) {
		return curator.New(cfg, curator.Deps{Log: t.Log, Registerer: t.Registry, Now: time.Now})
	}))
}
