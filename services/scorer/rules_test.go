package scorer

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
	"fairway/pkg/telemetry"
)

const (
	good = `title: Expired
why: "ICAO Annex 9, 3.3: a document has to be valid on the day of travel"
owner: document desk
status: stable
family: document
when: document.days_to_expiry < 0
points: 20
explain: expired
falsepositives: renewed after booking
`
	goodTest = `cases:
  - name: expired
    facts: {document: {days_to_expiry: -1}}
    expect: hit
  - name: valid
    facts: {document: {days_to_expiry: 5}}
    expect: no_hit
  - name: last day
    facts: {document: {days_to_expiry: 0}}
    expect: no_hit
  - name: unknown
    facts: {}
    expect: not_evaluable
`
)

func newCurrent() *current {
	return &current{log: slog.New(slog.DiscardHandler), metrics: newMetrics(nil), reload: telemetry.NewReload(nil, "rules")}
}

func release(when string) map[string][]byte {
	return map[string][]byte{
		"document/expired.yaml":      []byte(strings.Replace(good, "document.days_to_expiry < 0", when, 1)),
		"document/expired_test.yaml": []byte(goodTest),
	}
}

func TestABadSetIsRefusedAndTheOldOneStays(t *testing.T) {
	b := newCurrent()
	if err := b.install(release("document.days_to_expiry < 0"), "test"); err != nil {
		t.Fatal(err)
	}
	first := b.set.Load().Release()
	for name, c := range map[string]struct{ when, want string }{
		"unknown field":  {"document.days_to_expirey < 0", "document/expired.yaml:6:"},
		"syntax":         {"document.days_to_expiry <", "document/expired.yaml:6:"},
		"wrong type":     {"document.days_to_expiry == 'x'", "document/expired.yaml:6:"},
		"fails its test": {"document.days_to_expiry < 1", "document/expired_test.yaml:"},
	} {
		err := b.install(release(c.when), "test")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error at %s", name, err, c.want)
		}
		if name == "unknown field" && !strings.Contains(err.Error(), "^") {
			t.Errorf("%s: no caret in %v", name, err)
		}
		if got := b.set.Load().Release(); got != first {
			t.Errorf("%s: release %s is in force, want %s to stay", name, got, first)
		}
	}
	if err := b.install(release("document.days_to_expiry < 0 and true"), "test"); err != nil {
		t.Fatal(err)
	}
	if b.set.Load().Release() == first {
		t.Error("the new release is not in force")
	}
}

func TestNewestReleaseWins(t *testing.T) {
	b := newCurrent()
	record := func(at int64, when string) stream.Record {
		files := map[string]string{}
		for name, text := range release(when) {
			files[name] = string(text)
		}
		r, err := (&event.RulesReleased{V: 1, Release: when, Files: files, At: at}).Record()
		if err != nil {
			t.Fatal(err)
		}
		return stream.Record{Topic: r.Topic, Value: r.Value}
	}
	err := b.released(t.Context(), []stream.Record{
		record(1, "document.days_to_expiry < 0"),
		record(3, "document.days_to_expiry < 0 and true"),
		record(4, "document.nothing < 0"),          // refused
		record(2, "document.days_to_expiry <= -1"), // late
		{Value: []byte("not JSON")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := b.set.Load().Rules()[0].When; got != "document.days_to_expiry < 0 and true" {
		t.Errorf("in force: %v", got)
	}
}

// TestHastyRulesAreRefused holds that a rule nobody tested or thought about does not decide, from a directory either.
func TestHastyRulesAreRefused(t *testing.T) {
	b := newCurrent()
	if err := b.install(release("document.days_to_expiry < 0"), "test"); err != nil {
		t.Fatal(err)
	}
	first := b.set.Load().Release()
	hasty := "title: x\nwhy: y\nowner: o\nstatus: stable\npoints: 0\nforce: no_board\nexplain: z\nwhen: 'traveller.nationality == \"GBR\" and document.type == \"P\"'\n"
	tested := "cases:\n  - {name: a, facts: {traveller: {nationality: GBR}, document: {type: P}}, expect: hit}\n" +
		"  - {name: b, facts: {traveller: {nationality: SWE}, document: {type: P}}, expect: no_hit}\n  - {name: c, facts: {}, expect: not_evaluable}\n"
	for name, c := range map[string]struct {
		rule, test string
		want       string
	}{
		"no test":           {hasty, "", "no test"},
		"no falsepositives": {hasty, tested, "no falsepositives"},
		"who somebody is":   {hasty + "falsepositives: all of them\n", tested, "rests on traveller.nationality"},
	} {
		files := release("document.days_to_expiry < 0")
		files["list/brits.yaml"] = []byte(c.rule)
		if c.test != "" {
			files["list/brits_test.yaml"] = []byte(c.test)
		}
		if err := b.install(files, "test"); err == nil || !strings.Contains(err.Error(), c.want) || b.set.Load().Release() != first {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLinksAreFollowed mounts rules as Kubernetes does a ConfigMap, and swaps the link; then swaps the directory's own.
func TestLinksAreFollowed(t *testing.T) {
	b, base := newCurrent(), t.TempDir()
	version := func(name, when string) {
		for file, text := range release(when) {
			path := filepath.Join(base, name, file)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, text, 0o644)); err != nil {
				t.Fatal(err)
			}
		}
	}
	swap := func(target, link string) {
		if err := errors.Join(os.Symlink(target, link+".new"), os.Rename(link+".new", link)); err != nil {
			t.Fatal(err)
		}
	}
	version("mount/..v1", "document.days_to_expiry < 0")
	version("mount/..v2", "document.days_to_expiry < 0 and true")
	version("other", "document.days_to_expiry < 0 and true and true")
	swap("..v1", filepath.Join(base, "mount/..data"))
	swap("..data/document", filepath.Join(base, "mount/document"))
	swap("mount", filepath.Join(base, "rules"))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- b.follow(ctx, filepath.Join(base, "rules")) }()
	inForce := func(when string) func() bool {
		return func() bool { s := b.set.Load(); return s != nil && s.Rules()[0].When == when }
	}
	streamtest.Wait(t, 10*time.Second, "the first set", inForce("document.days_to_expiry < 0"))
	swap("..v2", filepath.Join(base, "mount/..data"))
	streamtest.Wait(t, 10*time.Second, "the second ConfigMap", inForce("document.days_to_expiry < 0 and true"))
	swap("other", filepath.Join(base, "rules"))
	streamtest.Wait(t, 10*time.Second, "another directory behind the link", inForce("document.days_to_expiry < 0 and true and true"))
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestDirectoryIsFollowed(t *testing.T) {
	b, dir := newCurrent(), t.TempDir()
	write := func(when string) {
		for name, text := range release(when) {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	write("document.days_to_expiry < 0")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- b.follow(ctx, dir) }()
	inForce := func(rules int, old string) func() bool {
		return func() bool {
			s := b.set.Load()
			return s != nil && s.Len() == rules && s.Release() != old
		}
	}
	streamtest.Wait(t, 10*time.Second, "the first set", inForce(1, ""))
	first := b.set.Load().Release()
	write("document.days_to_expiry < 0 and true")
	streamtest.Wait(t, 10*time.Second, "the change", inForce(1, first))
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
