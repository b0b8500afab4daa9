// Command gateway runs the gateway service; see its README.
package main

import (
	"context"
	"os"
	"time"

	"fairway/pkg/service"
	"fairway/pkg/telemetry"
	"fairway/services/gateway"
)

func main() {
	cfg := gateway.DefaultConfig()
	os.Exit(service.Main("gateway", &cfg, &cfg.Process, func(_ context.Context, t *telemetry.Telemetry) (service.Runner, error) {
		return gateway.New(cfg, gateway.Deps{Log: t.Log, Registerer: t.Registry, Now: time.Now})
	}))
}
