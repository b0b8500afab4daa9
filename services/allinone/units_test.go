package allinone_test

import (
	"context"
	"fairway/pkg/stream/streamtest"
	"fairway/pkg/telemetry"
	"fairway/services/allinone"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// TestEveryServiceIsEverywhere holds what stands elsewhere against the table of services: who adds one enters it there,
// and is told here what else has to know it.
func TestEveryServiceIsEverywhere(t *testing.T) {
	read := func(path string) string {
		t.Helper()
		b, err := os.ReadFile(filepath.Join("../..", path))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	want := slices.Sorted(slices.Values(everyService()))
	same := func(where string, got []string) {
		t.Helper()
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-the table +there):\n%s", where, diff)
		}
	}
	of := func(pattern string) (names []string) {
		t.Helper()
		paths, err := filepath.Glob("../../" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			name := strings.TrimSuffix(filepath.Base(p), ".yaml")
			if name != "fairway" && name != "fairwayctl" {
				names = append(names, name)
			}
		}
		return names
	}
	same("services/*/cmd/*", of("services/*/cmd/*"))
	same("deploy/config", of("deploy/config/*.yaml"))

	var compose struct {
		Services map[string]struct {
			Build struct{ Args map[string]string }
		}
	}
	if err := yaml.Unmarshal([]byte(read("docker-compose.yml")), &compose); err != nil {
		t.Fatal(err)
	}
	var composed []string
	for name, s := range compose.Services {
		if build := s.Build.Args["SERVICE"]; build == name && name != "allinone" {
			composed = append(composed, name)
		}
	}
	same("docker-compose.yml", composed)

	var prometheus struct {
		Jobs []struct {
			Static []struct{ Targets []string } `yaml:"static_configs"`
		} `yaml:"scrape_configs"`
	}
	if err := yaml.Unmarshal([]byte(read("deploy/prometheus/prometheus.yml")), &prometheus); err != nil {
		t.Fatal(err)
	}
	var scraped []string
	for _, target := range prometheus.Jobs[0].Static[0].Targets {
		name, _, _ := strings.Cut(target, ":")
		scraped = append(scraped, name)
	}
	same("deploy/prometheus/prometheus.yml", scraped)

	listed := regexp.MustCompile(`(?m)^# SERVICE is (.*)\.$`).FindStringSubmatch(read("deploy/docker/Dockerfile"))
	same("deploy/docker/Dockerfile", slices.DeleteFunc(regexp.MustCompile(`[a-z]+`).FindAllString(listed[1], -1),
		func(s string) bool { return s == "allinone" || s == "ctl" || s == "or" }))
	same("README.md", regexp.MustCompile(`[a-z]+`).FindAllString(regexp.MustCompile("(?m)^[|] `services/` [|] ([a-z` ]+),").FindStringSubmatch(read("README.md"))[1], -1))
}

// TestAStopLetsGo holds that whoever ran can run again at once, on the same data.
func TestAStopLetsGo(t *testing.T) {
	cfg := allinone.DefaultConfig()
	cfg.Data, cfg.HTTP, cfg.Partitions = t.TempDir(), "127.0.0.1:0", 1
	before := runtime.NumGoroutine()
	for range 2 {
		s, err := allinone.New(t.Context(), cfg, telemetry.Discard())
		if err != nil {
			t.Fatal(err)
		}
		over, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Run(over); err != nil {
			t.Error(err)
		}
	}
	streamtest.Wait(t, 10*time.Second, "what they started to end", func() bool { return runtime.NumGoroutine() <= before+2 })
}

// TestAFailedStartLetsGo holds that a start which fails half way leaves nothing behind: neither the lock of the data nor
// the broker, Redis and clients that it had opened by then.
func TestAFailedStartLetsGo(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	cfg := allinone.DefaultConfig()
	cfg.Data, cfg.HTTP, cfg.Partitions = t.TempDir(), "127.0.0.1:0", 1
	early, late := cfg, cfg
	early.HTTP, late.Rules = taken.Addr().String(), filepath.Join(t.TempDir(), "none")
	before := runtime.NumGoroutine()
	for _, c := range []struct {
		cfg  allinone.Config
		want string
	}{{early, "address already in use"}, {early, "address already in use"}, {late, "rules from"}, {late, "rules from"}} { // the second time it would be the lock
		if _, err := allinone.New(t.Context(), c.cfg, telemetry.Discard()); err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("want %s, got %v", c.want, err)
		}
	}
	streamtest.Wait(t, 10*time.Second, "what they started to end", func() bool { return runtime.NumGoroutine() <= before+2 })
}
