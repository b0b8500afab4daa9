package allinone_test

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/service"
	"fairway/services/allinone"
)

// everyConfig are the defaults of every binary that has settings.
func everyConfig() map[string]func() service.Config {
	all := map[string]func() service.Config{"allinone": func() service.Config { c := allinone.DefaultConfig(); return &c }}
	for _, u := range allinone.Units() {
		all[u.Name] = u.Defaults
	}
	return all
}

// TestEveryLimitHolds gives each number and duration of every configuration the values at the ends of its limits, which
// are taken, and those a step beyond, which are refused by name; and holds that there is none without a limit.
func TestEveryLimitHolds(t *testing.T) {
	tried := 0
	for name, defaults := range everyConfig() {
		for _, s := range service.Settings(defaults()) {
			if s.Kind != "int" && s.Kind != "duration" {
				continue
			}
			if s.Limit == "" {
				t.Errorf("%s: %s has no limit", name, s.Name)
				continue
			}
			inside, outside := edges(t, s)
			for value, ok := range map[string]bool{inside[0]: true, inside[1]: true, outside[0]: false, outside[1]: false} {
				if value == "" {
					continue
				}
				tried++
				if told := complains(t, defaults(), s.Name, value); told == ok {
					t.Errorf("%s: %s %s is refused: %v, want %v", name, s.Name, value, told, !ok)
				}
			}
		}
	}
	if tried < 150 {
		t.Errorf("only %d values were tried", tried)
	}
}

// complains reports whether a configuration with one setting changed is refused for it.
func complains(t *testing.T, cfg service.Config, name, value string) bool {
	t.Helper()
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	if err := service.Load(cfg, fs, []string{"-" + name, value}, func(string) (string, bool) { return "", false }); err != nil {
		t.Fatalf("%s %s: %v", name, value, err)
	}
	err := cfg.Validate()
	return err != nil && strings.Contains("\n"+err.Error(), "\n"+name+": ")
}

// edges are the values at both ends of a setting's limits, and those a step beyond; "" where there is no end.
func edges(t *testing.T, s service.Setting) (inside, outside [2]string) {
	t.Helper()
	parts := strings.Split(s.Limit, ",")
	low, high, _ := strings.Cut(parts[len(parts)-1], "..")
	for i, end := range []string{low, high} {
		if end == "" {
			continue
		}
		step := int64(2*i - 1)
		if s.Kind == "duration" {
			d, err := time.ParseDuration(end)
			if err != nil {
				t.Fatal(err)
			}
			inside[i], outside[i] = d.String(), (d + time.Duration(step)).String()
			continue
		}
		unit := int64(1)
		for suffix, n := range map[string]int64{"KiB": 1 << 10, "MiB": 1 << 20} {
			if digits, ok := strings.CutSuffix(end, suffix); ok {
				end, unit = digits, n
			}
		}
		n, err := strconv.ParseInt(end, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		inside[i], outside[i] = fmt.Sprint(n*unit), fmt.Sprint(n*unit+step)
	}
	return inside, outside
}

// TestReadmesTellEverySetting holds the tables of settings in the READMEs against the tags that -h is made of: those that
// every service has are in deploy/README.md, its own in the service's. With -update it writes them.
func TestReadmesTellEverySetting(t *testing.T) {
	configs := everyConfig()
	common := map[string]bool{}
	for _, s := range service.Settings(configs["curator"]()) {
		switch group, _, _ := strings.Cut(s.Name, "."); group {
		case "kafka", "redis", "admin", "log_level", "grace", "memory_mib":
			common[s.Name] = true
		}
	}
	table := func(all []service.Setting, want bool) string {
		var b strings.Builder
		b.WriteString("| setting | default | what it does |\n|---|---|---|\n")
		for _, s := range all {
			if common[s.Name] != want {
				continue
			}
			text := s.Help
			if s.Limit != "" {
				text += "; " + s.Range()
			}
			for _, e := range s.Of {
				text += fmt.Sprintf("<br>`%s`: %s", e.Name, e.Help)
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", s.Name, s.Default, text)
		}
		return b.String()
	}
	holds(t, "../../deploy/README.md", table(service.Settings(configs["curator"]()), true))
	for name, defaults := range configs {
		if name == "allinone" { // it has its own of the same names
			holds(t, "README.md", table(service.Settings(defaults()), false)+table(service.Settings(defaults()), true)[len(table(nil, true)):])
			continue
		}
		holds(t, "../"+name+"/README.md", table(service.Settings(defaults()), false))
	}
}

// holds compares what stands between the marks in a file with want, or writes it.
func holds(t *testing.T, file, want string) {
	t.Helper()
	const begin, end = "<!-- settings -->\n", "<!-- /settings -->"
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(b), begin)
	got, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Errorf("%s has no %s", file, strings.TrimSpace(begin))
		return
	}
	if *update {
		if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s, settings (-the code +there; -update writes them):\n%s", file, diff)
	}
}
