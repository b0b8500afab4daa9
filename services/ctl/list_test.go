package ctl

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// asked is what a curator was asked.
type asked struct {
	what []string // method, path and key of each request
	body string   // of the last
}

// answering is a curator that gives one answer to everything.
func answering(t *testing.T, status int, answer string) (*asked, string) {
	t.Helper()
	a := &asked{}
	curator := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.what = append(a.what, r.Method+" "+r.URL.RequestURI()+" "+strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
		b, _ := io.ReadAll(r.Body)
		a.body = string(b)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(curator.Close)
	return a, curator.URL
}

// TestOneOfficerSubmitsOnly holds that whoever has a key of their own, or asks for it, approves nothing of what they submit.
func TestOneOfficerSubmitsOnly(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte("of-anna\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		want string
		body string
	}{
		"load, own key":       {[]string{"watchlist", "load", "-", "-key-file", key}, "POST /v1/watchlist/submissions of-anna", "rows"},
		"load, demo":          {[]string{"watchlist", "load", "-", "-submit"}, "POST /v1/watchlist/submissions demo-officer-one", "rows"},
		"load, strict":        {[]string{"watchlist", "load", "-strict", "-", "-submit"}, "POST /v1/watchlist/submissions?strict=true demo-officer-one", "rows"},
		"remove, own key":     {[]string{"watchlist", "remove", "l/E1", "-key-file", key, "m/x/2"}, "POST /v1/watchlist/removals of-anna", `{"entries":["l/E1","m/x/2"]}`},
		"a clearance, by one": {[]string{"clear", "-", "-key-file", key}, "POST /v1/clearances of-anna", "rows"},
	} {
		a, url := answering(t, 201, `{"submission":"S1","entries":1}`)
		code, out, faults := run(t, "rows", append(c.args, "-server", url)...)
		if code != 0 || !strings.Contains(out, "nothing is in force yet") || !strings.Contains(out, "watchlist approve S1") {
			t.Errorf("%s: exit %d\n%s%s", name, code, out, faults)
		}
		if diff := cmp.Diff([]string{c.want}, a.what); diff != "" || a.body != c.body {
			t.Errorf("%s: %q (-want +got):\n%s", name, a.body, diff)
		}
	}
}

// TestRefusalsAreFaults holds that nothing that curator refuses or cannot do ends well.
func TestRefusalsAreFaults(t *testing.T) {
	for _, args := range [][]string{{"load", "-"}, {"load", "-", "-strict"}, {"load", "-", "-submit"}, {"remove", "l/E1"}, {"pending"}, {"show", "S1"}, {"approve", "S1"},
		{"reject", "S1", "-reason", "r"}, {"get", "l/E1"}} {
		for _, status := range []int{401, 403, 404, 409, 410, 422, 503} {
			_, url := answering(t, status, `{"error":"because","problems":[{"line":7,"what":"bad","todo":"better"}],"published":3}`)
			code, out, faults := run(t, "rows", append(append([]string{"watchlist"}, args...), "-server", url)...)
			if code != 1 || !strings.Contains(faults, "because") || strings.Contains(out, "approved") || strings.Contains(out, "rejected") || args[0] == "load" && !strings.Contains(faults, "line 7: bad") {
				t.Errorf("%v, %d: exit %d\n%s%s", args, status, code, out, faults)
			}
		}
	}
}

// TestNobodyPublishesPastTheOfficers holds that there is no way around the officers' API, and no command without its argument.
func TestNobodyPublishesPastTheOfficers(t *testing.T) {
	for _, args := range []string{"load - -kafka 127.0.0.1:1 -submitted a -approved b", "load - -kafka 127.0.0.1:1", "load - -submitted a -approved b",
		"load - -submit-key-file a -approve-key-file b", "load", "load a b", "remove", "show", "show a b", "approve", "approve a b", "reject", "get", "get a b", "pending a"} {
		a, url := answering(t, 201, `{"submission":"S1","entries":1}`)
		if code, out, faults := run(t, "rows", append(append([]string{"watchlist"}, strings.Fields(args)...), "-server", url)...); code != 1 || faults == "" || len(a.what) > 0 {
			t.Errorf("%s: exit %d, asked %v\n%s%s", args, code, a.what, out, faults)
		}
	}
}

const reviewed = `{"submission":"S1","state":"made","submitted":"anna","at":"2026-10-05T12:00:00Z","until":"2026-10-06T12:00:00Z","entries":4,"removals":1,"published":0,
"new":1,"changed":1,"unchanged":2,"removed":1,"absent":0,"left_out":1,"changes":[
{"entry":"l/E1","what":"changed","fields":["action","surname"],"before":{"id":"E1","list":"l","action":"refer","surname":"LUND"},"after":{"id":"E1","list":"l","action":"no_board","surname":"LINDQVIST"}},
{"entry":"l/E2","what":"new","after":{"id":"E2","list":"l","action":"refer","surname":"LINDQVIST","documents":[{"type":"P","number":"X9012345"}]}},
{"entry":"l/E3","what":"removed","before":{"id":"E3","list":"l","action":"alert","given":"ASTA"}}],
"row_findings":[{"line":5,"column":"action","code":"bad_action","what":"not an action","todo":"write refer"}]}`

// TestShow holds what the second officer reads, masked unless they ask.
func TestShow(t *testing.T) {
	a, url := answering(t, 200, reviewed)
	code, masked, _ := run(t, "", "watchlist", "show", "S1", "-server", url)
	if code != 0 || a.what[0] != "GET /v1/watchlist/submissions/S1 demo-officer-two" {
		t.Errorf("exit %d, %v", code, a.what)
	}
	for _, want := range []string{"by anna", "1 new, 1 changed, 2 unchanged, 1 removed", "changed  l/E1", `action: "refer" → "no_board"`, "surname: *** → ***", "new      l/E2", "removed  l/E3",
		"1 rows of the file were left out", "line 5, action: not an action; write refer"} {
		if !strings.Contains(masked, want) {
			t.Errorf("lacks %q:\n%s", want, masked)
		}
	}
	_, shown, _ := run(t, "", "watchlist", "show", "S1", "-reveal", "-server", url)
	for _, secret := range []string{"LUND", "LINDQVIST", "X9012345", "ASTA"} {
		if strings.Contains(masked, secret) || !strings.Contains(shown, secret) {
			t.Errorf("%s: masked %v, revealed %v", secret, !strings.Contains(masked, secret), strings.Contains(shown, secret))
		}
	}
	_, url = answering(t, 200, `{"submissions":[`+reviewed+`]}`)
	if code, out, _ := run(t, "", "watchlist", "pending", "-server", url); code != 0 || out != "S1  made, by anna at 2026-10-05T12:00:00Z: 4 entries, 1 removals; approve until 2026-10-06T12:00:00Z\n" {
		t.Errorf("exit %d, %s", code, out)
	}
	_, url = answering(t, 200, `{"entry":{"id":"E1","list":"l","action":"refer","surname":"LUND"},"submitted":"anna","approved":"otto","at":"2026-10-05T12:00:00Z","revision":7}`)
	if code, out, _ := run(t, "", "watchlist", "get", "l/E1", "-server", url); code != 0 || out != "l/E1, revision 7, by anna and otto at 2026-10-05T12:00:00Z\n  action \"refer\", surname ***\n" {
		t.Errorf("exit %d, %s", code, out)
	}
}

// TestDecisionsGoToTheirPlace holds that approving approves and rejecting rejects.
func TestDecisionsGoToTheirPlace(t *testing.T) {
	for verb, body := range map[string]string{"approve": "", "reject": `{"reason":"wrong file"}`} {
		a, url := answering(t, 200, `{"submission":"S1","entries":3,"published":2,"unchanged":1}`)
		args := []string{"watchlist", verb, "S1", "-server", url}
		if verb == "reject" {
			args = append(args, "-reason", "wrong file")
		}
		code, out, _ := run(t, "", args...)
		if code != 0 || !strings.Contains(out, map[string]string{"approve": "2 changes published, 1 entries were so already", "reject": "nothing of it is in force"}[verb]) || a.body != body {
			t.Errorf("%s: exit %d, %s, sent %s", verb, code, out, a.body)
		}
		if diff := cmp.Diff([]string{"POST /v1/watchlist/submissions/S1/" + verb + " demo-officer-two"}, a.what); diff != "" {
			t.Errorf("%s (-want +got):\n%s", verb, diff)
		}
	}
}
