package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"fairway/pkg/cusres"
	"fairway/pkg/edifact"
	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/travel"
	"fairway/pkg/web"
	"fairway/pkg/wire"
)

// content is what the description says of bodies: by content type.
type content map[string]struct {
	Schema   map[string]any
	Example  any
	Examples map[string]struct {
		Ref string `json:"$ref"`
	}
}

type operation struct {
	Request   struct{ Content content } `json:"requestBody"`
	Responses map[string]struct{ Content content }
}

// description is as much of openapi.json as tests look at.
type description struct {
	Servers    []struct{ URL string }
	Paths      map[string]map[string]operation
	Components struct {
		Schemas  map[string]any
		Examples map[string]struct{ Value json.RawMessage }
	}
}

func describe(t *testing.T) *description {
	t.Helper()
	var d description
	if err := json.Unmarshal([]byte(openAPI), &d); err != nil {
		t.Fatal(err)
	}
	return &d
}

// examples are the values of the examples of a body; those of text without their quotation marks.
func (d *description) examples(t *testing.T, c content, kind string) (values [][]byte) {
	t.Helper()
	for _, e := range c[kind].Examples {
		raw := d.Components.Examples[strings.TrimPrefix(e.Ref, "#/components/examples/")].Value
		var text string
		if json.Unmarshal(raw, &text) == nil {
			raw = []byte(text)
		}
		values = append(values, raw)
	}
	return values
}

// TestDescriptionIsOneDocument holds that it can be read without fetching anything else, and has the schema of a message
// as it is published by itself.
func TestDescriptionIsOneDocument(t *testing.T) {
	var whole, schema map[string]any
	for text, into := range map[string]*map[string]any{openAPI: &whole, strings.ReplaceAll(wire.Schema, "#/$defs/", "#/components/schemas/"): &schema} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	each(whole, func(o map[string]any) {
		ref, is := o["$ref"].(string)
		if !is {
			return
		}
		if !strings.HasPrefix(ref, "#/") {
			t.Errorf("%s is in another document", ref)
			return
		}
		var at any = whole
		for _, step := range strings.Split(ref[2:], "/") {
			o, _ := at.(map[string]any)
			at = o[step]
		}
		if at == nil {
			t.Errorf("%s is nowhere", ref)
		}
	})
	d := describe(t)
	if len(d.Servers) == 0 {
		t.Error("no servers")
	}
	for name, want := range schema["$defs"].(map[string]any) {
		if name == "Finding" { // as answers have it
			continue
		}
		if diff := cmp.Diff(want, d.Components.Schemas[name]); diff != "" {
			t.Errorf("%s (-schema.json +openapi.json):\n%s", name, diff)
		}
	}
	messages, _ := d.Components.Schemas["Messages"].(map[string]any)
	if diff := cmp.Diff(schema["oneOf"], messages["oneOf"]); diff != "" {
		t.Errorf("Messages (-schema.json +openapi.json):\n%s", diff)
	}
}

// each calls f with every object in v.
func each(v any, f func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		f(v)
		for _, of := range v {
			each(of, f)
		}
	case []any:
		for _, of := range v {
			each(of, f)
		}
	}
}

// request is one way to an answer of the carriers' interface.
type request struct {
	on      string // the operation, as the description names it
	url     string
	accept  string
	body    string
	status  int
	prepare func(*testing.T, *Service)
}

// garbled puts an advisory that cannot be read in the window, on the message of body.
func garbled(body string) func(*testing.T, *Service) {
	return func(t *testing.T, s *Service) {
		r := advisoryAt(t, "ZX", event.MessageID("ZX", []byte(body)), 0, 9, changed()[0])
		r.Value = []byte("{")
		s.receives(t, r)
	}
}

func stored(_ *testing.T, s *Service) {
	id := event.MessageID("ZX", []byte("{}"))
	s.window.Accept(id, "ZX")
	s.window.Store(id)
}

// requests cause every status there is.
func requests() []request {
	id := event.MessageID("ZX", []byte("{}"))
	unknown := func(_ *testing.T, s *Service) { s.carriers = nil }
	full := func(_ *testing.T, s *Service) { s.slots, s.streams = make(chan struct{}), make(chan struct{}) }
	away := func(t *testing.T, s *Service) { s.produces(t, nobody(t)) } // and no designator is the carrier's
	owner := func(t *testing.T, s *Service) { away(t, s); s.cfg.Carriers = journey.Carriers{{Code: "ZX"}} }
	waiting := func(_ *testing.T, s *Service) { s.window.Accept(id, "ZX") }
	kept := func(_ *testing.T, s *Service) { s.remembers(nil) }
	lost := func(_ *testing.T, s *Service) { s.remembers(errors.New("no broker")) }
	const post, get, feed, sse, edi = "post /v1/messages", "get /v1/messages/{id}", "get /v1/advisories", "get /v1/advisories/stream", typeEDIFACT
	const ack = "post /v1/advisories/ack"
	received, arrived := ackOf(messageID, 1, 2), acknowledgement(changeReference(&changed()[1]), nil)
	several := `{"advisories":[` + strings.Repeat("{},", 1000) + `{}]}`
	list := query("", []string{abo})
	return []request{
		{"get /", "/", "", "", 200, nil}, {"get /v1/schema", "/v1/schema", "", "", 200, nil}, {"get /v1/openapi.json", "/v1/openapi.json", "", "", 200, nil},
		{post, "", "", list, 200, owner}, {post, "", web.TypeJSON, list, 200, owner}, {post, "?wait=0", "", "{}", 202, stored}, {post, "", "", "early", 400, nil},
		{post, "", "", "{}", 401, unknown}, {post, "", "", "{}", 413, func(_ *testing.T, s *Service) { s.cfg.MaxBody = 1 }}, {post, "", "", "", 422, nil},
		{post, "", "", list, 422, away},
		{post, "", "", "{}", 500, garbled("{}")}, {post, "", "", "{}", 503, full}, {post, "?wait=0", "", "{}", 503, away},
		{post, "", "", arrived, 200, kept}, {post, "", "", strings.Repeat(arrived, 1001), 413, nil}, {post, "", "", arrived, 503, lost},
		{ack, "", "", received, 200, kept}, {ack, "", "", "{", 400, nil}, {ack, "", "", "early", 400, nil}, {ack, "", "", `{"advisories":[]}`, 400, nil}, {ack, "", "", received, 401, unknown},
		{ack, "", "", received + strings.Repeat(" ", mostAckBody), 413, nil}, {ack, "", "", several, 413, nil}, {ack, "", "", nothingTold, 422, nil},
		{ack, "", "", received, 503, full}, {ack, "", "", received, 503, lost},
		{get, messageID, "", "", 200, nil}, {get, messageID, edi, "", 200, nil}, {get, id, "", "", 202, stored}, {get, id, "", "", 401, unknown},
		{get, "none", "", "", 404, nil}, {get, id, "", "", 500, garbled("{}")}, {get, id, "", "", 503, waiting},
		{feed, "?wait=0", "", "", 200, nil}, {feed, "?wait=0", edi, "", 200, nil}, {feed, "?wait=0&after=0.99", edi, "", 204, nil}, {feed, "?after=x", "", "", 400, nil},
		{feed, "?wait=0", "", "", 401, unknown}, {feed, "?wait=0", "", "", 500, garbled("{}")}, {feed, "?wait=0", "", "", 503, full},
		{sse, "", "", "", 200, nil}, {sse, "?after=x", "", "", 400, nil}, {sse, "", "", "", 401, unknown}, {sse, "", "", "", 503, full},
	}
}

// nothingTold acknowledges what cannot be: nothing that is in memory, a version that was not told, and a notice.
const nothingTold = `{"advisories":[{"message_id":"ed107cbe0ac5cd96a1c798e73a36f9f2","index":1,"version":1},` +
	`{"message_id":"` + messageID + `","index":1,"version":3},{"message_id":"` + messageID + `","index":0,"version":0}]}`

// make makes the request of a gateway of its own, whose client reads no stream for long.
func (r request) make(t *testing.T) *httptest.ResponseRecorder {
	t.Helper()
	s := offline(t, new(bytes.Buffer), changed()...)
	if r.prepare != nil {
		r.prepare(t, s)
	}
	method, path, _ := strings.Cut(r.on, " ")
	url := path + r.url
	if strings.HasPrefix(r.url, "/") {
		url = r.url
	} else if strings.Contains(path, "{id}") {
		url = strings.Replace(path, "{id}", r.url, 1)
	}
	req := httptest.NewRequest(strings.ToUpper(method), url, strings.NewReader(r.body))
	if r.body == "early" {
		req = httptest.NewRequest(strings.ToUpper(method), url, iotest.ErrReader(errors.New("gone")))
	}
	if strings.HasSuffix(path, "/stream") {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		req = req.WithContext(ctx)
	}
	req.RemoteAddr = "127.0.0.1:4711"
	req.Header.Set("Authorization", "Bearer key-ZX")
	req.Header.Set("Accept", r.accept)
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, req)
	return w
}

// TestDescriptionHasEveryAnswer holds that it has the paths that are served and no others, of each every status and
// content type, and that the examples of failures and of where to go are what is answered.
func TestDescriptionHasEveryAnswer(t *testing.T) { synctest.Test(t, descriptionHasEveryAnswer) }

func descriptionHasEveryAnswer(t *testing.T) {
	d := describe(t)
	var served, described, caused, statuses []string
	for pattern := range offline(t, new(bytes.Buffer)).routes() {
		method, path, _ := strings.Cut(strings.TrimSuffix(pattern, "{$}"), " ")
		served = append(served, strings.ToLower(method)+" "+path)
	}
	for path, methods := range d.Paths {
		for method, o := range methods {
			described = append(described, method+" "+path)
			for status, r := range o.Responses {
				if len(r.Content) == 0 {
					statuses = append(statuses, method+" "+path+" "+status+" ")
				}
				for kind := range r.Content {
					statuses = append(statuses, method+" "+path+" "+status+" "+kind)
				}
			}
		}
	}
	for _, r := range requests() {
		w := r.make(t)
		kind := w.Header().Get("Content-Type")
		if w.Code == http.StatusNoContent {
			kind = ""
		}
		if w.Code != r.status {
			t.Errorf("%s %s: %d, want %d: %s", r.on, r.url, w.Code, r.status, w.Body)
		}
		caused = append(caused, r.on+" "+strconv.Itoa(w.Code)+" "+kind)
		method, path, _ := strings.Cut(r.on, " ")
		examples := d.examples(t, d.Paths[path][method].Responses[strconv.Itoa(w.Code)].Content, kind)
		if (w.Code >= 400 && kind == web.TypeJSON || path == "/") && !slices.ContainsFunc(examples, func(e []byte) bool { return same(t, e, w.Body.Bytes()) }) {
			t.Errorf("%s %d: no example is %s", r.on, w.Code, w.Body)
		}
	}
	for _, c := range []struct {
		what      string
		got, want []string
	}{{"paths", described, served}, {"statuses", statuses, caused}} {
		slices.Sort(c.got)
		slices.Sort(c.want)
		if diff := cmp.Diff(slices.Compact(c.want), slices.Compact(c.got)); diff != "" {
			t.Errorf("%s (-gateway +described):\n%s", c.what, diff)
		}
	}
}

func same(t *testing.T, a, b []byte) bool {
	var x, y any
	if err := errors.Join(json.Unmarshal(a, &x), json.Unmarshal(b, &y)); err != nil {
		t.Error(err)
	}
	return cmp.Equal(x, y)
}

// failing is where the source answers with a failure: its status, and its code.
var failing = regexp.MustCompile(`fail\(w, http\.Status(\w+), "(\w+)"`)

// TestEveryFailureIsDescribed holds that each failure in the source is the example of an answer with its status, so that
// one that is new is described and caused above.
func TestEveryFailureIsDescribed(t *testing.T) {
	d := describe(t)
	described := map[string]bool{}
	for _, methods := range d.Paths {
		for _, o := range methods {
			for status, r := range o.Responses {
				for _, e := range d.examples(t, r.Content, web.TypeJSON) {
					var a Answer
					_ = json.Unmarshal(e, &a) // a page has no errors
					for _, f := range a.Errors {
						n, _ := strconv.Atoi(status)
						described[strings.ReplaceAll(http.StatusText(n), " ", "")+" "+f.Code] = true
					}
				}
			}
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range failing.FindAllStringSubmatch(string(text), -1) {
			if found++; !described[m[1]+" "+m[2]] {
				t.Errorf("%s: %s %s has no example", file, m[1], m[2])
			}
		}
	}
	if found < 10 {
		t.Errorf("found only %d", found)
	}
}

// TestExamplesOfRequestsAreTaken posts every example, and holds that each of its travellers gets an answer without a fault.
func TestExamplesOfRequestsAreTaken(t *testing.T) { synctest.Test(t, examplesOfRequestsAreTaken) }

func examplesOfRequestsAreTaken(t *testing.T) {
	d := describe(t)
	travellers := map[string]int{typeEDIFACT: 4, web.TypeJSON: 3, "application/xml": 1} // of all its examples
	o := d.Paths["/v1/messages"]["post"]
	for kind := range o.Request.Content {
		examples := d.examples(t, o.Request.Content, kind)
		if len(examples) == 0 {
			t.Errorf("%s has no example", kind)
		}
		got := 0
		for _, body := range examples {
			s := offline(t, new(bytes.Buffer), changed()...)
			s.cfg.Carriers = journey.Carriers{{Code: "ZX"}}
			if wire.IsAcknowledgement(body) {
				defer isReceived(t, s.remembers(nil), "1.2 cusres")
			} else {
				s.produces(t, nobody(t))
			}
			w := ask(s, "POST", "/v1/messages", "key-ZX", web.TypeJSON, string(body))
			var a Answer
			if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || w.Code != http.StatusOK || len(a.Errors) > 0 {
				t.Errorf("%d %s, %v: to %s", w.Code, w.Body, err, body)
			}
			got += len(a.Travellers)
		}
		if got != travellers[kind] {
			t.Errorf("%s: %d travellers of %d", kind, got, travellers[kind])
		}
	}
}

// isReceived holds what is on record.
func isReceived(t *testing.T, m *memory, want string) {
	t.Helper()
	if got := strings.Join(m.receipts(t), ", "); got != want {
		t.Errorf("received %q, want %q", got, want)
	}
}

// TestExamplesOfReceiptsAreTaken holds that each is of its schema, and that all it names is acknowledged.
func TestExamplesOfReceiptsAreTaken(t *testing.T) {
	d := describe(t)
	examples := d.examples(t, d.Paths["/v1/advisories/ack"]["post"].Request.Content, web.TypeJSON)
	if len(examples) == 0 {
		t.Error("no example")
	}
	for _, body := range examples {
		strictly(t, "post /v1/advisories/ack", "Receipts", body, new(Receipts))
		s := offline(t, new(bytes.Buffer), toldToZX()...)
		m := s.remembers(nil)
		w := ask(s, "POST", "/v1/advisories/ack", "key-ZX", "", string(body))
		if w.Code != http.StatusOK || w.Body.String() != `{"acknowledged":2,"errors":[]}`+"\n" {
			t.Errorf("%d %s: to %s", w.Code, w.Body, body)
		}
		isReceived(t, m, "1.2 http, 2.0 http")
	}
}

// TestExamplesOfAnswersAreReal holds that every answer has an example, that it is of its schema, and that it reads as the
// type it is written from, or as EDIFACT of ours.
func TestExamplesOfAnswersAreReal(t *testing.T) {
	d := describe(t)
	types := map[string]func() any{"Answer": func() any { return new(Answer) }, "Page": func() any { return new(Page) },
		"ReceiptsAnswer": func() any { return new(ReceiptsAnswer) }, "Index": func() any { return new(map[string]string) }}
	for path, methods := range d.Paths {
		for method, o := range methods {
			for status, r := range o.Responses {
				for kind, c := range r.Content {
					what := method + " " + path + " " + status + " " + kind
					examples := d.examples(t, r.Content, kind)
					if len(examples) == 0 && c.Example == nil {
						t.Errorf("%s: no example", what)
					}
					ref, _ := c.Schema["$ref"].(string)
					name := strings.TrimPrefix(ref, "#/components/schemas/")
					for _, e := range examples {
						isOne(t, what, kind, name, e, types)
					}
				}
			}
		}
	}
}

// isOne holds one example of an answer against its type.
func isOne(t *testing.T, what, kind, name string, e []byte, types map[string]func() any) {
	t.Helper()
	switch kind {
	case web.TypeJSON:
		strictly(t, what, name, e, types[name]())
	case typeEDIFACT:
		doc, err := edifact.Parse(e, edifact.DefaultLimits())
		if err != nil || len(doc.Findings) > 0 || len(doc.Messages) != 1 {
			t.Errorf("%s: %v %v", what, err, doc)
			return
		}
		if doc.Messages[0].Type == "ACKRES" {
			return
		}
		replies, err := cusres.Decode(e)
		if err != nil || len(replies) != 1 || len(replies[0].Findings) > 0 || len(replies[0].Answers) == 0 && replies[0].Rejected == nil {
			t.Errorf("%s: %+v, %v", what, replies, err)
		}
	case "text/event-stream":
		for line := range strings.Lines(string(e)) {
			if data, ok := strings.CutPrefix(line, "data: {\""); ok {
				strictly(t, what, "Notice", []byte("{\""+data), new(FeedAdvisory))
			}
		}
	}
}

func strictly(t *testing.T, what, name string, e []byte, into any) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(e))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	c := jsonschema.NewCompiler()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(openAPI))
	if err == nil {
		err = c.AddResource("http://fairway.example/v1/openapi.json", doc)
	}
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(e))
	if err == nil {
		err = c.MustCompile("http://fairway.example/v1/openapi.json#/components/schemas/" + name).Validate(v)
	}
	if err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

// TestIndexLeadsSomewhere holds that each path at / is one that is described.
func TestIndexLeadsSomewhere(t *testing.T) {
	d := describe(t)
	var paths map[string]string
	if err := json.Unmarshal([]byte(index), &paths); err != nil {
		t.Fatal(err)
	}
	delete(paths, "service")
	for what, path := range paths {
		if _, ok := d.Paths[path]; !ok {
			t.Errorf("%s: %s is nowhere", what, path)
		}
	}
}

// TestJSONIsRefusedInItsOwnWords holds that the gate speaks to JSON as the decoder does: of no segment, and of its pointers.
func TestJSONIsRefusedInItsOwnWords(t *testing.T) {
	const leg = `{"carrier":"ZX","number":"410","origin":"DXB","departure":"2026-10-05T19:15"}`
	const who = `"travellers":[{"surname":"LINDQVIST","ref":"ZX1"}]`
	gate := journey.Gate{Departures: journey.DefaultWindow(), Carriers: journey.Carriers{{Code: "ZX"}}}
	for body, want := range map[string]string{
		`{"function":"gate_pass","legs":[` + leg + `],` + who + `}`: journey.GatePassRefused,
		`{` + who + `}`:          journey.NoLeg,
		`{"legs":[` + leg + `]}`: journey.NoTravellers,
		`{"legs":[` + strings.Replace(leg, `"ZX"`, `""`, 1) + `],` + who + `}`:                journey.NoDesignator,
		`{"legs":[` + strings.Replace(leg, `2026-10-05T19:15`, `later`, 1) + `],` + who + `}`: journey.NoDepartureDate,
		`{"legs":[` + strings.Replace(leg, `DXB`, ``, 1) + `],` + who + `}`:                   journey.NoOriginPort,
		`{"legs":[` + strings.Replace(leg, `2026-10-05`, `2025-10-05`, 1) + `],` + who + `}`:  journey.OutOfWindow,
		`{"legs":[` + strings.Replace(leg, `"ZX"`, `"QZ"`, 1) + `],` + who + `}`:              journey.NotYourLeg,
	} {
		messages, err := wire.Decode("", []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		at, _ := travel.LocalTime("2026-10-05T06:15").Time()
		notice, _ := journey.Present(event.Received{ID: "m", Carrier: "ZX", At: at.UnixMilli()}, messages, gate)
		if notice == nil || len(notice.Refused) == 0 || notice.Refused[0].Finding.Code != want {
			t.Errorf("%s: %+v", want, notice)
			continue
		}
		for _, f := range notice.Findings {
			for _, word := range []string{"TDT", "LOC", "DTM", "NAD", "NAT", "DOC", "ATT", "segment", "interchange", "PAXLST", "UN"} {
				if strings.Contains(strings.ReplaceAll(f.Text, "UN/LOCODE", ""), word) || strings.Contains(f.Tag, word) {
					t.Errorf("%s says %s: %+v", f.Code, word, f)
				}
			}
		}
	}
}
