// Command fairway runs the whole of Fairway in one process; see the README of the repository.
package main

import (
	"context"
	"fmt"
	"os"

	"fairway/pkg/service"
	"fairway/pkg/telemetry"
	"fairway/services/allinone"
)

func main() {
	cfg := allinone.DefaultConfig()
	os.Exit(service.MainOf("fairway", &cfg, func(ctx context.Context, t *telemetry.Telemetry) (service.Runner, error) {
		s, err := allinone.New(ctx, cfg, t)
		if err != nil {
			return nil, err
		}
		s.Announce = func(text string) { fmt.Println(text) }
		return s, nil
	}))
}
