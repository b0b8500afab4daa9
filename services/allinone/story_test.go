package allinone_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/tools/txtar"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/stream/streamtest"
	"fairway/pkg/telemetry"
	"fairway/services/allinone"
)

var update = flag.Bool("update", false, "write what the stories' answers are now")

// process is the one-process mode, as a user starts it.
type process struct {
	*allinone.Service
	log      *bytes.Buffer
	registry *prometheus.Registry
	stop     func() error
}

func startProcess(t *testing.T, data string, change ...func(*allinone.Config)) *process {
	t.Helper()
	cfg := allinone.DefaultConfig()
	cfg.Data, cfg.HTTP, cfg.Admin = data, "127.0.0.1:0", ""
	cfg.Departures = journey.Window{} // the stories' flights have left
	for _, c := range change {
		c(&cfg)
	}
	p := &process{log: new(bytes.Buffer)}
	tel, err := telemetry.New("fairway", "debug", p.log)
	if err != nil {
		t.Fatal(err)
	}
	p.registry = tel.Registry
	if p.Service, err = allinone.New(t.Context(), cfg, tel); err != nil {
		t.Fatal(err)
	}
	ready, done := make(chan struct{}), make(chan error, 1)
	p.Announce = func(string) { close(ready) }
	ctx, cancel := context.WithCancel(context.Background())
	go func() { done <- p.Run(ctx) }()
	p.stop = func() error { cancel(); return <-done }
	select {
	case <-ready:
	case err := <-done:
		t.Fatalf("ended before it was ready: %v", err)
	case <-time.After(30 * time.Second):
		t.Fatalf("not ready: %v", p.Ready())
	}
	return p
}

// request sends one request and returns status and body.
func (p *process) request(method, path, key, accept string, body []byte) (int, string, error) {
	req, err := http.NewRequest(method, "http://"+p.Addr()+path, bytes.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Authorization", "Bearer "+key)
	if accept != "" {
		req.Header.Set("Accept", accept)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return res.StatusCode, string(b), err
}

var submission = regexp.MustCompile(`"submission":"([A-Z0-9]+)"`)

var preparedAt = regexp.MustCompile(`(UN[BG]\+(?:UNOA:4|IATA:1|ACKRES)\+[^+]*\+[^+]*\+)\d{6}:\d{4}`)

// readable breaks an answer into lines and blanks the time it was made.
func readable(answer string) string {
	answer = preparedAt.ReplaceAllString(answer, "${1}YYMMDD:HHMM")
	if strings.HasPrefix(answer, "UN") {
		answer = strings.ReplaceAll(answer, "'", "'\n")
	}
	return strings.TrimRight(answer, "\n") + "\n"
}

// TestStories runs testdata/*.txtar, each on a system of its own: "watchlist.csv" is loaded, each "*.post" is posted in
// order, "NAME.want" is the answer to NAME.post, first line the status. A .post may name its Accept on a first line.
// "*.confirm" and "*.clear" are posted by an officer (the second approves a clearance); @NAME in them is the message id
// of NAME.post. "*.feed" reads on in the carrier's feed, in EDIFACT.
func TestStories(t *testing.T) {
	streamtest.Beside(t)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { story(t, file) })
	}
}

func story(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p := startProcess(t, t.TempDir())
	defer func() {
		if err := p.stop(); err != nil {
			t.Error(err)
		}
	}()
	got := map[string]string{}
	var ids []string
	cursor := ""
	for _, f := range archive.Files {
		switch name, kind, _ := strings.Cut(f.Name, "."); kind {
		case "csv":
			p.load(t, f.Data)
		case "post":
			accept, body := "", f.Data
			if rest, ok := bytes.CutPrefix(body, []byte("Accept: ")); ok {
				line, after, _ := bytes.Cut(rest, []byte("\n"))
				accept, body = string(line), after
			}
			status, answer, err := p.request(http.MethodPost, "/v1/messages", allinone.DemoKey, accept, body)
			if err != nil {
				t.Fatal(err)
			}
			got[name+".want"] = fmt.Sprintf("%d\n%s", status, readable(answer))
			ids = append(ids, "@"+name, event.MessageID(allinone.DemoCarrier, body))
		case "confirm", "clear":
			body := []byte(strings.NewReplacer(ids...).Replace(string(f.Data)))
			got[name+".want"] = p.officer(t, kind, body)
		case "feed":
			want := bytes.Count(fileOf(archive, name+".want"), []byte("UNH+"))
			got[name+".want"] = p.feed(t, &cursor, want)
		}
	}
	for i, f := range archive.Files {
		if !strings.HasSuffix(f.Name, ".want") {
			continue
		}
		if *update {
			archive.Files[i].Data = []byte(got[f.Name])
			continue
		}
		if diff := cmp.Diff(string(f.Data), got[f.Name]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.Name, diff)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var (
	caseID  = regexp.MustCompile(`"case":"[0-9a-f]+"`)
	control = regexp.MustCompile(`(UN[BZ]\+.*)[0-9A-F]{10}[0-9]{4}`)
)

// officer posts a confirmation or a clearance, and approves the latter as another.
func (p *process) officer(t *testing.T, kind string, body []byte) string {
	t.Helper()
	path := map[string]string{"confirm": "/v1/confirmations", "clear": "/v1/clearances"}[kind]
	before := p.Revision()
	status, answer, err := p.request(http.MethodPost, path, allinone.SubmitKey, "", body)
	if err != nil {
		t.Fatal(err)
	}
	id := submission.FindStringSubmatch(answer)
	if id == nil {
		return fmt.Sprintf("%d\n%s", status, caseID.ReplaceAllString(answer, `"case":"CASE"`))
	}
	status, answer, err = p.request(http.MethodPost, "/v1/watchlist/submissions/"+id[1]+"/approve", allinone.ApproveKey, "", nil)
	if err != nil || status != http.StatusOK {
		t.Fatalf("approve: %d %s %v", status, answer, err)
	}
	p.revision(t, before+1)
	return fmt.Sprintf("%d\n%s", status, strings.Replace(answer, id[1], "SUBMISSION", 1))
}

func fileOf(a *txtar.Archive, name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

// feed reads the carrier's feed on from cursor until that many replies are there: they come one by one.
func (p *process) feed(t *testing.T, cursor *string, replies int) string {
	t.Helper()
	status, all := 0, ""
	for deadline := time.Now().Add(20 * time.Second); all == "" || strings.Count(all, "UNH+") < replies && time.Now().Before(deadline); {
		req, err := http.NewRequest(http.MethodGet, "http://"+p.Addr()+"/v1/advisories?after="+*cursor, nil) // waits for what is on its way
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+allinone.DemoKey)
		req.Header.Set("Accept", "application/edifact")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil || len(b) == 0 {
			t.Fatalf("the feed: %d %q %v", res.StatusCode, b, err)
		}
		*cursor = res.Header.Get("Fairway-Cursor")
		status, all = res.StatusCode, all+string(b)
	}
	return fmt.Sprintf("%d\n%s", status, control.ReplaceAllString(readable(all), "${1}CONTROL"))
}

// load publishes a list as two officers and waits until it is in force.
func (p *process) load(t *testing.T, csv []byte) {
	t.Helper()
	status, answer, err := p.request(http.MethodPost, "/v1/watchlist/submissions", allinone.SubmitKey, "", csv)
	if err != nil || status != http.StatusCreated {
		t.Fatalf("submit: %d %s %v", status, answer, err)
	}
	id := submission.FindStringSubmatch(answer)[1]
	if status, answer, _ := p.request(http.MethodPost, "/v1/watchlist/submissions/"+id+"/approve", allinone.SubmitKey, "", nil); status != http.StatusForbidden {
		t.Fatalf("the officer who submitted approved: %d %s", status, answer)
	}
	before := p.Revision()
	if status, answer, err := p.request(http.MethodPost, "/v1/watchlist/submissions/"+id+"/approve", allinone.ApproveKey, "", nil); err != nil || status != http.StatusOK {
		t.Fatalf("approve: %d %s %v", status, answer, err)
	}
	p.revision(t, before+int64(bytes.Count(bytes.TrimSpace(csv), []byte("\n"))))
}

func (p *process) revision(t *testing.T, n int64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := p.WaitForRevision(ctx, n); err != nil {
		t.Fatal(err)
	}
}

// TestRestartForgetsNothing stops the process and starts it on the same data: advisories, lists and journeys are there.
func TestRestartForgetsNothing(t *testing.T) {
	streamtest.Beside(t)
	data := t.TempDir()
	body := []byte(`{"reference":"R1","legs":[{"mode":"air","carrier":"ZX","number":"410","origin":"DXB","destination":"LHR","departure":"2026-10-05T19:15"}],
"travellers":[{"surname":"VARKONDY","given":"ISTOK","birth":"1979-04-11","nationality":"UTO","sex":"M","documents":[{"type":"P","issuer":"UTO","number":"U7700112","expiry":"2030-01-01"}]}]}`)
	p := startProcess(t, data)
	status, first, err := p.request(http.MethodPost, "/v1/messages", allinone.DemoKey, "", body)
	if err != nil || status != http.StatusOK || !strings.Contains(first, `"advisory":"no_board"`) {
		t.Fatalf("%d %s %v", status, first, err)
	}
	revision := p.Revision()
	if err := p.stop(); err != nil {
		t.Fatal(err)
	}
	p = startProcess(t, data)
	defer func() { _ = p.stop() }()
	if got := p.Revision(); got != revision {
		t.Errorf("list revision %d, was %d: the sample was published again, or lost", got, revision)
	}
	status, again, err := p.request(http.MethodPost, "/v1/messages", allinone.DemoKey, "", body)
	if err != nil || status != http.StatusOK {
		t.Fatalf("%d %s %v", status, again, err)
	}
	if want := strings.Replace(first, `"status":"complete"`, `"status":"complete","repeat":true`, 1); again != want {
		t.Errorf("got %swant %s", again, want)
	}
	for _, secret := range []string{"VARKONDY", "ISTOK", "U7700112", "1979-04-11"} {
		if strings.Contains(p.log.String(), secret) {
			t.Errorf("the log shows %s", secret)
		}
	}
}

// TestRepeatsAreDecidedAnew lists a person after their message was answered: the same bytes sent again do not get the
// old leave to board.
func TestRepeatsAreDecidedAnew(t *testing.T) {
	streamtest.Beside(t)
	p := startProcess(t, t.TempDir(), func(c *allinone.Config) { c.AskAnew = time.Millisecond })
	defer func() { _ = p.stop() }()
	who := invented{"QUORNDALE", "MIRABEL", "1981-03-14", "GBR", "Q4400199"}
	body := inSet("UNOY", nil)(who, "R1")
	ask := func() string {
		_, answer, err := p.request(http.MethodPost, "/v1/messages", allinone.DemoKey, "application/json", body)
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	if first := ask(); !strings.Contains(first, `"advisory":"board"`) {
		t.Fatal(first)
	}
	if again := ask(); !strings.Contains(again, `"advisory":"board","code":"0Z","version":1`) || !strings.Contains(again, `"repeat":true`) {
		t.Errorf("nothing has changed: %s", again)
	}
	p.load(t, listOf([]invented{who}))
	if now := ask(); !strings.Contains(now, `"advisory":"no_board"`) || !strings.Contains(now, `"version":2`) {
		t.Errorf("listed meanwhile: %s", now)
	}
}

// TestRepeatsAreNotOvertaken answers a message, then one that came after it about the same traveller: the first, sent again at
// once, gets what is in force.
func TestRepeatsAreNotOvertaken(t *testing.T) {
	streamtest.Beside(t)
	p := startProcess(t, t.TempDir())
	defer func() { _ = p.stop() }()
	who := invented{"QUORNDALE", "MIRABEL", "1981-03-14", "GBR", "Q4400199"}
	ask := func(message string) string {
		_, answer, err := p.request(http.MethodPost, "/v1/messages", allinone.DemoKey, "application/json", inSet("UNOY", nil)(who, message))
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	if first := ask("R1"); !strings.Contains(first, `"advisory":"board"`) {
		t.Fatal(first)
	}
	p.load(t, listOf([]invented{who}))
	if later := ask("R2"); !strings.Contains(later, `"advisory":"no_board"`) {
		t.Fatal(later)
	}
	if again := ask("R1"); !strings.Contains(again, `"advisory":"no_board"`) || !strings.Contains(again, `"repeat":true`) {
		t.Errorf("the first message again: %s", again)
	}
}

// TestConfirmedOnEveryLeg confirms a person for every leg on one of two, both answered: the carrier is told of the other as
// well, and again when it is taken back.
func TestConfirmedOnEveryLeg(t *testing.T) {
	streamtest.Beside(t)
	p := startProcess(t, t.TempDir())
	defer func() { _ = p.stop() }()
	who := invented{"VARKONDI", "ISTOK", "1979-04-11", "UTO", "K4400123"}
	var messages []string
	for _, number := range []string{"ZX410", "ZX411"} {
		body := bytes.ReplaceAll(inSet("", nil)(who, "R1"), []byte("ZX410"), []byte(number))
		_, answer, err := p.request(http.MethodPost, "/v1/messages", allinone.DemoKey, "application/json", body)
		if err != nil || !strings.Contains(answer, `"advisory":"hold"`) {
			t.Fatal(answer, err)
		}
		messages = append(messages, event.MessageID(allinone.DemoCarrier, body))
	}
	for _, officer := range []struct{ says, advisory string }{
		{`"always":true`, `"advisory":"no_board","code":"1Z","version":2`},
		{`"withdraw":true`, `"advisory":"hold","code":"2Z","version":3`},
		{`"always":true`, `"advisory":"no_board","code":"1Z","version":4`},
	} {
		word := fmt.Sprintf(`{"leg":"ZX-410-DXB-2026-10-05","message_id":%q,"index":1,"reason":"scar, case 12",%s}`, messages[0], officer.says)
		if got := p.officer(t, "confirm", []byte(word)); !strings.HasPrefix(got, "200") {
			t.Fatal(got)
		}
		streamtest.Wait(t, 20*time.Second, "the other leg's "+officer.advisory, func() bool {
			_, answer, err := p.request(http.MethodGet, "/v1/messages/"+messages[1], allinone.DemoKey, "application/json", nil)
			return err == nil && strings.Contains(answer, officer.advisory)
		})
	}
}

// TestDemoShowsEveryOutcome counts what the demo's carriers are told until there is one of each.
func TestDemoShowsEveryOutcome(t *testing.T) {
	streamtest.Beside(t)
	p := startProcess(t, t.TempDir(), func(c *allinone.Config) {
		c.Demo, c.Departures = true, allinone.DefaultConfig().Departures
	})
	defer func() { _ = p.stop() }()
	const hasty = "demo-hasty-carrier-key"
	signs := map[string]string{"board": `"advisory":"board"`, "no_board": `"advisory":"no_board"`, "refer": `"advisory":"refer"`, "hold": `"advisory":"hold"`,
		"insufficient": `"advisory":"insufficient"`, "error": `"status":"rejected"`, "unscreened": `"unscreened":true`}
	counts := map[string]int{}
	defer func() { t.Log(counts) }()
	streamtest.Wait(t, 60*time.Second, "every outcome", func() bool {
		counts = map[string]int{}
		for _, key := range []string{allinone.DemoKey, hasty} {
			_, feed, err := p.request(http.MethodGet, "/v1/advisories?wait=0", key, "", nil)
			if err != nil {
				return false
			}
			for outcome, sign := range signs {
				if n := strings.Count(feed, sign); n > 0 && (outcome == "unscreened") == (key == hasty) {
					counts[outcome] += n
				}
			}
		}
		return len(counts) == len(signs)
	})
}

func TestPortInUseIsSaid(t *testing.T) {
	streamtest.Beside(t)
	p := startProcess(t, t.TempDir())
	defer func() { _ = p.stop() }()
	cfg := allinone.DefaultConfig()
	cfg.Data, cfg.HTTP = t.TempDir(), p.Addr()
	if _, err := allinone.New(t.Context(), cfg, telemetry.Discard()); err == nil || !strings.Contains(err.Error(), p.Addr()) {
		t.Errorf("got %v", errors.Unwrap(err))
	}
}
