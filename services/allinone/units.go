package allinone

import (
	"fmt"
	"time"

	"fairway/pkg/service"
	"fairway/pkg/telemetry"
	"fairway/services/advisor"
	"fairway/services/curator"
	"fairway/services/decoder"
	"fairway/services/enricher"
	"fairway/services/gateway"
	"fairway/services/scorer"
)

// Unit is one service: as a process of its own, or as a part of this one.
type Unit struct {
	Name string
	// Main runs it as a process, and returns the exit code.
	Main func() int
	// Defaults is its configuration as it is when nothing is given.
	Defaults func() service.Config
	// wire makes it a part of s.
	wire func(s *Service, all *configs) (part, error)
}

// part is a wired service.
type part interface {
	service.Runner
	Close() error
}

// Units are the services, each entered once: the wiring of this process and the tests read them from here, and compose,
// Prometheus and deploy/config are held against them.
func Units() []Unit {
	return []Unit{
		unit("gateway", gateway.DefaultConfig, gateway.New, func(s *Service, g *gateway.Service) { s.gateway = g },
			func(all *configs) *gateway.Config { return &all.gateway }),
		unit("decoder", decoder.DefaultConfig, decoder.New, nil, func(all *configs) *decoder.Config { return &all.decoder }),
		unit("enricher", enricher.DefaultConfig, enricher.New, func(s *Service, e *enricher.Service) { s.enricher = e },
			func(all *configs) *enricher.Config { return &all.enricher }),
		unit("scorer", scorer.DefaultConfig, scorer.New, nil, func(all *configs) *scorer.Config { return &all.scorer }),
		unit("advisor", advisor.DefaultConfig, advisor.New, nil, func(all *configs) *advisor.Config { return &all.advisor }),
		unit("curator", curator.DefaultConfig, curator.New, func(s *Service, c *curator.Service) { s.curator = c },
			func(all *configs) *curator.Config { return &all.curator }),
	}
}

// unit enters a service. keep takes it down in s, where something here calls it; of is where its configuration is.
func unit[C any, P interface {
	*C
	service.Config
}, S part](name string, defaults func() C, build func(C, service.Deps) (S, error), keep func(*Service, S), of func(*configs) P) Unit {
	return Unit{
		Name:     name,
		Main:     func() int { return service.Main[C, P](name, defaults, build) },
		Defaults: func() service.Config { c := defaults(); return P(&c) },
		wire: func(s *Service, all *configs) (part, error) {
			made, err := build(*of(all), deps(s.t, name))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			if keep != nil {
				keep(s, made)
			}
			return made, nil
		},
	}
}

func deps(t *telemetry.Telemetry, name string) service.Deps {
	return service.Deps{Log: t.Log.With("part", name), Registerer: t.Registry, Now: time.Now}
}
