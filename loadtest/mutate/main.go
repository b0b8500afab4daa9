// Command mutate changes single lines of this repository and reports those that no test notices.
//
//	go run ./loadtest/mutate [-n 200] [-seed 1] [-near] [DIR…]
//
// It changes nothing on disk: each change is an overlay for one run of the tests of its package, and, when those pass, of
// the packages that lie above it. A change that does not compile counts for nothing. It exits 1 when a change survived.
//
// It promises to change one line at a time and to leave every file as it is. It does not find what no test could notice: a
// counter, a log line, a safeguard; those are for the reader.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// suites are the tests that speak for a directory, nearest first.
var suites = map[string][]string{
	"pkg/stream":              {"./pkg/stream/..."},
	"pkg/event":               {"./pkg/event", "./services/decoder ./services/advisor ./services/gateway ./services/ctl", "./services/allinone"},
	"services/gateway":        {"./services/gateway", "./services/allinone"},
	"services/gateway/window": {"./services/gateway/...", "./services/allinone"},
	"services/curator":        {"./services/curator", "./services/ctl", "./services/allinone"},
	"services/advisor":        {"./services/advisor", "./services/allinone"},
	"services/enricher":       {"./services/enricher", "./services/allinone"},
}

func main() {
	n := flag.Int("n", 120, "changes, drawn at random from all there are")
	seed := flag.Uint64("seed", 1, "of the draw")
	near := flag.Bool("near", false, "run the nearest tests only")
	limit := flag.Duration("timeout", 3*time.Minute, "of one run of tests; a change that makes them hang is noticed")
	flag.Parse()
	dirs := flag.Args()
	if len(dirs) == 0 {
		for dir := range suites {
			dirs = append(dirs, dir)
		}
		slices.Sort(dirs)
	}
	survived, err := run(dirs, *n, *seed, *near, *limit)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
	if survived > 0 {
		os.Exit(1)
	}
}

func run(dirs []string, n int, seed uint64, near bool, limit time.Duration) (survived int, err error) {
	var all []edit
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return 0, err
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			src, err := os.ReadFile(file)
			if err != nil {
				return 0, err
			}
			found, err := edits(file, src)
			if err != nil {
				return 0, err
			}
			all = append(all, found...)
		}
	}
	total := len(all)
	rand.New(rand.NewPCG(seed, seed)).Shuffle(total, func(i, j int) { all[i], all[j] = all[j], all[i] })
	noticed, void := 0, 0
	for _, e := range all[:min(n, total)] {
		switch fate, err := try(e, near, limit); {
		case err != nil:
			return survived, err
		case fate == "noticed":
			noticed++
		case fate == "void":
			void++
		default:
			survived++
			fmt.Printf("%s:%d: %s\n", e.file, e.line, e.what)
		}
	}
	fmt.Printf("%d changes of %d possible: %d noticed, %d survived, %d do not compile\n", min(n, total), total, noticed, survived, void)
	return survived, nil
}

// try makes one change and runs the tests that may notice it.
func try(e edit, near bool, limit time.Duration) (fate string, err error) {
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	src, err := os.ReadFile(e.file)
	if err != nil {
		return "", err
	}
	path, err := filepath.Abs(e.file)
	if err != nil {
		return "", err
	}
	changed, overlay := filepath.Join(dir, "changed.go"), filepath.Join(dir, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {path: changed}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(changed, slices.Concat(src[:e.from], []byte(e.text), src[e.end:]), 0o600); err != nil {
		return "", err
	}
	if err := os.WriteFile(overlay, replace, 0o600); err != nil {
		return "", err
	}
	for i, suite := range suites[filepath.ToSlash(filepath.Dir(e.file))] {
		if near && i > 0 {
			break
		}
		ctx, cancel := context.WithTimeout(context.Background(), limit)
		args := append([]string{"test", "-count=1", "-short", "-failfast", "-overlay", overlay, "-timeout", limit.String()}, strings.Fields(suite)...)
		out, err := exec.CommandContext(ctx, "go", args...).CombinedOutput()
		cancel()
		switch {
		case bytes.Contains(out, []byte("[build failed]")), bytes.Contains(out, []byte("[setup failed]")):
			return "void", nil
		case err != nil:
			return "noticed", nil
		}
	}
	return "survived", nil
}
