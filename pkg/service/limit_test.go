package service

import (
	"strings"
	"testing"
	"time"
)

func TestLimits(t *testing.T) {
	type inner struct {
		Wait time.Duration `yaml:"wait" limit:"10ms..1m"`
	}
	type config struct {
		Count int   `yaml:"count" limit:"0,256.."`
		Size  int   `yaml:"size" limit:"1KiB..2MiB"`
		Free  int   `yaml:"free"`
		Redis inner `yaml:"redis"`
	}
	for name, c := range map[string]struct {
		cfg  config
		want string // lines, joined by " | "
	}{
		"in the middle": {config{300, 5000, -7, inner{time.Second}}, ""},
		"at the ends":   {config{256, 1 << 10, 0, inner{10 * time.Millisecond}}, ""},
		"at the others": {config{0, 2 << 20, 0, inner{time.Minute}}, ""},
		"a step below":  {config{255, 1<<10 - 1, 0, inner{10*time.Millisecond - 1}}, "count: 0, or at least 256 | size: between 1KiB and 2MiB | redis.wait: between 10ms and 1m"},
		"a step above":  {config{-1, 2<<20 + 1, 0, inner{time.Minute + 1}}, "count: 0, or at least 256 | size: between 1KiB and 2MiB | redis.wait: between 10ms and 1m"},
	} {
		got := ""
		if err := Limits(c.cfg); err != nil {
			got = strings.ReplaceAll(err.Error(), "\n", " | ")
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	if err := Limits(struct {
		A int `yaml:"a" limit:"1..x"`
	}{1}); err == nil || !strings.Contains(err.Error(), `a: limit "1..x"`) {
		t.Error(err)
	}
}
