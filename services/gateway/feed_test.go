package gateway

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/segmentio/encoding/json"

	"fairway/pkg/event"
	"fairway/pkg/travel"
	"fairway/services/gateway/window"
)

// said is what a page of CUSRES says: for each reply its function and codes, "962 1Z".
func said(text string) []string {
	var all []string
	for _, s := range strings.Split(text, "'") {
		switch e := strings.Split(s, "+"); e[0] {
		case "BGM":
			all = append(all, e[1])
		case "ERC":
			all[len(all)-1] += " " + e[1]
		}
	}
	return all
}

// TestWhatChangesAnAnswer holds what a carrier is told as a change, in the order of advisory.issued: whatever differs from
// what it was told before, the default of a deadline included, on whichever side of the decision that lies.
func TestWhatChangesAnAnswer(t *testing.T) {
	one := head("TN1", 1, false)
	decided := func(version int, o travel.Outcome) event.Advisory {
		a := boards(one, 1, "ZX1", "")
		a.Version, a.Outcome = version, o
		return a
	}
	fallback := func(o travel.Outcome) event.Advisory {
		a := decided(0, o)
		a.Unscreened = true
		return a
	}
	differs := func(a event.Advisory) event.Advisory { a.Unsolicited = true; return a }
	booking := func(a event.Advisory) event.Advisory {
		a.Message.Kind, a.Message.ID = travel.PNR, strings.Repeat("b", 32)
		return a
	}
	second := func(a event.Advisory) event.Advisory { a.Message.ID = strings.Repeat("2", 32); return a }
	another := func(a event.Advisory) event.Advisory { a.Index = 2; return a }
	for name, c := range map[string]struct {
		given []event.Advisory
		want  []string // in EDIFACT
		json  string   // "!" for unsolicited
	}{
		"an answer":                                {[]event.Advisory{decided(1, travel.Board)}, []string{"962 0Z"}, "board"},
		"a default":                                {[]event.Advisory{fallback(travel.Board)}, []string{"962 0T"}, "board"},
		"a default, and it is so":                  {[]event.Advisory{fallback(travel.Board), decided(1, travel.Board)}, []string{"962 0T", "962 0Z"}, "board board"},
		"a default, and it is not so":              {[]event.Advisory{fallback(travel.Board), decided(1, travel.NoBoard)}, []string{"962 0T", "132 1Z"}, "board no_board!"},
		"a default, and so another answer was not": {[]event.Advisory{fallback(travel.Board), differs(decided(1, travel.Board))}, []string{"962 0T", "132 0Z"}, "board board!"},
		"on record after the decision":             {[]event.Advisory{decided(1, travel.NoBoard), fallback(travel.Board)}, []string{"962 1Z", "132 1Z"}, "no_board no_board!"},
		"on record after the same decision":        {[]event.Advisory{decided(1, travel.Board), fallback(travel.Board)}, []string{"962 0Z"}, "board"},
		"and changed again":                        {[]event.Advisory{fallback(travel.Board), decided(1, travel.NoBoard), differs(decided(2, travel.Board))}, []string{"962 0T", "132 1Z", "132 0Z"}, "board no_board! board!"},
		"back to the default":                      {[]event.Advisory{fallback(travel.Board), decided(1, travel.Board), differs(decided(2, travel.Hold))}, []string{"962 0T", "962 0Z", "132 2Z"}, "board board hold!"},
		"a default of somebody else":               {[]event.Advisory{another(fallback(travel.Board)), decided(1, travel.NoBoard)}, []string{"962 0T", "962 1Z"}, "board no_board"},
		"a default of another message":             {[]event.Advisory{second(fallback(travel.Board)), decided(1, travel.NoBoard)}, []string{"962 0T", "962 1Z"}, "board no_board"},
		"the same message, decided anew":           {[]event.Advisory{decided(1, travel.Board), differs(decided(2, travel.NoBoard))}, []string{"962 0Z", "132 1Z"}, "board no_board!"},
		"another message, answered so":             {[]event.Advisory{decided(1, travel.Board), second(decided(2, travel.Board))}, []string{"962 0Z", "962 0Z"}, "board board"},
		"another message, answered else":           {[]event.Advisory{decided(1, travel.Board), second(differs(decided(2, travel.NoBoard)))}, []string{"962 0Z", "962 1Z", "132 1Z"}, "board no_board!"},
		"a booking":                                {[]event.Advisory{booking(decided(1, travel.Hold))}, nil, "hold"},
		"a booking makes it worse":                 {[]event.Advisory{decided(1, travel.Board), booking(differs(decided(2, travel.Hold)))}, []string{"962 0Z", "132 2Z"}, "board hold!"},
		"a booking says the same":                  {[]event.Advisory{decided(1, travel.Board), booking(decided(1, travel.Board))}, []string{"962 0Z"}, "board board"},
		"a booking's own default":                  {[]event.Advisory{booking(fallback(travel.Board)), booking(decided(1, travel.Hold))}, nil, "board hold!"},
	} {
		s := offline(t, new(bytes.Buffer), c.given...)
		page := ask(s, "GET", "/v1/advisories?wait=0", "key-ZX", typeEDIFACT, "").Body.String()
		if diff := cmp.Diff(c.want, said(page)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		controlled(t, name, page)
		var p Page
		if err := json.Unmarshal(ask(s, "GET", "/v1/advisories?wait=0", "key-ZX", "", "").Body.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		var outcomes []string
		for _, n := range p.Advisories {
			outcomes = append(outcomes, string(n.Traveller.Advisory)+map[bool]string{true: "!"}[n.Unsolicited])
		}
		if got := strings.Join(outcomes, " "); got != c.json {
			t.Errorf("%s: in JSON %q, want %q", name, got, c.json)
		}
	}
}

// TestABookingsChangeGoesWhereQueriesComeFrom holds the address of a change that a booking brought.
func TestABookingsChangeGoesWhereQueriesComeFrom(t *testing.T) {
	m := head("ZX0410/051026/1430", 1, false)
	m.Kind, m.Sender, m.Recipient = travel.PNR, "ZXRES", "XXPIU"
	a := boards(m, 1, "", "K7QX2M")
	a.Unsolicited, a.Outcome = true, travel.NoBoard
	page := ask(offline(t, new(bytes.Buffer), a), "GET", "/v1/advisories?wait=0", "key-ZX", typeEDIFACT, "").Body.String()
	if !strings.HasPrefix(page, "UNB+UNOA:4+XXGOV:ZZ+ZX:ZZ+") || !strings.Contains(page, "BGM+132'") || !strings.Contains(page, "RFF+AVF:K7QX2M'") {
		t.Error(page)
	}
}

// TestNobodyReadsAnothersMessages asks for every kind of message of another carrier, in every form.
func TestNobodyReadsAnothersMessages(t *testing.T) {
	s := offline(t, new(bytes.Buffer), boards(head("TN1", 1, false), 1, "ZX1", "K7QX2M"))
	for _, id := range []string{"waiting", "stored"} {
		s.window.Accept(id, "ZX")
	}
	s.window.Store("stored")
	for _, c := range []struct {
		id, key string
		status  int
	}{
		{messageID, "key-ZX", http.StatusOK}, {messageID, "key-QZ", http.StatusNotFound},
		{"stored", "key-ZX", http.StatusAccepted}, {"stored", "key-QZ", http.StatusNotFound},
		{"waiting", "key-ZX", http.StatusServiceUnavailable}, {"waiting", "key-QZ", http.StatusNotFound},
		{"none", "key-ZX", http.StatusNotFound}, {messageID, "key-none", http.StatusUnauthorized},
	} {
		for _, accept := range []string{"", typeEDIFACT} {
			w := ask(s, "GET", "/v1/messages/"+c.id, c.key, accept, "")
			if w.Code != c.status || c.status != http.StatusOK && strings.Contains(w.Body.String(), "K7QX2M") {
				t.Errorf("%s as %s %s: %d %s", c.id, c.key, accept, w.Code, w.Body)
			}
			if (w.Header().Get("Retry-After") != "") != (c.status == http.StatusServiceUnavailable) {
				t.Errorf("%s as %s: Retry-After %q", c.id, c.key, w.Header().Get("Retry-After"))
			}
		}
	}
}

// TestGap holds that a reader is told in either form when something of theirs is gone. Which cursors have a gap is held
// in window.
func TestGap(t *testing.T) {
	s := offline(t, new(bytes.Buffer))
	s.window = window.New(1)  // forgets at once
	for i := range int64(6) { // partition 0: 0 2 4 for ZX, partition 1: 0 1 2 for QZ
		carrier := []string{"ZX", "QZ"}[i%2]
		s.receives(t, advisoryAt(t, carrier, "m", int32(i%2), []int64{i, i / 2}[i%2], boards(head("TN1", 1, false), 1, "ZX1", "")))
	}
	for after, want := range map[string]bool{
		"": false, "0.0": true, "0.2": true, "0.4": false, "1.0": true, "0.4-1.0": false, "0.1-1.9": true,
	} {
		w := ask(s, "GET", "/v1/advisories?wait=0&after="+after, "key-ZX", "", "")
		if got := strings.Contains(w.Body.String(), `"gap":true`); got != want {
			t.Errorf("after %q: %s", after, w.Body)
		}
		w = ask(s, "GET", "/v1/advisories?wait=0&after="+after, "key-ZX", typeEDIFACT, "")
		if got := w.Header().Get("Fairway-Gap") == "true"; got != want {
			t.Errorf("after %q in EDIFACT: %v", after, w.Header())
		}
	}
}

// TestReadersOfFeedsAreBounded: beyond feed_clients a stream or a poll is refused at once, and a place that is given back is
// taken by the next.
func TestReadersOfFeedsAreBounded(t *testing.T) {
	s := offline(t, new(bytes.Buffer))
	s.streams = make(chan struct{}, 1)
	s.streams <- struct{}{}
	for _, path := range []string{"/v1/advisories?wait=0", "/v1/advisories/stream"} {
		if w := ask(s, "GET", path, "key-ZX", "", ""); w.Code != 503 || w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	<-s.streams
	for range 2 {
		if w := ask(s, "GET", "/v1/advisories?wait=0", "key-ZX", "", ""); w.Code != 200 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
}
