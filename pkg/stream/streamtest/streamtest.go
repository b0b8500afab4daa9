// Package streamtest gives tests a broker and a Redis: embedded ones always, real ones when the environment names
// them. No production code imports it.
//
// A test written with [Each] runs once per stack: "embedded" (kfake and miniredis, in this process) and, when
// FAIRWAY_TEST_KAFKA and FAIRWAY_TEST_REDIS are set to addresses, "real". Every run gets names of its own, so that
// tests share a real cluster without meeting. FAIRWAY_TEST_REALSTACK, the path of deploy/realstack, lets tests stop
// and start the real processes; without it those tests are skipped there.
//
// It promises that no test sees another's records or keys, and that what it starts is gone when the test is over. It
// does not check anything: the tests do.
package streamtest

import (
	"crypto/rand"
	"flag"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/twmb/franz-go/pkg/kfake"

	"fairway/pkg/event"
	"fairway/pkg/stream"
)

// Stack is a broker and a Redis for one test.
type Stack struct {
	Kafka stream.Config
	Redis string // address
	// Prefix starts every Redis key of this run.
	Prefix string
	Real   bool

	t       *testing.T
	dir     string
	cluster *kfake.Cluster
	mini    *miniredis.Miniredis
}

// Each runs f against every stack there is. Where that is the embedded one alone the test runs beside others: most of
// its time it waits.
func Each(t *testing.T, f func(t *testing.T, s *Stack)) {
	Beside(t)
	t.Run("embedded", func(t *testing.T) { f(t, embedded(t)) })
	if shared() {
		t.Run("real", func(t *testing.T) { f(t, real(t)) })
	}
}

// Beside lets a test that has everything to itself run beside others, but not where some stop the real Kafka or Redis.
func Beside(t *testing.T) {
	if !shared() {
		t.Parallel()
	}
}

// Run is for a TestMain: it runs the tests four beside each other unless it is told otherwise, because they wait most of
// their time.
func Run(m *testing.M) int {
	flag.Parse()
	if few := flag.Lookup("test.parallel"); few.Value.String() == few.DefValue {
		_ = few.Value.Set("4")
	}
	return m.Run()
}

// shared reports whether there is a real stack, which tests share.
func shared() bool {
	return os.Getenv("FAIRWAY_TEST_KAFKA") != "" && os.Getenv("FAIRWAY_TEST_REDIS") != ""
}

// The ports that [Port] gives are below those that the system gives to whoever asks for any.
const (
	firstPort = 20_000
	mostPorts = 12_000
)

var ports atomic.Int64

// Port is a port of loopback that is free, and that no other test gets, of this process or, almost surely, of another: what
// is started on it, stopped and started again finds it free.
func Port(t testing.TB) int {
	t.Helper()
	for range mostPorts {
		p := firstPort + int(ports.Add(1)+int64(os.Getpid())*97)%mostPorts
		if l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(p))); err == nil {
			l.Close()
			return p
		}
	}
	t.Fatal("no port is free")
	return 0
}

func embedded(t *testing.T) *Stack {
	s := &Stack{t: t, dir: t.TempDir(), Kafka: stream.DefaultConfig(event.BigTopics()), Prefix: "fairway:"}
	s.startBroker(Port(t))
	t.Cleanup(func() { s.cluster.Close() })
	s.mini = miniredis.NewMiniRedis()
	if err := s.mini.StartAddr(net.JoinHostPort("127.0.0.1", strconv.Itoa(Port(t)))); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.mini.Close)
	s.Redis = s.mini.Addr()
	return s
}

func (s *Stack) startBroker(port int) {
	cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.DataDir(s.dir), kfake.Ports(port))
	if err != nil {
		s.t.Fatalf("start broker: %v", err)
	}
	s.cluster = cluster
	s.Kafka.Brokers = cluster.ListenAddrs()
}

func real(t *testing.T) *Stack {
	s := &Stack{t: t, Kafka: stream.DefaultConfig(event.BigTopics()), Real: true, Redis: os.Getenv("FAIRWAY_TEST_REDIS")}
	s.Kafka.Brokers = strings.Split(os.Getenv("FAIRWAY_TEST_KAFKA"), ",")
	s.Kafka.Replication = min(len(s.Kafka.Brokers), 3)
	s.Prefix = "t" + strings.ToLower(rand.Text()[:8]) + "."
	s.Kafka.Prefix = s.Prefix
	return s
}

// CreateTopics creates every topic of package event, dead-letter topics included.
func (s *Stack) CreateTopics(t *testing.T) {
	t.Helper()
	var topics []stream.Topic
	for _, e := range event.Topics() {
		topics = append(topics, stream.Topic{Name: e.Name, Partitions: e.Partitions, Config: e.Config()})
	}
	if err := stream.EnsureTopics(t.Context(), s.Kafka, topics, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
}

// RestartKafka stops the broker (broker n, from 1, of several real ones) and starts it again after the pause.
func (s *Stack) RestartKafka(n int, pause time.Duration) {
	s.t.Helper()
	if s.Real {
		s.control("stop", "kafka"+strconv.Itoa(n))
		time.Sleep(pause)
		s.control("start", "kafka"+strconv.Itoa(n))
		return
	}
	_, port, _ := net.SplitHostPort(s.cluster.ListenAddrs()[0])
	p, _ := strconv.Atoi(port)
	s.cluster.Close()
	time.Sleep(pause)
	s.startBroker(p)
}

// KillKafka ends broker n (from 1) of several real ones at once and returns what starts it again.
func (s *Stack) KillKafka(n int) (start func()) {
	s.t.Helper()
	if !s.Real || len(s.Kafka.Brokers) < 3 {
		s.t.Skip("needs three real brokers")
	}
	s.control("kill", "kafka"+strconv.Itoa(n))
	return func() { s.control("start", "kafka"+strconv.Itoa(n)) }
}

// StopRedis takes Redis away, with all it holds when it is embedded, and returns what brings it back.
func (s *Stack) StopRedis() (start func()) {
	s.t.Helper()
	if s.Real {
		s.control("kill", "redis")
		return func() { s.control("start", "redis") }
	}
	s.mini.Close()
	return func() {
		if err := s.mini.Restart(); err != nil {
			s.t.Fatalf("restart redis: %v", err)
		}
	}
}

// control runs deploy/realstack/node with a verb and a process name.
func (s *Stack) control(verb, process string) {
	s.t.Helper()
	dir := os.Getenv("FAIRWAY_TEST_REALSTACK")
	if dir == "" {
		s.t.Skip("FAIRWAY_TEST_REALSTACK is not set: the real processes cannot be stopped from here")
	}
	if out, err := exec.Command(filepath.Join(dir, "node"), verb, process).CombinedOutput(); err != nil {
		s.t.Fatalf("%s %s: %v: %s", verb, process, err, out)
	}
}

// Wait polls cond until it is true, and fails the test when that takes longer than limit.
func Wait(t testing.TB, limit time.Duration, what string, cond func() bool) {
	t.Helper()
	deadline := time.Now().Add(limit)
	for !cond() {
		if time.Now().After(deadline) {
			t.Fatalf("waited %s for %s", limit, what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}
