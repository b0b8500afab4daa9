package gateway

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"fairway/pkg/access"
	"fairway/pkg/cusres"
	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/travel"
	"fairway/services/gateway/window"
)

// offline is a gateway without streams, whose window holds what a test puts there.
func offline(t testing.TB, log *bytes.Buffer, advisories ...event.Advisory) *Service {
	t.Helper()
	s := &Service{cfg: Config{Address: "XXGOV", MaxBody: 1 << 20}, window: window.New(1 << 20), metrics: newMetrics(prometheus.NewRegistry()),
		slots: make(chan struct{}, 1), streams: make(chan struct{}, 1),
		deps: Deps{Log: slog.New(slog.NewTextHandler(log, nil)), Now: func() time.Time { return time.Date(2026, 10, 5, 15, 40, 0, 0, time.UTC) }}}
	all := journey.Carriers{{Code: "ZX", Key: "key-ZX"}, {Code: "QZ", Key: "key-QZ"}}
	var err error
	if s.keys, err = access.NewKeys("carrier", owners(all)); err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		s.carriers = append(s.carriers, prepare(c))
	}
	for i, a := range advisories {
		s.receives(t, advisoryAt(t, "ZX", a.Message.ID, 0, int64(i), a))
	}
	return s
}

func ask(s *Service, method, url, key, accept, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:4711"
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Accept", accept)
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return w
}

const messageID = "282ff2cb2201eedc53b42487ddaccb0d"

func changed() []event.Advisory {
	leg := travel.Leg{Carrier: "ZX", Number: "410", Origin: "DXB", Destination: "LHR", Departure: "2026-10-05T19:15", Arrival: "2026-10-05T23:45"}
	head := event.Message{ID: messageID, Carrier: "ZX", Reference: "ZXQ0000004411", Sender: "ZXIAPI", Recipient: "XXGOV", Of: 1}
	return []event.Advisory{
		{Message: head, Leg: leg, Index: 1, Locator: "K7QX2M", Ref: "ZX410000017", Outcome: travel.Board, Version: 1},
		{Message: head, Leg: leg, Index: 1, Locator: "K7QX2M", Ref: "ZX410000017", Outcome: travel.NoBoard, Version: 2, Unsolicited: true},
	}
}

// TestChangedAnswersAreSentAs132 holds the feed in EDIFACT against example C3 of the standards digest.
func TestChangedAnswersAreSentAs132(t *testing.T) {
	booking := event.Advisory{Message: event.Message{ID: messageID, Kind: travel.PNR}, Index: 2, Outcome: travel.Board, Version: 1}
	s := offline(t, new(bytes.Buffer), append(changed(), booking)...)
	w := ask(s, "GET", "/v1/advisories?wait=0", "key-ZX", typeEDIFACT, "")
	const name = "FAX7FSZCAHXNYU5UESD53LGLBU-1-2"
	flight := "RFF+AF:ZX410'DTM+189:2610051915:201'DTM+232:2610052345:201'LOC+125+DXB'LOC+87+LHR'ERP+2'RFF+AVF:K7QX2M'RFF+ABO:ZX410000017'"
	want := "UNB+UNOA:4+XXGOV:ZZ+ZXIAPI:ZZ+261005:1540+282FF2CB220000++IAPI'UNH+R1+CUSRES:D:05B:UN:IATA'BGM+962'RFF+TN:ZXQ0000004411'" + flight +
		"ERC+0Z'FTX+AAP+++OK TO BOARD'UNT+14+R1'UNZ+1+282FF2CB220000'" +
		"UNB+UNOA:4+XXGOV:ZZ+ZXIAPI:ZZ+261005:1540+282FF2CB220001++IAPI'UNH+R1+CUSRES:D:05B:UN:IATA'BGM+132'RFF+TN:" + name + "'" + flight +
		"ERC+1Z'UNT+13+R1'UNZ+1+282FF2CB220001'"
	if diff := cmp.Diff(strings.SplitAfter(want, "'"), strings.SplitAfter(w.Body.String(), "'")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(name) > 35 || w.Header().Get("Fairway-Cursor") == "" {
		t.Errorf("cursor %q", w.Header().Get("Fairway-Cursor"))
	}
	next := ask(s, "GET", "/v1/advisories?wait=0&after="+w.Header().Get("Fairway-Cursor"), "key-ZX", typeEDIFACT, "")
	if next.Code != http.StatusNoContent || next.Body.Len() != 0 {
		t.Errorf("after the cursor: %d %s", next.Code, next.Body)
	}
	if other := ask(s, "GET", "/v1/advisories?wait=0", "key-QZ", typeEDIFACT, ""); other.Body.Len() != 0 {
		t.Errorf("another carrier reads %s", other.Body)
	}
}

func TestAcknowledgements(t *testing.T) {
	reference := changeReference(&changed()[1])
	encode := func(change func(*cusres.Reply)) string { return acknowledgement(reference, change) }
	for name, c := range map[string]struct {
		key, body, result string
		status            int
		code, log         string // of the finding; a word of the log
	}{
		"echoed":                            {"key-ZX", encode(func(*cusres.Reply) {}), "acknowledged", 200, "", ""},
		"of nothing we sent":                {"key-ZX", encode(func(r *cusres.Reply) { r.Reference = "XXG26100500093" }), "unknown", 200, "not_found", ""},
		"of another carrier's":              {"key-QZ", encode(func(*cusres.Reply) {}), "unknown", 200, "not_found", ""},
		"person not found":                  {"key-ZX", encode(func(r *cusres.Reply) { r.Rejected = &cusres.Rejection{Code: cusres.NotFound} }), "not_found", 200, "", "cannot find"},
		"an answer, not an acknowledgement": {"key-ZX", encode(func(r *cusres.Reply) { r.Code = cusres.Answered }), "refused", 422, "unknown_function", ""},
	} {
		var log bytes.Buffer
		s := offline(t, &log, changed()...)
		m := s.remembers(nil)
		w := ask(s, "POST", "/v1/messages", c.key, "", c.body)
		if w.Code != c.status || !strings.Contains(w.Body.String(), `"code":"`+c.code) && c.code != "" || c.code == "" && strings.Contains(w.Body.String(), `"code"`) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		carrier := strings.TrimPrefix(c.key, "key-")
		if n := testutil.ToFloat64(s.metrics.acks.WithLabelValues(carrier, c.result)); n != 1 {
			t.Errorf("%s: counted %v as %s", name, n, c.result)
		}
		if recorded := len(m.records) == 1; recorded != (c.result == "acknowledged") { // who does not find the person has stopped nobody
			t.Errorf("%s: %d on record", name, len(m.records))
		}
		if !strings.Contains(log.String(), c.log) || strings.Contains(log.String(), "ZX410000017") {
			t.Errorf("%s: log %s", name, log.String())
		}
	}
	s := offline(t, new(bytes.Buffer))
	if w := ask(s, "POST", "/v1/messages", "key-ZX", "", "UNB+UNOA:4'UNH+1+CUSRES:D:05B'BGM+312'"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "truncated") {
		t.Errorf("cut off: %d %s", w.Code, w.Body)
	}
}
