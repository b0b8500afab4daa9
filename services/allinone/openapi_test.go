package allinone_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"fairway/pkg/stream/streamtest"
	"fairway/services/allinone"
)

// api is the published description of the carriers' interface, as the gateway serves it.
type api struct {
	Paths map[string]map[string]struct {
		OperationID string `json:"operationId"`
		Responses   map[string]struct {
			Content map[string]struct {
				Schema json.RawMessage
			}
		}
	}
	compiler *jsonschema.Compiler
}

// described fetches the document and prepares its schemas.
func described(t *testing.T, p *process) *api {
	t.Helper()
	a := &api{compiler: jsonschema.NewCompiler()}
	status, text, err := p.request(http.MethodGet, "/v1/openapi.json", "", "", nil)
	if err != nil || status != http.StatusOK {
		t.Fatalf("%d, %v", status, err)
	}
	if err := json.Unmarshal([]byte(text), a); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.compiler.AddResource("http://fairway.example/v1/openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	return a
}

// schema compiles the schema of one answer.
func (a *api) schema(t *testing.T, path, method, status, contentType string) *jsonschema.Schema {
	t.Helper()
	escaped := strings.NewReplacer("~", "~0", "/", "~1").Replace
	s, err := a.compiler.Compile("http://fairway.example/v1/openapi.json#/paths/" + escaped(path) + "/" + method + "/responses/" + status +
		"/content/" + escaped(contentType) + "/schema")
	if err != nil {
		t.Fatalf("%s %s %s: %v", method, path, status, err)
	}
	return s
}

const (
	onePassenger = `{"reference":"OA1","legs":[{"mode":"air","carrier":"ZX","number":"410","origin":"DXB","destination":"LHR","departure":"2026-10-05T19:15"}],
"travellers":[{"surname":"LINDQVIST","given":"ASTA","birth":"1987-03-12","sex":"F","nationality":"SWE","ref":"ZX1","documents":[{"type":"P","number":"X9012345","issuer":"SWE","expiry":"2031-08-15"}]}]}`
	oneEDIFACT = `UNB+UNOA:4+ZXAPI:ZZ+XXGOV:ZZ+261005:0620+21++APIS'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'RFF+TN:ZX21'TDT+20+ZX410+++ZX'LOC+125+DXB'DTM+189:2610051915:201'LOC+87+LHR'NAD+FL+++LUND:ODA'ATT+2++F'DTM+329:870312'NAT+2+SWE'RFF+ABO:ZX2'DOC+P:110:111+X9012346'DTM+36:310815'LOC+91+SWE'CNT+42:1'UNT+17+1'UNZ+1+21'`
	ack        = `UNB+UNOA:4+ZXAPI:ZZ+XXGOV:ZZ+261005:1540+4720++IAPI'UNH+1+CUSRES:D:05B:UN:IATA'BGM+312'RFF+TN:XXG26100500093'RFF+AF:ZX410'ERP+1'ERC+118'UNT+7+1'UNZ+1+4720'`
)

// TestDescriptionHoldsAgainstTheGateway makes every kind of request there is, and holds each answer against what the
// description says of it: path, method, status, content type and schema.
func TestDescriptionHoldsAgainstTheGateway(t *testing.T) {
	streamtest.Beside(t)
	p := startProcess(t, t.TempDir())
	defer func() { _ = p.stop() }()
	a := described(t, p)
	tried := map[string]bool{}
	_, first, err := p.request(http.MethodPost, "/v1/messages", allinone.DemoKey, "", []byte(onePassenger))
	if err != nil {
		t.Fatal(err)
	}
	var known struct {
		Message string `json:"message_id"`
	}
	if err := json.Unmarshal([]byte(first), &known); err != nil || known.Message == "" {
		t.Fatalf("%s %v", first, err)
	}
	received := `{"advisories":[{"message_id":"` + known.Message + `","index":1,"version":1},{"message_id":"none","index":0,"version":0}]}`
	for _, c := range []struct {
		method, path, real, accept, body string
		status                           int
		anonymous                        bool
	}{
		{"post", "/v1/messages", "", "", onePassenger, 200, false},
		{"post", "/v1/messages", "", "application/json", oneEDIFACT, 200, false},
		{"post", "/v1/messages", "", "", oneEDIFACT, 200, false},
		{"post", "/v1/messages", "", "", ack, 200, false},
		{"post", "/v1/messages", "?wait=0", "", onePassenger + " ", 202, false},
		{"post", "/v1/messages", "", "", onePassenger, 401, true},
		{"post", "/v1/messages", "", "", "", 422, false},
		{"post", "/v1/messages", "", "application/json", "junk", 422, false},
		{"post", "/v1/messages", "", "", `{"legs":7}`, 422, false},
		{"post", "/v1/messages", "", "", "junk", 422, false},
		{"get", "/v1/messages/{id}", "/v1/messages/" + known.Message, "", "", 200, false},
		{"get", "/v1/messages/{id}", "/v1/messages/" + known.Message, "application/edifact", "", 200, false},
		{"get", "/v1/messages/{id}", "/v1/messages/none", "", "", 404, false},
		{"get", "/v1/messages/{id}", "/v1/messages/" + known.Message, "", "", 401, true},
		{"get", "/v1/advisories", "?wait=0", "", "", 200, false},
		{"get", "/v1/advisories", "?wait=0", "application/edifact", "", 200, false},
		{"get", "/v1/advisories", "?wait=0&after=nonsense", "", "", 400, false},
		{"get", "/v1/advisories", "?wait=0", "", "", 401, true},
		{"post", "/v1/advisories/ack", "", "", received, 200, false},
		{"post", "/v1/advisories/ack", "", "", strings.Replace(received, `"version":1}`, `"version":9}`, 1), 422, false},
		{"post", "/v1/advisories/ack", "", "", "junk", 400, false},
		{"post", "/v1/advisories/ack", "", "", received, 401, true},
		{"post", "/v1/advisories/ack", "", "", received + strings.Repeat(" ", 256<<10), 413, false},
		{"get", "/v1/advisories/stream", "?after=nonsense", "", "", 400, false},
		{"get", "/v1/advisories/stream", "", "", "", 401, true},
		{"get", "/", "", "", "", 200, true},
		{"get", "/v1/schema", "", "", "", 200, true},
		{"get", "/v1/openapi.json", "", "", "", 200, true},
	} {
		url := c.path + c.real
		if strings.HasPrefix(c.real, "/") {
			url = c.real
		}
		what := c.method + " " + url + " " + strconv.Itoa(c.status)
		req, err := http.NewRequest(strings.ToUpper(c.method), "http://"+p.Addr()+url, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		if !c.anonymous {
			req.Header.Set("Authorization", "Bearer "+allinone.DemoKey)
		}
		if c.accept != "" {
			req.Header.Set("Accept", c.accept)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != c.status {
			t.Errorf("%s: got %d %s, %v", what, res.StatusCode, text, err)
			continue
		}
		kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
		tried[c.method+" "+c.path] = true
		if _, ok := a.Paths[c.path][c.method].Responses[strconv.Itoa(c.status)].Content[kind]; !ok {
			t.Errorf("%s: content type %q is not described", what, kind)
			continue
		}
		if !strings.HasSuffix(kind, "json") {
			continue
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v in %s", what, err, text)
			continue
		}
		if err := a.schema(t, c.path, c.method, strconv.Itoa(c.status), kind).Validate(v); err != nil {
			t.Errorf("%s: %v in %s", what, err, text)
		}
	}
	for path, methods := range a.Paths {
		for method := range methods {
			if !tried[method+" "+path] {
				t.Errorf("%s %s is described, and was not tried", method, path)
			}
		}
	}
}
