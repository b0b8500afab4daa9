package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"fairway/pkg/cusres"
	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
	"fairway/pkg/travel"
)

// memory takes records as Kafka does, or fails as it does when it is away.
type memory struct {
	records []stream.Out
	away    error
}

func (m *memory) Produce(_ context.Context, outs ...stream.Out) error {
	if m.away == nil {
		m.records = append(m.records, outs...)
	}
	return m.away
}

func (*memory) Close() {}

// remembers gives an offline gateway a producer that fails with away.
func (s *Service) remembers(away error) *memory {
	m := &memory{away: away}
	s.producer, s.work = m, context.Background()
	for _, c := range s.carriers {
		c.Deadline = time.Minute
	}
	return m
}

// receipts are what of records are receipts, as "index.version by".
func (m *memory) receipts(t *testing.T) (all []string) {
	t.Helper()
	for _, r := range m.records {
		var a event.Acknowledged
		if err := event.Decode(r.Value, &a); err != nil || r.Topic != event.TopicAcknowledged {
			t.Fatalf("%+v, %v", r, err)
		}
		if a.Carrier != "ZX" || a.Message != messageID || a.Leg != "ZX-410-DXB-2026-10-05" || r.Key != string(a.Leg) || a.At != 1791214800000 {
			t.Errorf("%s: %s", r.Key, r.Value)
		}
		all = append(all, fmt.Sprintf("%d.%d %s", a.Index, a.Version, a.By))
	}
	return all
}

// toldToZX is what that carrier was told: a change of the first traveller, nothing but the default of the second, and that it
// was a message.
func toldToZX() []event.Advisory {
	all := changed()
	other := all[0]
	other.Index, other.Version, other.Unscreened = 2, 0, true
	return append(all, other, event.Advisory{Message: all[0].Message, Kind: event.KindMessage})
}

// ackOf is the body that acknowledges one advisory.
func ackOf(message string, index, version int) string {
	return fmt.Sprintf(`{"advisories":[{"message_id":%q,"index":%d,"version":%d}]}`, message, index, version)
}

// TestAcknowledgedByHTTP holds the answer to each kind of request, what is on record after it, and what is counted.
func TestAcknowledgedByHTTP(t *testing.T) {
	synctest.Test(t, acknowledgedByHTTP)
}

func acknowledgedByHTTP(t *testing.T) {
	many := func(n int) string {
		return `{"advisories":[` + strings.TrimSuffix(strings.Repeat(`{"message_id":"`+messageID+`","index":1,"version":2},`, n), ",") + `]}`
	}
	two := strings.Replace(ackOf(messageID, 1, 2), "]}", `,{"message_id":"`+messageID+`","index":9,"version":1}]}`, 1)
	missing := errors.New("no broker")
	for name, c := range map[string]struct {
		key, body string
		away      error
		status    int
		n         int    // acknowledged
		codes     string // of the errors
		receipts  string // on record
		counted   string // results
	}{
		"known":                    {"key-ZX", ackOf(messageID, 1, 2), nil, 200, 1, "", "1.2 http", "acknowledged"},
		"twice in one request":     {"key-ZX", many(2), nil, 200, 2, "", "1.2 http, 1.2 http", "acknowledged acknowledged"},
		"an older version":         {"key-ZX", ackOf(messageID, 1, 1), nil, 200, 1, "", "1.1 http", "acknowledged"},
		"a default":                {"key-ZX", ackOf(messageID, 2, 0), nil, 200, 1, "", "2.0 http", "acknowledged"},
		"some":                     {"key-ZX", two, nil, 200, 1, "not_found", "1.2 http", "acknowledged unknown"},
		"nobody of that place":     {"key-ZX", ackOf(messageID, 9, 1), nil, 422, 0, "not_found", "", "unknown"},
		"an unknown message":       {"key-ZX", ackOf("00112233445566778899aabbccddeeff", 1, 2), nil, 422, 0, "not_found", "", "unknown"},
		"another carrier's":        {"key-QZ", ackOf(messageID, 1, 2), nil, 422, 0, "not_found", "", "unknown"},
		"another's, never told":    {"key-QZ", ackOf(messageID, 1, 7), nil, 422, 0, "not_found", "", "unknown"},
		"never told":               {"key-ZX", ackOf(messageID, 1, 3), nil, 422, 0, "unknown_version", "", "unknown"},
		"the default of a decided": {"key-ZX", ackOf(messageID, 1, 0), nil, 422, 0, "unknown_version", "", "unknown"},
		"a negative version":       {"key-ZX", ackOf(messageID, 1, -1), nil, 422, 0, "unknown_version", "", "unknown"},
		"no version":               {"key-ZX", `{"advisories":[{"message_id":"` + messageID + `","index":2}]}`, nil, 422, 0, "unknown_version", "", "unknown"},
		"a notice":                 {"key-ZX", ackOf(messageID, 0, 0), nil, 422, 0, "no_traveller", "", "refused"},
		"a notice of nothing":      {"key-QZ", ackOf("none", 0, 0), nil, 422, 0, "no_traveller", "", "refused"},
		"a negative index":         {"key-ZX", ackOf(messageID, -1, 1), nil, 422, 0, "no_traveller", "", "refused"},
		"as many as may be":        {"key-ZX", many(1000), nil, 200, 1000, "", strings.TrimSuffix(strings.Repeat("1.2 http, ", 1000), ", "), strings.TrimSpace(strings.Repeat("acknowledged ", 1000))},
		"one more":                 {"key-ZX", many(1001), nil, 413, 0, "too_many", "", "refused"},
		"too large":                {"key-ZX", ackOf(messageID, 1, 2) + strings.Repeat(" ", 256<<10), nil, 413, 0, "too_large", "", "refused"},
		"none":                     {"key-ZX", `{"advisories":[]}`, nil, 400, 0, "empty", "", "refused"},
		"nothing":                  {"key-ZX", ``, nil, 400, 0, "bad_json", "", "refused"},
		"a word":                   {"key-ZX", `LINDQVIST`, nil, 400, 0, "bad_json", "", "refused"},
		"an unknown field":         {"key-ZX", strings.Replace(ackOf(messageID, 1, 2), `"index"`, `"LINDQVIST":1,"index"`, 1), nil, 400, 0, "bad_json", "", "refused"},
		"nested":                   {"key-ZX", `{"advisories":` + strings.Repeat("[", 1000), nil, 400, 0, "bad_json", "", "refused"},
		"of another type":          {"key-ZX", strings.Replace(ackOf(messageID, 1, 2), `:1,`, `:"LINDQVIST",`, 1), nil, 400, 0, "bad_json", "", "refused"},
		"Kafka away":               {"key-ZX", two, missing, 503, 0, "not_stored", "", "not_stored unknown"},
		"nothing for Kafka":        {"key-ZX", ackOf(messageID, 9, 1), missing, 422, 0, "not_found", "", "unknown"},
		"a name for a message":     {"key-ZX", ackOf("LINDQVIST", 1, 1), nil, 422, 0, "not_found", "", "unknown"},
	} {
		var log bytes.Buffer
		s := offline(t, &log, toldToZX()...)
		m := s.remembers(c.away)
		w := ask(s, "POST", "/v1/advisories/ack", c.key, "", c.body)
		var got struct {
			Acknowledged int
			Errors       []struct{ Code, Text string }
		}
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != c.status || got.Acknowledged != c.n {
			t.Errorf("%s: %d %s, %v", name, w.Code, w.Body, err)
		}
		var codes []string
		for _, e := range got.Errors {
			codes = append(codes, e.Code)
			if e.Text == "" {
				t.Errorf("%s: %s without a remedy", name, e.Code)
			}
		}
		if diff := cmp.Diff(c.codes, strings.Join(codes, " ")); diff != "" {
			t.Errorf("%s: codes (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(c.receipts, strings.Join(m.receipts(t), ", ")); diff != "" {
			t.Errorf("%s: on record (-want +got):\n%s", name, diff)
		}
		carrier := strings.TrimPrefix(c.key, "key-")
		for _, result := range []string{"acknowledged", "not_found", "not_stored", "refused", "unknown"} {
			want := 0
			for word := range strings.FieldsSeq(c.counted) {
				if word == result {
					want++
				}
			}
			if n := testutil.ToFloat64(s.metrics.acks.WithLabelValues(carrier, result)); n != float64(want) {
				t.Errorf("%s: counted %v as %s, want %d", name, n, result, want)
			}
		}
		for _, private := range []string{"LINDQVIST", "ZX410000017", "K7QX2M"} {
			if strings.Contains(w.Body.String()+log.String(), private) {
				t.Errorf("%s: %s in %s or %s", name, private, w.Body, log.String())
			}
		}
		if c.status == 503 && w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: does not say when to send it again", name)
		}
	}
}

// TestTheSameReceiptAgain holds that who acknowledges again, later and the other way, writes the receipt of the same version
// again, and that nobody is told of an error.
func TestTheSameReceiptAgain(t *testing.T) {
	s := offline(t, new(bytes.Buffer), changed()...)
	m := s.remembers(nil)
	first := ask(s, "POST", "/v1/advisories/ack", "key-ZX", "", ackOf(messageID, 1, 2)).Body.String()
	s.deps.Now = func() time.Time { return time.Date(2026, 10, 5, 15, 41, 0, 0, time.UTC) }
	second := ask(s, "POST", "/v1/advisories/ack", "key-ZX", "", ackOf(messageID, 1, 2)).Body.String()
	if first != second || first != `{"acknowledged":1,"errors":[]}`+"\n" || len(m.records) != 2 {
		t.Fatalf("%s, then %s: %d on record", first, second, len(m.records))
	}
	var one, two event.Acknowledged
	if err := errors.Join(event.Decode(m.records[0].Value, &one), event.Decode(m.records[1].Value, &two)); err != nil {
		t.Fatal(err)
	}
	if one.At >= two.At {
		t.Errorf("at %d, then %d", one.At, two.At)
	}
	if one.At = two.At; one != two || m.records[0].Key != m.records[1].Key {
		t.Errorf("%+v, then %+v", one, two)
	}
}

// TestAnotherCarriersIsNone holds that the answer about another carrier's advisory is that about none, to the letter.
func TestAnotherCarriersIsNone(t *testing.T) {
	s := offline(t, new(bytes.Buffer), changed()...)
	s.remembers(nil)
	empty := offline(t, new(bytes.Buffer))
	empty.remembers(nil)
	ref := changeReference(&changed()[1])
	for path, body := range map[string]string{"/v1/advisories/ack": ackOf(messageID, 1, 2), "/v1/messages": acknowledgement(ref, nil)} {
		anothers, none := ask(s, "POST", path, "key-QZ", "", body), ask(empty, "POST", path, "key-QZ", "", body)
		if anothers.Code != none.Code || anothers.Body.String() != none.Body.String() || !strings.Contains(none.Body.String(), "not_found") {
			t.Errorf("%s: %d %s, of none %d %s", path, anothers.Code, anothers.Body, none.Code, none.Body)
		}
	}
}

// acknowledgement is a CUSRES 312 under a reference.
func acknowledgement(reference string, change func(*cusres.Reply)) string {
	r := cusres.Reply{Code: cusres.Acknowledged, Reference: reference, Sender: "ZXIAPI", Recipient: "XXGOV", Control: "4720",
		At: "2026-10-05T15:41", Leg: changed()[1].Leg, Answers: []cusres.Answer{{Ref: "ZX410000017", Outcome: travel.NoBoard, Code: "1Z"}}}
	if change != nil {
		change(&r)
	}
	return string(cusres.Encode(nil, &r, cusres.Profile{}))
}

// TestAcknowledgedByCUSRES holds which 312 is on record as a receipt, by its reference.
func TestAcknowledgedByCUSRES(t *testing.T) {
	const name = "FAX7FSZCAHXNYU5UESD53LGLBU"
	for reference, want := range map[string]string{
		name + "-1-2": "1.2 cusres", name + "-1-1": "1.1 cusres", name + "-2-0": "2.0 cusres",
		name + "-1-3": "unknown_version", name + "-2-1": "unknown_version",
		name + "-9-1": "not_found", name + "-0-0": "not_found", name: "not_found", name + "-1": "not_found", name + "-1-2-3": "not_found",
		name + "-+1-2": "not_found", name + "-x-2": "not_found", name + "-1-x": "not_found", "lower-1-2": "not_found", "-1-2": "not_found",
	} {
		s := offline(t, new(bytes.Buffer), toldToZX()...)
		m := s.remembers(nil)
		w := ask(s, "POST", "/v1/messages", "key-ZX", "", acknowledgement(reference, nil))
		got := strings.Join(m.receipts(t), " ")
		var a Answer
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil || w.Code != http.StatusOK || a.Status != statusAcknowledged {
			t.Errorf("%s: %d %s, %v", reference, w.Code, w.Body, err)
		}
		for _, f := range a.Errors {
			got += f.Code
		}
		if got != want {
			t.Errorf("%s: %s, want %s", reference, got, want)
		}
	}
}

// TestA312WithoutACodeIsAReceipt holds that only a code says that the carrier could not place the person: the published
// example has none.
func TestA312WithoutACodeIsAReceipt(t *testing.T) {
	const head, tail = "UNB+UNOA:4+ZXIAPI:ZZ+XXGOV:ZZ+261005:1540+4720'UNH+1+CUSRES:D:05B:UN:IATA'BGM+312'RFF+TN:FAX7FSZCAHXNYU5UESD53LGLBU-1-2'RFF+AF:ZX410'", "+1'UNZ+1+4720'"
	for said, want := range map[string]string{"": "1.2 cusres", "ERP+1'": "1.2 cusres", "ERP+1'ERC+0'": "1.2 cusres", "ERP+1'ERC+118'": "", "ERP+1'ERC+1'": ""} {
		s := offline(t, new(bytes.Buffer), changed()...)
		m := s.remembers(nil)
		if w := ask(s, "POST", "/v1/messages", "key-ZX", "", head+said+"UNT+"+strconv.Itoa(5+strings.Count(said, "'"))+tail); w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", said, w.Code, w.Body)
		}
		isReceived(t, m, want)
	}
}

// TestA312IsAnsweredWhenItIsOnRecord holds what a carrier is told whose 312 could not be stored or is refused, and that nothing of
// it is on record then.
func TestA312IsAnsweredWhenItIsOnRecord(t *testing.T) {
	synctest.Test(t, a312IsAnsweredWhenItIsOnRecord)
}

func a312IsAnsweredWhenItIsOnRecord(t *testing.T) {
	reference := changeReference(&changed()[1])
	one := acknowledgement(reference, nil)
	answer := acknowledgement(reference, func(r *cusres.Reply) { r.Code = cusres.Answered })
	for name, c := range map[string]struct {
		body   string
		away   error
		status int
		code   string
	}{
		"Kafka away": {one, errors.New("no broker"), 503, "not_stored"},
		"too many":   {strings.Repeat(one, 1001), nil, 413, "too_many"},
		"one wrong":  {one + answer, nil, 422, "unknown_function"},
		"miscounted": {regexp.MustCompile(`UNT.\d+`).ReplaceAllString(one, "UNT+13"), nil, 422, "count_unt"},
	} {
		s := offline(t, new(bytes.Buffer), changed()...)
		m := s.remembers(c.away)
		w := ask(s, "POST", "/v1/messages", "key-ZX", "", c.body)
		if w.Code != c.status || !strings.Contains(w.Body.String(), `"code":"`+c.code+`"`) || len(m.records) > 0 {
			t.Errorf("%s: %d %s, %d on record", name, w.Code, w.Body, len(m.records))
		}
	}
}

// TestReceiptsAreStored holds that 200 means that the receipt lies on its topic, with the trace of the request.
func TestReceiptsAreStored(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, stack *streamtest.Stack) {
		stack.CreateTopics(t)
		s := offline(t, new(bytes.Buffer), changed()...).produces(t, stack.Kafka)
		for _, c := range s.carriers {
			c.Deadline = 30 * time.Second
		}
		if w := ask(s, "POST", "/v1/advisories/ack", "key-ZX", "", ackOf(messageID, 1, 2)); w.Code != http.StatusOK {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		found := 0
		err := stream.ReadTopic(t.Context(), stack.Kafka, event.TopicAcknowledged, time.Time{}, func(r stream.Record) error {
			if meta := event.ReadMeta(r.Headers); meta.Message == messageID && meta.Carrier == "ZX" && meta.Index == 1 {
				found++
			}
			return nil
		}, slog.New(slog.DiscardHandler))
		if err != nil || found != 1 {
			t.Errorf("%d records, %v", found, err)
		}
	})
}
