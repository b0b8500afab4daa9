package ctl

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fairway/services/ctl/cli"
)

const query = `UNB+UNOA:4+ZXAPI:ZZ+XXGOV:ZZ+261005:0615+17++APIS'
UNH+1+PAXLST:D:05B:UN:IATA'
BGM+745'
RFF+TN:TN17'
TDT+20+ZX410+++ZX'
LOC+125+DXB'
DTM+189:2610051915:201'
LOC+87+LHR'
NAD+FL+++LINDQVIST:ASTA'
ATT+2++F'
DTM+329:871399'
NAT+2+SWE'
RFF+AVF:K7QX2M'
DOC+P:110:111+X9012345'
DTM+36:310815'
LOC+91+SWE'
UNT+17+1'
UNZ+1+17'
`

func run(t *testing.T, in string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = Run(t.Context(), cli.Streams{In: strings.NewReader(in), Out: &out, Err: &err}, args)
	return code, out.String(), err.String()
}

func TestDecodePrintsTheContractedShape(t *testing.T) {
	code, out, faults := run(t, query, "decode", "-json", "-reveal", "-")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, faults)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	delete(got, "findings")
	want := map[string]any{"kind": "api", "leg": "ZX-410-DXB-2026-10-05", "surname": "LINDQVIST", "given": "ASTA", "birth_date": "", "locator": "K7QX2M",
		"documents": []any{map[string]any{"type": "P", "number": "X9012345", "issuer": "SWE", "expiry": "2031-08-15"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !strings.Contains(faults, "bad_date: segment 11 (DTM) element 1 component 2") || !strings.Contains(faults, "^") {
		t.Errorf("faults: %s", faults)
	}
}

func TestDecodeMasks(t *testing.T) {
	for _, form := range [][]string{{"decode", "-"}, {"decode", "-json", "-"}} {
		_, out, faults := run(t, query, form...)
		for _, secret := range []string{"LINDQVIST", "ASTA", "X9012345"} {
			if strings.Contains(out+faults, secret) {
				t.Errorf("%v shows %s", form, secret)
			}
		}
	}
}

func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "q.edi")
	if err := os.WriteFile(file, []byte(query), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		in   string
		args []string
		want int
	}{
		{"", []string{"decode", file}, 0},
		{"", []string{"decode", file, "-json"}, 0},
		{"hello", []string{"decode", "-json", "-"}, 1},
		{"hello", []string{"decode", file, "-"}, 0}, // something was understood
		{"", []string{"decode", filepath.Join(dir, "none")}, 1},
		{"", []string{"decode", "-nonsense"}, 1},
		{"", []string{"nonsense"}, 2},
		{"", nil, 2},
		{"", []string{"rules", "lint", dir}, 1},
		{"", []string{"rules", "lint", "../../rules"}, 0},
		{"", []string{"rules", "test", "../../rules"}, 0},
		{"", []string{"topics", "create"}, 1},
		{"", []string{"watchlist", "load"}, 1},
	} {
		if got, out, faults := run(t, c.in, c.args...); got != c.want {
			t.Errorf("%v: exit %d, want %d\n%s%s", c.args, got, c.want, out, faults)
		}
	}
}

func TestARuleWithATypoIsSaidWithItsPlace(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "document"), 0o700); err != nil {
		t.Fatal(err)
	}
	rule := "title: x\nwhy: y\nowner: z\nstatus: stable\nwhen: document.days_to_expirey < 0\npoints: 1\nexplain: e\nfalsepositives: none known\n"
	if err := os.WriteFile(filepath.Join(dir, "document", "bad.yaml"), []byte(rule), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, faults := run(t, "", "rules", "lint", dir)
	if code != 1 || !strings.Contains(faults, "document/bad.yaml:5:") || !strings.Contains(faults, "days_to_expiry") {
		t.Errorf("exit %d: %s", code, faults)
	}
}

func TestLoadUsesBothDemoOfficersAndSaysSo(t *testing.T) {
	var seen []string
	curator := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.URL.Path+" "+r.Header.Get("Authorization"))
		if strings.HasSuffix(r.URL.Path, "/approve") {
			_, _ = w.Write([]byte(`{"submission":"S1","entries":1,"published":1}`))
			return
		}
		w.WriteHeader(http.StatusCreated)
		_, _ = w.Write([]byte(`{"submission":"S1","entries":1,"published":0,"left_out":1,"problems":[{"line":3,"column":"action","what":"not an action","todo":"use refer"}]}`))
	}))
	defer curator.Close()
	code, out, faults := run(t, "id\n", "watchlist", "load", "-", "-server", curator.URL)
	if code != 1 || !strings.Contains(out, "both demo officers") || !strings.Contains(out, "1 changes published") || !strings.Contains(faults, "3") {
		t.Errorf("exit %d\n%s\n%s", code, out, faults)
	}
	want := []string{"/v1/watchlist/submissions Bearer demo-officer-one", "/v1/watchlist/submissions/S1/approve Bearer demo-officer-two"}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Error(diff)
	}
}

func TestEncodeWritesWhatDecodeReads(t *testing.T) {
	const message = `{"kind":"KIND","sender":"ZXRES","recipient":"XXGOV","control":"17","reference":"R1",
"legs":[{"carrier":"ZX","number":"410","origin":"DXB","destination":"LHR","departure":"2026-10-05T19:15"}],
"travellers":[{"surname":"O'BRIEN","given":"ASTA","birth":"1987-03-12","sex":"F","nationality":"SWE","ref":"ZX1","documents":[{"type":"P","number":"X9012345","issuer":"SWE","expiry":"2031-08-15"}]}],
"bookings":[{"locator":"K7QX2M","carrier":"ZX"}],"booking_of":[0]}`
	for kind, want := range map[string]string{"api": "PAXLST", "pnr": "PNRGOV"} {
		in := strings.Replace(message, "KIND", kind, 1)
		code, out, faults := run(t, in, "encode", "-lines", "-at", "2026-10-03T06:15", "-")
		if code != 0 || !strings.Contains(out, "UNH+1+"+want) || !strings.Contains(out, "261003:0615") {
			t.Fatalf("%s: exit %d, %s%s", kind, code, out, faults)
		}
		_, before, _ := run(t, in, "decode", "-json", "-reveal", "-")
		code, after, faults := run(t, out, "decode", "-json", "-reveal", "-")
		if code != 0 || after != before || strings.Contains(faults, "warning") {
			t.Errorf("%s: exit %d\nread  %swrote %s%s", kind, code, before, after, faults)
		}
	}
	for name, bad := range map[string]string{"a date that is none": strings.Replace(message, "1987-03-12", "12 March", 1), "not JSON": query, "cut off": message[:80]} {
		if code, out, faults := run(t, bad, "encode", "-"); code != 1 || out != "" || faults == "" {
			t.Errorf("%s: exit %d, %q, %q", name, code, out, faults)
		}
	}
}

func TestDecodePrintsAnswers(t *testing.T) {
	const body = `UNB+UNOA:4+XXGOV:ZZ+ZXIAPI:ZZ+261005:1540+1++IAPI'UNH+R1+CUSRES:D:05B:UN:IATA'BGM+132'RFF+TN:C1'RFF+AF:ZX410'DTM+189:2610051915:201'LOC+125+DXB'LOC+87+LHR'ERP+2'RFF+AVF:K7QX2M'RFF+ABO:ZX17'ERC+1Z'UNT+11+R1'UNZ+1+1'`
	code, out, faults := run(t, body, "decode", "-json", "-")
	want := `{"kind":"change","leg":"ZX-410-DXB-2026-10-05","reference":"C1","locator":"K7QX2M","ref":"ZX17","advisory":"no_board","code":"1Z"}`
	if code != 0 || strings.TrimSpace(out) != want {
		t.Errorf("exit %d, %s%s", code, out, faults)
	}
	if code, out, _ := run(t, body, "decode", "-"); code != 0 || !strings.Contains(out, "change (CUSRES 132)") || !strings.Contains(out, "1Z   no_board") {
		t.Errorf("exit %d, %s", code, out)
	}
}
