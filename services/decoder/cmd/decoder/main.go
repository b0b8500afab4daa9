// Command decoder runs the decoder service; see its README.
package main

import (
	"context"
	"os"
	"time"

	"fairway/pkg/service"
	"fairway/pkg/telemetry"
	"fairway/services/decoder"
)

func main() {
	cfg := decoder.DefaultConfig()
	os.Exit(service.Main("decoder", &cfg, &cfg.Process, func(_ context.Context, t *telemetry.Telemetry) (service.Runner, error) {
		return decoder.New(cfg, decoder.Deps{Log: t.Log, Registerer: t.Registry, Now: time.Now})
	}))
}
