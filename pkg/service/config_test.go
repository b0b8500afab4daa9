package service

import (
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

type kafka struct {
	Brokers []string `yaml:"brokers"`
}

type config struct {
	Process `yaml:",inline"`
	Name    string        `yaml:"name"`
	Count   int           `yaml:"count"`
	Share   float64       `yaml:"share"`
	On      bool          `yaml:"on"`
	Wait    time.Duration `yaml:"wait"`
	Kafka   kafka         `yaml:"kafka"`
	Secret  string        `yaml:"-"`
}

func (c config) Validate() error { return c.Process.Validate() }

func (config) Check() error { return nil }

func load(t *testing.T, yaml string, env map[string]string, args ...string) (config, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "c.yaml")
	if err := os.WriteFile(file, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	c := config{Name: "default", Count: 1, Process: DefaultProcess("127.0.0.1:1")}
	fs := flag.NewFlagSet("t", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	err := Load(&c, fs, append([]string{"-config", file}, args...), func(k string) (string, bool) { v, ok := env[k]; return v, ok })
	return c, err
}

func TestPrecedence(t *testing.T) {
	got, err := load(t, "name: file\ncount: 2\nkafka: {brokers: [f:1]}\nadmin: 127.0.0.1:2\n",
		map[string]string{"FAIRWAY_COUNT": "3", "FAIRWAY_KAFKA_BROKERS": "e:1, e:2", "FAIRWAY_WAIT": "3s"}, "-wait", "5s", "-on", "-share", "0.5")
	if err != nil {
		t.Fatal(err)
	}
	want := config{Name: "file", Count: 3, Share: .5, On: true, Wait: 5 * time.Second, Kafka: kafka{[]string{"e:1", "e:2"}}, Process: DefaultProcess("127.0.0.1:2")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestConfigurationIsStrict(t *testing.T) {
	for name, c := range map[string]struct {
		yaml string
		env  map[string]string
		args []string
		want string
	}{
		"unknown field":   {yaml: "nmae: x", want: "nmae"},
		"secret in YAML":  {yaml: "secret: x", want: "secret"},
		"bad number":      {env: map[string]string{"FAIRWAY_COUNT": "many"}, want: "FAIRWAY_COUNT"},
		"bad duration":    {args: []string{"-wait", "soon"}, want: "-wait"},
		"unknown flag":    {args: []string{"-nmae", "x"}, want: "nmae"},
		"stray argument":  {args: []string{"x"}, want: `"x"`},
		"not YAML at all": {yaml: "a: [", want: "read configuration"},
	} {
		if _, err := load(t, c.yaml, c.env, c.args...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error with %q", name, err, c.want)
		}
	}
}
