package curator

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"
	"github.com/segmentio/encoding/json"

	"fairway/pkg/access"
	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
	"fairway/pkg/travel"
)

// twoOfficers is a curator without streams, that two officers may use.
func twoOfficers(t *testing.T, log io.Writer) *Service {
	t.Helper()
	s := &Service{cfg: Config{MaxPending: 1, PendingFor: time.Hour, MaxBody: 1 << 20}, outcomes: newOutcomes(),
		deps: Deps{Log: slog.New(slog.NewTextHandler(log, nil)), Now: func() time.Time { return time.Date(2026, 10, 5, 12, 0, 0, 0, time.UTC) }}}
	m := &memory{records: map[string][]stream.Record{}}
	s.topics = m
	s.proposes(m)
	client := redis.NewClient(&redis.Options{})
	t.Cleanup(func() { client.Close() })
	s.projector = newProjector(client, "x:")
	s.metrics = newMetrics(prometheus.NewRegistry(), s)
	var err error
	if s.keys, err = access.NewKeys("officer", owners([]Officer{{Name: "anna", Key: "key-anna"}, {Name: "otto", Key: "key-otto"}})); err != nil {
		t.Fatal(err)
	}
	return s
}

func post(ctx context.Context, s *Service, url, key, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(ctx, "POST", url, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:4711"
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}

func TestConfirmationsAreChecked(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Confirmation)
		want   string // a word of what is said; "" when it is taken
	}{
		"as it should be":     {func(*Confirmation) {}, ""},
		"no leg":              {func(c *Confirmation) { c.Leg = "" }, "leg, message_id and index"},
		"no message":          {func(c *Confirmation) { c.Message = "" }, "leg, message_id and index"},
		"no index":            {func(c *Confirmation) { c.Index = 0 }, "leg, message_id and index"},
		"an index below":      {func(c *Confirmation) { c.Index = -1 }, "leg, message_id and index"},
		"no reason":           {func(c *Confirmation) { c.Reason = "" }, "give the reason"},
		"a blank reason":      {func(c *Confirmation) { c.Reason = " \t\n" }, "give the reason"},
		"the longest reason":  {func(c *Confirmation) { c.Reason = strings.Repeat("r", 500) }, ""},
		"too long a reason":   {func(c *Confirmation) { c.Reason = strings.Repeat("r", 501) }, "more than 500"},
		"withdrawn, no entry": {func(c *Confirmation) { c.Withdraw, c.Entry = true, "" }, ""},
	} {
		x := Confirmation{Leg: "ZX-410-DXB-2026-10-05", Message: "m1", Index: 1, Entry: "l/E1", Reason: "seen in person"}
		c.change(&x)
		if got := x.check(); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestClearancesAreChecked holds that a clearance is of one person who can be found, and says so when it is not.
func TestClearancesAreChecked(t *testing.T) {
	type document = travel.Document
	for name, c := range map[string]struct {
		change func(*ClearanceRequest)
		want   string // a word of what is said, or the nationality and issuers of the entry
	}{
		"as it should be":         {func(*ClearanceRequest) {}, "SWE SWE"},
		"no reason":               {func(c *ClearanceRequest) { c.Reason = " " }, "give the reason"},
		"too long a reason":       {func(c *ClearanceRequest) { c.Reason = strings.Repeat("r", 501) }, "give the reason"},
		"no surname":              {func(c *ClearanceRequest) { c.Surname = "" }, "surname and the whole birth date"},
		"no birth date":           {func(c *ClearanceRequest) { c.Birth = "" }, "surname and the whole birth date"},
		"a birth year":            {func(c *ClearanceRequest) { c.Birth = "1987" }, "surname and the whole birth date"},
		"no such day":             {func(c *ClearanceRequest) { c.Birth = "1987-02-30" }, "surname and the whole birth date"},
		"no nationality":          {func(c *ClearanceRequest) { c.Nationality = "" }, "nationality as three letters"},
		"an unknown nationality":  {func(c *ClearanceRequest) { c.Nationality = "QQQ" }, "nationality as three letters"},
		"nationality in letters":  {func(c *ClearanceRequest) { c.Nationality = "se" }, "SWE SWE"},
		"an issuer in letters":    {func(c *ClearanceRequest) { c.Documents[0].Issuer = "FI" }, "SWE FIN"},
		"a document of nobody":    {func(c *ClearanceRequest) { c.Documents[0].Issuer = "" }, "issuer of each document"},
		"a second one of nobody":  {func(c *ClearanceRequest) { c.Documents = append(c.Documents, document{Type: "P", Number: "X7"}) }, "issuer of each document"},
		"a redress number":        {func(c *ClearanceRequest) { c.Documents = []document{{Type: "REDRESS", Number: "1234567"}} }, "SWE "},
		"by name alone":           {func(c *ClearanceRequest) { c.Documents = nil }, "a name and a birth date are the listed person's too"},
		"a number that says less": {func(c *ClearanceRequest) { c.Documents[0].Number = "X1" }, "a name and a birth date are the listed person's too"},
		"born tomorrow":           {func(c *ClearanceRequest) { c.Birth = "2026-10-06" }, "in the future"},
		"until yesterday":         {func(c *ClearanceRequest) { c.ValidUntil = "2026-10-04" }, "valid_until is past"},
		"until today":             {func(c *ClearanceRequest) { c.ValidUntil = "2026-10-05" }, "SWE SWE"},
		"until a day":             {func(c *ClearanceRequest) { c.ValidUntil = "2027-10-05" }, "SWE SWE"},
		"until a month":           {func(c *ClearanceRequest) { c.ValidUntil = "2027-10" }, "valid_until as YYYY-MM-DD"},
		"until some time":         {func(c *ClearanceRequest) { c.ValidUntil = "soon" }, "valid_until as YYYY-MM-DD"},
	} {
		x := ClearanceRequest{Surname: "LUND", Given: "ODA", Birth: "1987-03-12", Nationality: "SWE", Reason: "not the listed one",
			Documents: []document{{Type: "P", Issuer: "SWE", Number: "X9012345"}}}
		c.change(&x)
		e, err := x.entry("anna", "2026-10-05")
		if err != nil {
			if !strings.Contains(err.Error(), c.want) || e.ID != "" {
				t.Errorf("%s: %v, want %q", name, err, c.want)
			}
			continue
		}
		got := string(e.Nationality)
		for _, d := range e.Documents {
			got += " " + string(d.Issuer)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		want := travel.ListEntry{ID: e.ID, List: "redress", Category: "redress", Action: travel.ActClear, Surname: x.Surname, Given: x.Given, Birth: x.Birth,
			Nationality: "SWE", Documents: x.Documents, ValidUntil: x.ValidUntil, Caveat: x.Reason}
		if diff := cmp.Diff(want, e); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestClearancesHaveAnIDOfTheirOwn holds that the same clearance is the same entry, and another person or officer another.
func TestClearancesHaveAnIDOfTheirOwn(t *testing.T) {
	id := func(officer string, number travel.Number) string {
		t.Helper()
		c := ClearanceRequest{Surname: "LUND", Birth: "1987-03-12", Nationality: "SWE", Reason: "r", Documents: []travel.Document{{Type: "P", Issuer: "SWE", Number: number}}}
		e, err := c.entry(officer, "2026-10-05")
		if err != nil {
			t.Fatal(err)
		}
		return e.ID
	}
	first := id("anna", "X9012345")
	if first != id("anna", "X 901-2345") || first == id("anna", "X9012346") || first == id("otto", "X9012345") || len(first) != len("C-")+12 {
		t.Errorf("id %s", first)
	}
}

// TestBodiesAreReadStrictly holds the bounds of an officer's request, and that no error repeats what was in it.
func TestBodiesAreReadStrictly(t *testing.T) {
	deep := func(n int) string {
		return `{"documents":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}`
	}
	padded := func(n int) string {
		return `{"surname":"LINDQVIST"}` + strings.Repeat(" ", n-len(`{"surname":"LINDQVIST"}`))
	}
	for name, c := range map[string]struct {
		body, want string // a word of the error; "" when it is read
	}{
		"as it should be":     {`{"surname":"LINDQVIST"}` + " \r\n\t", ""},
		"as large as may be":  {padded(mostCaseBody), ""},
		"a byte more":         {padded(mostCaseBody + 1), "larger than 16384 bytes"},
		"nested":              {deep(31), "not the JSON this takes"}, // deep enough to look at, and not a document
		"nested too deep":     {deep(32), "nested too deep"},
		"empty":               {"", "not the JSON this takes"},
		"cut off":             {`{"surname":"LINDQVIST`, "not the JSON this takes"},
		"not JSON":            {`LINDQVIST`, "not the JSON this takes"},
		"of the wrong type":   {`{"surname":["LINDQVIST"]}`, "not the JSON this takes"},
		"an unknown field":    {`{"surname":"LUND","LINDQVIST":1}`, "not the JSON this takes"},
		"a field by its case": {`{"Surname":"LINDQVIST"}`, "not the JSON this takes"},
		"two objects":         {`{"surname":"LUND"}{"surname":"LINDQVIST"}`, "not the JSON this takes"},
		"a word after it":     {`{"surname":"LUND"} LINDQVIST`, "not the JSON this takes"},
	} {
		var into ClearanceRequest
		err := readBody(httptest.NewRecorder(), httptest.NewRequest("POST", "/", strings.NewReader(c.body)), &into)
		switch {
		case (err == nil) != (c.want == ""):
			t.Errorf("%s: %v, want %q", name, err, c.want)
		case err == nil:
			if into.Surname != "LINDQVIST" {
				t.Errorf("%s: read as something else", name)
			}
		case !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "LINDQVIST"):
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

const (
	confirmation = `{"leg":"ZX-410-DXB-2026-10-05","message_id":"m1","index":1,"entry":"l/E1","reason":"seen in person"}`
	clearance    = `{"surname":"LINDQVIST","given":"ASTA","birth_date":"1987-03-12","nationality":"SE","documents":[{"type":"P","issuer":"SWE","number":"X9012345"}],"reason":"not the listed one"}`
)

// TestWhoMayConfirmAndClear holds what is refused before anything is recorded: there is no producer here.
func TestWhoMayConfirmAndClear(t *testing.T) {
	for name, c := range map[string]struct {
		url, key, body string
		status         int
		want           string // of the answer
	}{
		"a confirmation, no key":          {"/v1/confirmations", "", confirmation, 401, "officer's key"},
		"a confirmation, a carrier's key": {"/v1/confirmations", "demo-carrier-key", confirmation, 401, "officer's key"},
		"a confirmation, bad JSON":        {"/v1/confirmations", "key-anna", `{"leg":`, 422, `"status":"refused","error":"the body is not the JSON`},
		"a confirmation, no reason":       {"/v1/confirmations", "key-anna", strings.Replace(confirmation, "seen in person", "", 1), 422, `"status":"refused","error":"give the reason`},
		"a confirmation of nobody":        {"/v1/confirmations", "key-anna", `{"reason":"r"}`, 422, `"status":"refused","error":"give leg`},
		"a clearance, no key":             {"/v1/clearances", "", clearance, 401, "officer's key"},
		"a clearance, a carrier's key":    {"/v1/clearances", "demo-carrier-key", clearance, 401, "officer's key"},
		"a clearance, bad JSON":           {"/v1/clearances", "key-anna", `{"surname":`, 422, "not the JSON"},
		"a clearance, no reason":          {"/v1/clearances", "key-anna", strings.Replace(clearance, "not the listed one", "", 1), 422, "give the reason"},
		"a clearance":                     {"/v1/clearances", "key-anna", clearance, 201, `"entries":1`},
	} {
		var log bytes.Buffer
		s := twoOfficers(t, &log)
		w := post(t.Context(), s, c.url, c.key, c.body)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) || strings.Contains(w.Body.String()+log.String(), "LINDQVIST") {
			t.Errorf("%s: %d %s, log %s", name, w.Code, w.Body, log.String())
		}
		if c.status == 401 && w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: nobody is asked for a key", name)
		}
		if len(s.outcomes.waiting) != 0 || (s.waiting() == 1) != (c.status == 201) {
			t.Errorf("%s: %d wait, %d submitted", name, len(s.outcomes.waiting), s.waiting())
		}
	}
}

// TestClearancesNeedTwoPeople holds that a clearance is approved by another, and that it is said when too many wait.
func TestClearancesNeedTwoPeople(t *testing.T) {
	s := twoOfficers(t, new(bytes.Buffer))
	var got Receipt
	if err := json.Unmarshal(post(t.Context(), s, "/v1/clearances", "key-anna", clearance).Body.Bytes(), &got); err != nil || got.Submission == "" || got.Entries != 1 {
		t.Fatalf("%+v %v", got, err)
	}
	if w := post(t.Context(), s, "/v1/watchlist/submissions/"+got.Submission+"/approve", "key-anna", ""); w.Code != http.StatusForbidden {
		t.Errorf("anna approved her own: %d", w.Code)
	}
	sub, _ := s.proposals.Get(got.Submission)
	if len(sub.Entries) != 1 || sub.By != "anna" || sub.Entries[0].Action != travel.ActClear || sub.Entries[0].Nationality != "SWE" {
		t.Errorf("by %s", sub.By)
	}
	if w := post(t.Context(), s, "/v1/watchlist/submissions/"+got.Submission+"/approve", "key-otto", ""); w.Code != http.StatusOK {
		t.Errorf("otto: %d %s", w.Code, w.Body)
	}
	for _, want := range []int{http.StatusCreated, http.StatusServiceUnavailable} { // one may wait
		if w := post(t.Context(), s, "/v1/clearances", "key-anna", clearance); w.Code != want {
			t.Errorf("%d, want %d: %s", w.Code, want, w.Body)
		}
	}
}

// caseRecord is a case event as it lies on the topic.
func caseRecord(t *testing.T, e event.CaseEvent) stream.Record {
	t.Helper()
	e.V = 1
	r, err := e.Record()
	if err != nil {
		t.Fatal(err)
	}
	return stream.Record{Topic: r.Topic, Value: r.Value}
}

// TestOutcomesAreHandedOverOnce holds that what came of a confirmation goes to whoever waits for it, once, and that
// nothing is kept for those who do not wait.
func TestOutcomesAreHandedOverOnce(t *testing.T) {
	came := func(id, kind, entry string) stream.Record {
		return caseRecord(t, event.CaseEvent{ID: id, Kind: kind, Entry: entry})
	}
	for name, c := range map[string]struct {
		recs []stream.Record
		want string // entry handed over to the waiting "a"; "" when it waits on
	}{
		"applied":            {[]stream.Record{came("a", event.CaseApplied, "1")}, "1"},
		"refused":            {[]stream.Record{came("a", event.CaseRefused, "1")}, "1"},
		"twice":              {[]stream.Record{came("a", event.CaseApplied, "1"), came("a", event.CaseApplied, "2")}, "1"},
		"its own event":      {[]stream.Record{came("a", event.CaseConfirm, "1"), came("a", event.CaseWithdraw, "2")}, ""},
		"another's":          {[]stream.Record{came("b", event.CaseApplied, "1")}, ""},
		"after what is none": {[]stream.Record{{Value: []byte("{")}, {}, came("a", event.CaseApplied, "3")}, "3"},
	} {
		o := newOutcomes()
		wait := o.await("a")
		if err := o.apply(t.Context(), c.recs); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var got []string
		for len(wait) > 0 {
			got = append(got, (<-wait).Entry)
		}
		if s := strings.Join(got, " "); s != c.want || (len(o.waiting) == 0) != (c.want != "") {
			t.Errorf("%s: handed over %q, want %q; %d wait", name, s, c.want, len(o.waiting))
		}
		o.forget("a")
		if len(o.waiting) != 0 {
			t.Errorf("%s: not forgotten", name)
		}
		if err := o.apply(t.Context(), []stream.Record{came("a", event.CaseApplied, "late")}); err != nil || len(wait) != 0 || len(o.waiting) != 0 {
			t.Errorf("%s: what came late is kept, %v", name, err)
		}
	}
}

// TestOutcomesKeepTheirBytes holds that what is handed over does not change with the buffer it was read from.
func TestOutcomesKeepTheirBytes(t *testing.T) {
	o := newOutcomes()
	wait := o.await("a")
	rec := caseRecord(t, event.CaseEvent{ID: "a", Kind: event.CaseApplied, Entry: "l/E1"})
	if err := o.apply(t.Context(), []stream.Record{rec}); err != nil {
		t.Fatal(err)
	}
	for i := range rec.Value {
		rec.Value[i] = 'x'
	}
	if e := <-wait; e.Entry != "l/E1" {
		t.Errorf("entry %q", e.Entry)
	}
}

// lines is a log whose lines can be waited for.
type lines chan string

func (l lines) Write(p []byte) (int, error) {
	l <- string(p)
	return len(p), nil
}

// TestConfirmationsAreAnsweredWithWhatCameOfThem runs a confirmation through Kafka, where an advisor carries it out,
// refuses it, or is away.
func TestConfirmationsAreAnsweredWithWhatCameOfThem(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, stack *streamtest.Stack) {
		stack.CreateTopics(t)
		log := make(lines, 1)
		s := twoOfficers(t, log)
		var err error
		if s.producer, err = stream.NewProducer(stack.Kafka, slog.New(slog.DiscardHandler)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.producer.Close)
		recorded := make(chan event.CaseEvent, 1)
		advisor, err := stream.NewTail(stream.TailOptions{Config: stack.Kafka, Topic: event.TopicCase, Log: slog.New(slog.DiscardHandler),
			Each: func(ctx context.Context, recs []stream.Record) error {
				for i := range recs {
					var e event.CaseEvent
					if err := event.Decode(bytes.Clone(recs[i].Value), &e); err != nil {
						return err
					}
					select {
					case recorded <- e:
					case <-ctx.Done():
					}
				}
				return nil
			}})
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- advisor.Run(t.Context()) }()
		t.Cleanup(func() { advisor.Stop(); <-ended })

		base := event.CaseEvent{V: 1, Kind: event.CaseConfirm, Leg: "ZX-410-DXB-2026-10-05", Message: "m1", Index: 1, Entry: "l/E1", Officer: "anna",
			Reason: "seen in person", At: s.deps.Now().UnixMilli()}
		withdrawn, always := base, base
		withdrawn.Kind, always.Always = event.CaseWithdraw, true
		for name, c := range map[string]struct {
			body   string
			want   event.CaseEvent // on record, but for its id
			came   event.CaseEvent // no kind: the advisor is away
			status int
			answer Confirmed // but for its case
		}{
			"applied": {confirmation, base, event.CaseEvent{Kind: event.CaseApplied, Entry: "l/E1", Outcome: travel.NoBoard, Version: 2}, 200,
				Confirmed{Status: "applied", Entry: "l/E1", Advisory: travel.NoBoard, Version: 2}},
			"for later legs too": {strings.Replace(confirmation, `"index"`, `"always":true,"index"`, 1), always, event.CaseEvent{Kind: event.CaseApplied}, 200,
				Confirmed{Status: "applied"}},
			"withdrawn": {strings.Replace(confirmation, `"index"`, `"withdraw":true,"index"`, 1), withdrawn, event.CaseEvent{Kind: event.CaseApplied, Outcome: travel.Hold, Version: 3}, 200,
				Confirmed{Status: "applied", Advisory: travel.Hold, Version: 3}},
			"refused": {confirmation, base, event.CaseEvent{Kind: event.CaseRefused, Reason: "no such person"}, 409,
				Confirmed{Status: "refused", Error: "no such person"}},
			"nobody carries it out": {confirmation, base, event.CaseEvent{}, 202,
				Confirmed{Status: "waiting", Error: "on record, and not carried out yet: the carrier is still told what it was told. Telephone the carrier if it cannot wait"}},
		} {
			ctx, cancel := context.WithCancel(t.Context()) // an officer who gives up stands for one whose 5 s are over
			answered := make(chan *httptest.ResponseRecorder, 1)
			go func() { answered <- post(ctx, s, "/v1/confirmations", "key-anna", c.body) }()
			var e event.CaseEvent
			select {
			case line := <-log: // written when it is on record
				if strings.Contains(line, "not recorded") {
					t.Fatalf("%s: logged %s", name, line)
				}
				if e = <-recorded; !strings.Contains(line, e.ID) || !strings.Contains(line, "officer=anna") || strings.Contains(line, "seen in person") {
					t.Errorf("%s: logged %s", name, line)
				}
			case w := <-answered:
				t.Fatalf("%s: answered before it was on record: %d %s", name, w.Code, w.Body)
			}
			c.want.ID = event.CaseID(&c.want)
			if diff := cmp.Diff(c.want, e); diff != "" {
				t.Errorf("%s: on record (-want +got):\n%s", name, diff)
			}
			if c.came.ID = e.ID; c.came.Kind == "" {
				cancel()
			} else if err := s.outcomes.apply(t.Context(), []stream.Record{caseRecord(t, c.came)}); err != nil {
				t.Fatal(err)
			}
			w := <-answered
			cancel()
			var got Confirmed
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != c.status {
				t.Errorf("%s: %d %s, %v", name, w.Code, w.Body, err)
			}
			c.answer.Case = e.ID
			if diff := cmp.Diff(c.answer, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
			if len(s.outcomes.waiting) != 0 {
				t.Errorf("%s: still waits", name)
			}
		}
	})
}

// TestConfirmationNotRecorded holds that nothing is said to be on record that is not.
func TestConfirmationNotRecorded(t *testing.T) {
	var log bytes.Buffer
	s := twoOfficers(t, &log)
	var err error
	if s.producer, err = stream.NewProducer(stream.DefaultConfig(event.BigTopics()), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	s.producer.Close() // as good as a broker that is away
	w := post(t.Context(), s, "/v1/confirmations", "key-anna", confirmation)
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "nothing has changed") || len(s.outcomes.waiting) != 0 {
		t.Errorf("%d %s, %d wait", w.Code, w.Body, len(s.outcomes.waiting))
	}
	if !strings.Contains(log.String(), "not recorded") || strings.Contains(log.String(), "seen in person") {
		t.Errorf("log %s", log.String())
	}
}
