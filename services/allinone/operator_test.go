package allinone_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"fairway/pkg/stream/streamtest"
	"fairway/services/allinone"
)

// program is a command of this repository as its operator runs it.
type program struct {
	*exec.Cmd
	out, err bytes.Buffer
}

func newProgram(ctx context.Context, name string, args ...string) *program {
	p := &program{Cmd: exec.CommandContext(ctx, os.Args[0], args...)}
	p.Env = append(os.Environ(), processVar+"="+name)
	p.Stdout, p.Stderr = &p.out, &p.err
	return p
}

// finish runs a program to its end and returns its exit code.
func finish(t *testing.T, name string, args ...string) (code int, p *program) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	p = newProgram(ctx, name, args...)
	var exit *exec.ExitError
	if err := p.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return p.ProcessState.ExitCode(), p
}

// running is the one-process mode as a process of its own.
type running struct {
	*program
	http, admin string
}

func run(t *testing.T, data string) *running {
	t.Helper()
	r := &running{http: freePort(t), admin: freePort(t)}
	r.program = newProgram(context.Background(), "fairway", "-data", data, "-http", r.http, "-admin", r.admin, "-grace", "10s")
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Process.Kill(); _ = r.Wait() })
	streamtest.Wait(t, 60*time.Second, "the process to be ready", func() bool { code, _ := probe(r.admin, "/readyz"); return code == http.StatusOK })
	return r
}

func probe(admin, path string) (int, string) {
	res, err := (&http.Client{Timeout: 5 * time.Second}).Get("http://" + admin + path)
	if err != nil {
		return 0, err.Error()
	}
	defer res.Body.Close()
	b, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(b)
}

// TestOneProcessPerDataDirectory starts a second process on the data of a first: it ends at once and says why in one
// line. The lock ends with the process, however it ends.
func TestOneProcessPerDataDirectory(t *testing.T) {
	streamtest.Beside(t)
	data := filepath.Join(t.TempDir(), "d")
	first := run(t, data)
	for _, owner := range []string{"process " + strconv.Itoa(first.Process.Pid), "another process"} {
		code, second := finish(t, "fairway", "-data", data, "-http", freePort(t), "-admin", freePort(t))
		want := "fairway: start: data directory " + data + " is in use by " + owner + "; stop it, or give another -data\n"
		if code != 1 || second.err.String() != want {
			t.Errorf("exit %d, said %q, want %q", code, second.err.String(), want)
		}
		if err := os.RemoveAll(filepath.Join(data, "pid")); err != nil { // it is not what locks
			t.Fatal(err)
		}
	}
	if code, text := probe(first.admin, "/readyz"); code != http.StatusOK {
		t.Errorf("the first is no longer ready: %s", text)
	}
	_ = first.Process.Kill()
	_ = first.Wait()
	run(t, data)
}

// TestStopsWithFeedsOpen ends a process while a carrier reads an event stream and waits in a long poll: it is gone well
// before it would be killed, tells the poll where to go on, and has done nothing again after a restart.
func TestStopsWithFeedsOpen(t *testing.T) {
	data := t.TempDir()
	r := run(t, data)
	get := func(path string) *http.Response {
		req, err := http.NewRequest(http.MethodGet, "http://"+r.http+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+allinone.DemoKey)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Error(err)
			return &http.Response{Body: http.NoBody}
		}
		return res
	}
	r.post(t, "R1")
	sse := get("/v1/advisories/stream")
	defer sse.Body.Close()
	poll := make(chan string, 1)
	go func() {
		res := get("/v1/advisories?after=0.1000-1.1000-2.1000-3.1000")
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		poll <- string(b)
	}()
	first := make([]byte, 64)
	if _, err := io.ReadAtLeast(sse.Body, first, 1); err != nil { // the stream is open
		t.Fatal(err)
	}
	streamtest.Wait(t, 10*time.Second, "the poll to be held", func() bool {
		_, text := probe(r.admin, "/metrics")
		return strings.Contains(text, "\nfairway_gateway_streams_open 2\n")
	})
	ahead, err := net.Dial("tcp", r.http) // a connection that asks nothing
	if err != nil {
		t.Fatal(err)
	}
	defer ahead.Close()
	begun := time.Now()
	if err := r.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- r.Wait() }()
	select {
	case err := <-ended:
		t.Logf("stopped after %s", time.Since(begun).Round(time.Millisecond))
		if err != nil {
			t.Errorf("%v: %s", err, r.err.String())
		}
	case <-time.After(4 * time.Second): // an idle server waits 5 s for a connection that asks nothing, and the grace for a feed
		t.Fatal("still there after 4 s")
	}
	if page := <-poll; !strings.Contains(page, `"cursor":"0.1000-1.1000-2.1000-3.1000"`) {
		t.Errorf("the poll got %q", page)
	}
	r = run(t, data)
	r.post(t, "R2")
	for _, service := range []string{"decoder", "enricher", "scorer", "advisor"} {
		_, text := probe(r.admin, "/metrics")
		if want := `fairway_stream_records_total{service="` + service + `"} 1`; !strings.Contains(text, want+"\n") {
			t.Errorf("the %s did again what it had done: no %s", service, want)
		}
	}
}

// post sends a message about one traveller and waits for its answer.
func (r *running) post(t *testing.T, reference string) {
	t.Helper()
	day := time.Now().UTC().AddDate(0, 0, 2).Format(time.DateOnly)
	body := `{"reference":"` + reference + `","legs":[{"mode":"air","carrier":"ZX","number":"410","origin":"DXB","destination":"LHR","departure":"` + day + `T19:15"}],
"travellers":[{"surname":"QUORNDALE","given":"MIRABEL","birth":"1981-03-14","nationality":"GBR","sex":"F","documents":[{"type":"P","issuer":"GBR","number":"Q4400199","expiry":"2035-01-01"}]}]}`
	req, err := http.NewRequest(http.MethodPost, "http://"+r.http+"/v1/messages", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+allinone.DemoKey)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if b, _ := io.ReadAll(res.Body); !strings.Contains(string(b), `"status":"complete"`) {
		t.Fatalf("%d %s", res.StatusCode, b)
	}
}

var setting = regexp.MustCompile(`(?m)^  -[a-z_.]+.*\n +(.*)$|^    - [a-z_]+ .*\n +(.*)$`)

// TestHelpAndFaultsAreForAReader asks every binary for help, and makes a slip with each.
func TestHelpAndFaultsAreForAReader(t *testing.T) {
	for _, name := range append(everyService(), "fairway") {
		code, help := finish(t, name, "-h")
		if code != 0 || help.err.Len() > 0 {
			t.Errorf("%s -h: exit %d, %s", name, code, help.err.String())
		}
		all := setting.FindAllStringSubmatch(help.out.String(), -1)
		if len(all) < 8 {
			t.Errorf("%s -h tells of %d settings:\n%s", name, len(all), help.out.String())
		}
		for _, s := range all {
			if says := s[1] + s[2]; len(says) < 10 || strings.HasPrefix(says, "(default") {
				t.Errorf("%s -h does not say what this does: %s", name, s[0])
			}
		}
		code, slip := finish(t, name, "-nmae", "x")
		if want := name + ": flag provided but not defined: -nmae (-h says what there is)\n"; code != 1 || slip.err.String() != want || slip.out.Len() > 0 {
			t.Errorf("%s: exit %d, said %q and %q", name, code, slip.err.String(), slip.out.String())
		}
	}
}

// TestCheckRefuses gives -check one fault at a time: it ends with 1 and one line that names the setting or the file.
func TestCheckRefuses(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	one, two, same := file("one", "a-key-for-this-test-only"), file("two", "another-key-for-this-test"), file("same", "a-key-for-this-test-only\n")
	file("short", "short")
	carriers := "carriers: [{code: ZX, key_file: " + one + "}, {code: QZ, key_file: " + two + "}]\n"
	officers := "officers: [{name: anna, key_file: " + one + "}, {name: otto, key_file: " + two + "}]\n"
	replaced := func(s, with string) string { return strings.Replace(s, two, with, 1) }
	for _, c := range []struct{ service, yaml, args, want string }{ // want "" is taken
		{"gateway", carriers, "", ""},
		{"gateway", "", "", "carriers: name at least one"},
		{"gateway", replaced(carriers, same), "", "carriers ZX and QZ have the same key"},
		{"gateway", replaced(carriers, dir+"/none"), "", "read key of carrier QZ"},
		{"gateway", replaced(carriers, dir), "", "read key of carrier QZ"},
		{"gateway", replaced(carriers, dir+"/short"), "", "key of carrier QZ is shorter"},
		{"gateway", "carriers: [{code: ZX, subject: a}, {code: QZ, subject: a}]", "", "carriers[1]: QZ has the subject of ZX"},
		{"gateway", carriers, "-tls_key_file x", "tls_cert_file, tls_key_file: give both or neither"},
		{"gateway", carriers, "-tls_cert_file " + dir + "/none -tls_key_file " + one, "load certificate: open " + dir + "/none"},
		{"gateway", carriers, "-tls_cert_file " + one + " -tls_key_file " + one, "load certificate"},
		{"gateway", carriers, "-http nowhere", `http: "nowhere"`},
		{"gateway", carriers, "-http 127.0.0.1:99999", `http: "127.0.0.1:99999"`},
		{"gateway", carriers + "nmae: x", "", "field nmae not found"},
		{"curator", officers, "", ""},
		{"curator", "", "", "officers: name at least two"},
		{"curator", replaced(officers, same), "", "officers anna and otto have the same key"},
		{"curator", replaced(officers, dir+"/none"), "", "read key of officer otto"},
		{"curator", officers, "-redis.password_file " + dir + "/none", "read redis password"},
		{"curator", officers, "-redis.ca_file " + one, "holds no certificate"},
		{"decoder", "", "", "carriers: name at least one"},
		{"decoder", carriers, "-kafka.brokers 127.0.0.1", `kafka.brokers: "127.0.0.1"`},
		{"decoder", carriers, "-kafka.brokers :9092", `kafka.brokers: ":9092"`},
		{"decoder", carriers, "-kafka.ca_file " + dir + "/none", "read kafka authority"},
		{"decoder", carriers, "-kafka.cert_file x", "kafka.cert_file, kafka.key_file: give both or neither"},
		{"decoder", carriers, "-kafka.partitions -1", "kafka.partitions"},
		{"advisor", "", "-kafka.partitions 0", "kafka.partitions"},
		{"advisor", "", "-log_level loud", `log_level: "loud"`},
		{"advisor", "", "-admin 1.2.3.4", `admin: "1.2.3.4"`},
		{"enricher", "", "-redis.address redis", `redis.address: "redis"`},
		{"scorer", "", "-rules " + dir + "/none", "rules from " + dir + "/none"},
		{"scorer", "", "", ""},
		{"fairway", "", "", ""},
		{"fairway", "", "-partitions -1", "partitions"},
		{"fairway", carriers, "", ""},
		{"fairway", replaced(carriers, dir+"/none"), "", "read key of carrier QZ"},
		{"fairway", replaced(carriers, same), "", "carriers ZX and QZ have the same key"},
		{"fairway", "", "-kafka a:1,b", `kafka: "b"`},
		{"fairway", "", "-data " + one, "data: " + one + " is no directory"},
	} {
		args := append([]string{"-check", "-config", file("c.yaml", c.yaml)}, strings.Fields(c.args)...)
		code, p := finish(t, c.service, args...)
		said := p.err.String()
		switch {
		case c.want == "" && (code != 0 || !strings.Contains(p.out.String(), "configuration is valid")):
			t.Errorf("%s %s %s: exit %d, %s", c.service, c.yaml, c.args, code, said)
		case c.want != "" && (code != 1 || !strings.Contains(said, c.want) || strings.Count(said, "\n") != 1 || p.out.Len() > 0):
			t.Errorf("%s %s %s: exit %d, want one line with %q, got %s%s", c.service, c.yaml, c.args, code, c.want, said, p.out.String())
		}
		if strings.Contains(said, "for-this-test") {
			t.Errorf("a key is told: %s", said)
		}
	}
}

// TestReadyzTellsWhatIsAway takes Redis and then Kafka away from the services.
func TestReadyzTellsWhatIsAway(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		sys := startSystem(t, s, everyService()...)
		turns := func(what string, needs map[string]bool, ready bool) {
			t.Helper()
			for _, name := range everyService() {
				streamtest.Wait(t, 30*time.Second, name+" to tell of "+what, func() bool {
					if code, _ := probe(sys.admin[name], "/livez"); code != http.StatusOK {
						t.Errorf("%s is not live", name)
					}
					begun := time.Now()
					code, text := probe(sys.admin[name], "/readyz")
					if took := time.Since(begun); took > 3*time.Second {
						t.Errorf("%s took %s to say whether it is ready", name, took)
					}
					if strings.Contains(text, "127.0.0.1") {
						t.Errorf("%s says where: %s", name, text)
					}
					if ready || !needs[name] {
						return code == http.StatusOK
					}
					return code == http.StatusServiceUnavailable && strings.Contains(text, what+" has not answered for")
				})
			}
		}
		redis := map[string]bool{"enricher": true, "curator": true}
		start := s.StopRedis()
		turns("redis", redis, false)
		start()
		turns("redis", redis, true)
		if s.Real && len(s.Kafka.Brokers) > 1 {
			return // one broker fewer is not Kafka away
		}
		kafka := map[string]bool{}
		for _, name := range everyService() {
			kafka[name] = true
		}
		back := make(chan struct{})
		go func() { defer close(back); s.RestartKafka(1, 15*time.Second) }()
		turns("kafka", kafka, false)
		<-back
		turns("kafka", kafka, true)
		log, err := os.ReadFile(filepath.Join(sys.dir, "gateway.log"))
		if err != nil || bytes.Count(log, []byte("dependency is away")) != 1 {
			t.Errorf("the gateway's log should say once that Kafka went: %v\n%s", err, log)
		}
		log, err = os.ReadFile(filepath.Join(sys.dir, "enricher.log"))
		for line := range bytes.Lines(log) {
			if line[0] != '{' {
				t.Errorf("a line that is not our logger's: %s", line)
			}
		}
		if err != nil || len(log) == 0 {
			t.Errorf("the enricher says nothing of Redis: %v", err)
		}
	})
}
