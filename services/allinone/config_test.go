package allinone_test

import (
	"flag"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/journey"
	"fairway/pkg/service"
	"fairway/services/advisor"
	"fairway/services/allinone"
	"fairway/services/curator"
	"fairway/services/decoder"
	"fairway/services/enricher"
	"fairway/services/gateway"
	"fairway/services/scorer"
)

// TestShippedConfigurationLoads loads every file of deploy/config into its service's own type, strictly.
func TestShippedConfigurationLoads(t *testing.T) {
	known := map[string]service.Config{}
	for _, u := range allinone.Units() {
		known[u.Name] = u.Defaults()
	}
	files, err := filepath.Glob("../../deploy/config/*.yaml")
	if err != nil || len(files) != len(known) {
		t.Fatalf("found %d files for %d services: %v", len(files), len(known), err)
	}
	for _, file := range files {
		name := filepath.Base(file[:len(file)-len(".yaml")])
		cfg, ok := known[name]
		if !ok {
			t.Errorf("%s is no service's", file)
			continue
		}
		fs := flag.NewFlagSet(name, flag.ContinueOnError)
		fs.SetOutput(io.Discard)
		if err := service.Load(cfg, fs, []string{"-config", file}, func(string) (string, bool) { return "", false }); err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if err := cfg.Validate(); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	if diff := cmp.Diff(known["gateway"].(*gateway.Config).Carriers, known["decoder"].(*decoder.Config).Carriers); diff != "" {
		t.Errorf("gateway.yaml and decoder.yaml do not name the same carriers (-gateway +decoder):\n%s", diff)
	}
}

func TestDefaultsAreValid(t *testing.T) {
	g, d := gateway.DefaultConfig(), decoder.DefaultConfig()
	if g.Validate() == nil || d.Validate() == nil {
		t.Error("gateway or decoder runs without carriers")
	}
	g.Carriers, d.Carriers = journey.Carriers{{Code: "ZX", KeyFile: "k"}}, journey.Carriers{{Code: "ZX", KeyFile: "k"}}
	for name, c := range map[string]interface{ Validate() error }{"gateway": g, "decoder": d, "enricher": enricher.DefaultConfig(),
		"scorer": scorer.DefaultConfig(), "advisor": advisor.DefaultConfig(), "allinone": allinone.DefaultConfig()} {
		if err := c.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Who may post and who may list is nobody's to guess.
	for name, c := range map[string]interface{ Validate() error }{"carriers": gateway.DefaultConfig(), "officers": curator.DefaultConfig()} {
		if err := c.Validate(); err == nil || !strings.HasPrefix(err.Error(), name+": ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
	bad := allinone.DefaultConfig()
	bad.HTTP, bad.Data = "", ""
	if bad.Validate() == nil {
		t.Error("took neither an address nor a directory")
	}
	bad = allinone.DefaultConfig()
	bad.Carriers = journey.Carriers{{Code: "ZX"}}
	if bad.Validate() == nil {
		t.Error("took a carrier without a key")
	}
}
