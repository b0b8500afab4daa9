package allinone_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fairway/pkg/service"
	"fairway/pkg/stream/streamtest"
	"fairway/pkg/telemetry"
	"fairway/services/allinone"
)

// This test binary is also every service's binary: with processVar set it is that service, so that a test can run the
// pipeline as separate processes, and kill them, without building anything.
const processVar = "FAIRWAY_TEST_PROCESS"

func TestMain(m *testing.M) {
	name := os.Getenv(processVar)
	if name == "" {
		os.Exit(streamtest.Run(m))
	}
	os.Exit(serviceMain(name))
}

func serviceMain(name string) int {
	if name == "fairway" {
		cfg := allinone.DefaultConfig()
		return service.MainOf(name, &cfg, func(ctx context.Context, t *telemetry.Telemetry) (service.Runner, error) {
			return allinone.New(ctx, cfg, t)
		})
	}
	for _, u := range allinone.Units() {
		if u.Name == name {
			return u.Main()
		}
	}
	fmt.Fprintln(os.Stderr, "no service", name)
	return 2
}

// system is every service in a process of its own, on one stack.
type system struct {
	t     *testing.T
	stack *streamtest.Stack
	dir   string
	admin map[string]string // process → address of its admin endpoint
	http  string            // the gateway's address
	cmds  map[string]*exec.Cmd
}

const (
	testKey     = "a-key-for-this-test-only"
	testCarrier = "ZX"
)

func startSystem(t *testing.T, s *streamtest.Stack, names ...string) *system {
	t.Helper()
	s.CreateTopics(t)
	sys := &system{t: t, stack: s, dir: t.TempDir(), admin: map[string]string{}, cmds: map[string]*exec.Cmd{}, http: freePort(t)}
	key := filepath.Join(sys.dir, "key")
	config := fmt.Sprintf("carriers:\n  - {code: %s, designators: ['*'], key_file: %s, deadline: 1500ms, default: hold}\n", testCarrier, key)
	for file, text := range map[string]string{key: testKey, filepath.Join(sys.dir, "carriers.yaml"): config} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		for name := range sys.cmds {
			sys.kill(name)
		}
	})
	for _, name := range names {
		sys.start(name, name)
	}
	for _, name := range names {
		sys.waitReady(name)
	}
	return sys
}

func everyService() []string {
	var names []string
	for _, u := range allinone.Units() {
		names = append(names, u.Name)
	}
	return names
}

// start starts a process called as, which is the service name.
func (s *system) start(as, name string) {
	s.t.Helper()
	if s.admin[as] == "" {
		s.admin[as] = freePort(s.t)
	}
	args := []string{"-admin", s.admin[as], "-kafka.brokers", strings.Join(s.stack.Kafka.Brokers, ","),
		"-kafka.prefix", s.stack.Kafka.Prefix, "-log_level", "warn"}
	switch name {
	case "gateway":
		args = append(args, "-http", s.http, "-config", filepath.Join(s.dir, "carriers.yaml"))
	case "decoder":
		args = append(args, "-config", filepath.Join(s.dir, "carriers.yaml"))
	case "enricher":
		args = append(args, "-redis.address", s.stack.Redis, "-redis.prefix", s.stack.Prefix)
	case "curator":
		args = append(args, "-redis.address", s.stack.Redis, "-redis.prefix", s.stack.Prefix, "-http", "", "-check_redis", "200ms")
	}
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), processVar+"="+name)
	log, err := os.OpenFile(filepath.Join(s.dir, as+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		s.t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	log.Close()
	s.cmds[as] = cmd
}

// kill ends a process with SIGKILL: no goodbye to the group, nothing flushed.
func (s *system) kill(as string) {
	cmd := s.cmds[as]
	if cmd == nil {
		return
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	delete(s.cmds, as)
	if s.t.Failed() {
		if b, err := os.ReadFile(filepath.Join(s.dir, as+".log")); err == nil && len(b) > 0 {
			s.t.Logf("log of %s:\n%s", as, b[max(0, len(b)-4000):])
		}
	}
}

func (s *system) waitReady(as string) {
	s.t.Helper()
	last := ""
	streamtest.Wait(s.t, 60*time.Second, as+" to be ready", func() bool {
		res, err := http.Get("http://" + s.admin[as] + "/readyz")
		if err != nil {
			return false
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		last = string(b)
		return res.StatusCode == http.StatusOK
	})
	_ = last
}

func freePort(t *testing.T) string {
	t.Helper()
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(streamtest.Port(t)))
}
