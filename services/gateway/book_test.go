package gateway

import (
	"bytes"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
)

// advisoryAt is an advisory as it lies on the topic.
func advisoryAt(t *testing.T, carrier, message string, partition int32, offset int64, a event.Advisory) stream.Record {
	t.Helper()
	a.V, a.Message.ID, a.Message.Carrier = 1, message, carrier
	if a.Kind == "" {
		a.Kind = event.KindTraveller
	}
	r, err := a.Record("")
	if err != nil {
		t.Fatal(err)
	}
	return stream.Record{Topic: r.Topic, Key: []byte(r.Key), Partition: partition, Offset: offset, Value: r.Value, Headers: r.Headers}
}

func TestFeedGoesOnWhereItStopped(t *testing.T) {
	b := newBook(1 << 20)
	for i := range int64(10) {
		carrier := "ZX"
		if i%3 == 0 {
			carrier = "QZ"
		}
		if err := b.add(t.Context(), []stream.Record{advisoryAt(t, carrier, "m"+strconv.Itoa(int(i)), int32(i%2), i/2, event.Advisory{Index: 1})}); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	at := cursor{}
	for range 10 {
		items, next, gap, _ := b.after("ZX", at, 2)
		if gap {
			t.Error("a gap where nothing is gone")
		}
		for _, it := range items {
			got = append(got, it.message)
		}
		back, err := parseCursor(next.String()) // as a carrier holds it
		if err != nil {
			t.Fatal(err)
		}
		at = back
	}
	if diff := cmp.Diff([]string{"m1", "m2", "m4", "m5", "m7", "m8"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBookIsBounded(t *testing.T) {
	b := newBook(20_000)
	for i := range int64(1000) {
		leg := flight
		leg.Number = strconv.Itoa(int(i))
		if err := b.add(t.Context(), []stream.Record{advisoryAt(t, "ZX", "m"+strconv.Itoa(int(i)), 0, i, event.Advisory{Leg: leg, Index: 1})}); err != nil {
			t.Fatal(err)
		}
	}
	if n := b.window.len(); b.window.bytes > b.limit || len(b.byMessage) != n || len(b.carriers["ZX"].parts[0]) != n || len(b.newest) != n {
		t.Errorf("%d bytes, %d entries, %d messages, %d legs", b.window.bytes, n, len(b.byMessage), len(b.newest))
	}
	if _, _, gap, _ := b.after("ZX", cursor{0: 3}, 1); !gap {
		t.Error("a cursor from before what is left has no gap")
	}
	if _, _, gap, _ := b.after("ZX", cursor{0: 998}, 1); gap {
		t.Error("a fresh cursor has a gap")
	}
	if _, _, gap, _ := b.after("ZX", cursor{}, 1); gap {
		t.Error("a first reader has a gap")
	}
}

func TestAMessageIsAcceptedOnce(t *testing.T) {
	b := newBook(1 << 20)
	waits := func(id, carrier string) string {
		known, stored := b.pending(id, carrier)
		return map[bool]string{true: "known"}[known] + map[bool]string{true: " stored"}[stored]
	}
	if !b.accept("m", "ZX") || b.accept("m", "ZX") || waits("m", "ZX") != "known" {
		t.Error("not accepted exactly once")
	}
	if b.store("m"); waits("m", "ZX") != "known stored" || waits("m", "QZ") != "" {
		t.Error("what Kafka has is not known to its carrier alone")
	}
	if b.store("n"); waits("n", "ZX") != "" {
		t.Error("what was refused is taken in")
	}
	_, more := b.message("m")
	if err := b.add(t.Context(), []stream.Record{advisoryAt(t, "ZX", "m", 0, 0, event.Advisory{Index: 1})}); err != nil {
		t.Fatal(err)
	}
	select {
	case <-more:
	default:
		t.Error("whoever waits is not told")
	}
	if b.accept("m", "ZX") || waits("m", "ZX") != "" {
		t.Error("an answered message is accepted again")
	}
	b.accept("n", "ZX")
	b.refuse("n")
	if !b.accept("n", "ZX") {
		t.Error("what Kafka did not take cannot be sent again")
	}
}

func TestGather(t *testing.T) {
	c, err := prepare(journey.Carrier{Code: "ZX", Key: "k"})
	if err != nil {
		t.Fatal(err)
	}
	two := event.Message{Of: 2}
	noted := event.Message{Of: 1, Noted: true}
	board := func(index, version int, m event.Message) event.Advisory {
		return event.Advisory{Message: m, Index: index, Version: version, Outcome: travel.Board, Ref: "R" + strconv.Itoa(index)}
	}
	notice := func(outcome travel.Outcome, refused int, code string) event.Advisory {
		return event.Advisory{Kind: event.KindMessage, Message: noted, Outcome: outcome, Refused: make([]event.Refusal, refused),
			Findings: []travel.Finding{{Code: code, Severity: travel.Warning}}}
	}
	lost := notice("", 0, "l")
	lost.Lost = true
	at := func(at int64, a event.Advisory) event.Advisory {
		a.Message.At = at
		return a
	}
	one := event.Message{Of: 1}
	late := event.Advisory{Message: two, Index: 2, Outcome: travel.Hold, Unscreened: true}
	for name, x := range map[string]struct {
		in   []event.Advisory
		want string
	}{
		"nothing yet":             {nil, "pending"},
		"one of two":              {[]event.Advisory{board(1, 1, two)}, "pending 1:board:1"},
		"both":                    {[]event.Advisory{board(2, 1, two), board(1, 1, two)}, "complete 1:board:1 2:board:1"},
		"one at the deadline":     {[]event.Advisory{board(1, 1, two), late}, "partial 1:board:1 2:hold:0"},
		"the late answer":         {[]event.Advisory{board(1, 1, two), late, board(2, 1, two)}, "complete 1:board:1 2:board:1"},
		"late, then the record":   {[]event.Advisory{board(1, 1, two), board(2, 1, two), late}, "complete 1:board:1 2:board:1"},
		"a later version counts":  {[]event.Advisory{board(1, 2, event.Message{Of: 1}), board(1, 1, event.Message{Of: 1})}, "complete 1:board:2"},
		"a notice is awaited":     {[]event.Advisory{board(1, 1, noted)}, "pending 1:board:1"},
		"the notice came":         {[]event.Advisory{board(1, 1, noted), {Kind: event.KindMessage, Message: noted}}, "complete 1:board:1"},
		"a close-out":             {[]event.Advisory{{Kind: event.KindMessage, Message: event.Message{Noted: true}}}, "complete"},
		"in part, awaited":        {[]event.Advisory{notice("", 1, "a")}, "pending ! a"},
		"in part":                 {[]event.Advisory{notice("", 1, "a"), board(1, 1, noted)}, "rejected_in_part 1:board:1 ! a"},
		"in part, unscreened":     {[]event.Advisory{notice("", 1, "a"), {Message: noted, Index: 1, Outcome: travel.Hold, Unscreened: true}}, "partial 1:hold:0 ! a"},
		"in part, then a word":    {[]event.Advisory{notice("", 1, "a"), board(1, 1, noted), notice("", 0, "b")}, "rejected_in_part 1:board:1 ! b a"},
		"refused, then a word":    {[]event.Advisory{notice(travel.Failed, 1, "a"), notice("", 0, "b")}, "rejected ! b a"},
		"given up, then taken":    {[]event.Advisory{notice(travel.Failed, 0, "a"), notice("", 0, "b"), board(1, 1, noted)}, "complete 1:board:1 ! b a"},
		"a part lost":             {[]event.Advisory{lost, board(1, 1, noted)}, "rejected_in_part 1:board:1 ! l"},
		"lost, then a word":       {[]event.Advisory{lost, board(1, 1, noted), notice("", 0, "b")}, "rejected_in_part 1:board:1 ! b l"},
		"too early, then in time": {[]event.Advisory{at(1, notice(travel.Failed, 1, "a")), at(2, board(1, 1, one))}, "complete 1:board:1"},
		"in time, then too late":  {[]event.Advisory{at(1, board(1, 1, one)), at(2, notice(travel.Failed, 1, "a"))}, "rejected ! a"},
		"anew, one of two":        {[]event.Advisory{at(1, board(1, 1, two)), at(1, board(2, 1, two)), at(2, board(1, 2, two))}, "complete 1:board:2 2:board:1"},
		"a notice twice":          {[]event.Advisory{notice("", 1, "a"), notice("", 1, "a"), board(1, 1, noted)}, "rejected_in_part 1:board:1 ! a"},
		"not understood":          {[]event.Advisory{{Kind: event.KindMessage, Outcome: travel.Failed, Message: event.Message{Noted: true}}}, "rejected"},
	} {
		b := newBook(1 << 20)
		for i, a := range x.in {
			if err := b.add(t.Context(), []stream.Record{advisoryAt(t, "ZX", "m", 0, int64(i), a)}); err != nil {
				t.Fatal(err)
			}
		}
		items, _ := b.message("m")
		a, err := c.gather("m", items, 0)
		if err != nil {
			t.Fatal(err)
		}
		got := a.Status
		for _, p := range a.Travellers {
			got += " " + strconv.Itoa(p.Index) + ":" + string(p.Advisory) + ":" + strconv.Itoa(p.Version)
		}
		for i, f := range a.Errors {
			got += map[bool]string{true: " !"}[i == 0] + " " + f.Code
		}
		if got != x.want {
			t.Errorf("%s: got %q, want %q", name, got, x.want)
		}
	}
}

func TestCursorsAreChecked(t *testing.T) {
	for _, bad := range []string{"x", "1", "1.", ".1", "-1.2", "1.-2", "1.2-", "99999999999.1", "1.2 ", strings.Repeat("1.1-", 2000) + "1.1"} {
		if _, err := parseCursor(bad); err == nil {
			t.Errorf("took %.20q", bad)
		}
	}
	if c, err := parseCursor("0.17-2.5"); err != nil || c[0] != 17 || c[2] != 5 || c.String() != "0.17-2.5" {
		t.Errorf("%v %v", c, err)
	}
}

func TestWhoMayAsk(t *testing.T) {
	demo, err := prepare(journey.Carrier{Code: "DEMO", Key: "demo-key"})
	if err != nil {
		t.Fatal(err)
	}
	certified, err := prepare(journey.Carrier{Code: "QZ", Subject: "qz.example"})
	if err != nil {
		t.Fatal(err)
	}
	s := &Service{carriers: []*carrier{demo, certified}}
	for _, c := range []struct{ header, from, want string }{
		{"Bearer demo-key", "127.0.0.1:1", "DEMO"},
		{"Bearer demo-key", "[::1]:1", "DEMO"},
		{"Bearer demo-key", "192.0.2.1:1", ""},
		{"Bearer other", "127.0.0.1:1", ""},
		{"Bearer ", "127.0.0.1:1", ""},
		{"demo-key", "127.0.0.1:1", ""},
		{"", "127.0.0.1:1", ""},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.from
		r.Header.Set("Authorization", c.header)
		got := ""
		if found := s.identify(r); found != nil {
			got = found.Code
		}
		if got != c.want {
			t.Errorf("%q from %s is %q, want %q", c.header, c.from, got, c.want)
		}
	}
}

func TestConfigurationIsChecked(t *testing.T) {
	valid := func() Config {
		c := DefaultConfig()
		c.Carriers = journey.Carriers{{Code: "ZX", KeyFile: "k"}}
		return c
	}
	if err := valid().Validate(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Config){
		"http":      func(c *Config) { c.HTTP = "" },
		"tls":       func(c *Config) { c.TLSCertFile = "x" },
		"client_ca": func(c *Config) { c.ClientCAFile = "x" },
		"max_body":  func(c *Config) { c.MaxBody = 1 },
		"feed":      func(c *Config) { c.FeedBytes = 1 },
		"brokers":   func(c *Config) { c.Kafka.Brokers = nil },
		"code":      func(c *Config) { c.Carriers[0].Code = "" },
		"key_file":  func(c *Config) { c.Carriers[0].KeyFile = "" },
		"deadline":  func(c *Config) { c.Carriers[0].Deadline = -1 },
		"default":   func(c *Config) { c.Carriers[0].Default = travel.Insufficient },
		"profile":   func(c *Config) { c.Carriers[0].Profile = "nowhere" },
		"twice":     func(c *Config) { c.Carriers = append(c.Carriers, c.Carriers[0]) },
	} {
		c := valid()
		change(&c)
		if c.Validate() == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// TestAnswersGrowOld holds when a message that is sent again is decided anew.
func TestAnswersGrowOld(t *testing.T) {
	onward := flight
	onward.Number = "411"
	for name, c := range map[string]struct {
		given []event.Advisory
		anew  time.Duration
		want  bool
	}{
		"just old enough":   {[]event.Advisory{{Message: event.Message{At: 1000}}}, time.Minute, false},
		"a moment too old":  {[]event.Advisory{{Message: event.Message{At: 999}}}, time.Minute, true},
		"the newest counts": {[]event.Advisory{{Message: event.Message{At: 1}}, {Message: event.Message{At: 2000}}}, time.Minute, false},
		"never":             {[]event.Advisory{{Message: event.Message{At: 1}}}, 0, false},
		"nothing known yet": {nil, time.Minute, false},
		"another since":     {[]event.Advisory{{Leg: flight, Message: event.Message{At: 60_000}, Index: 1}, {Leg: flight, Message: event.Message{ID: "other"}, Index: 1}}, 0, true},
		"another before":    {[]event.Advisory{{Leg: flight, Message: event.Message{ID: "other"}, Index: 1}, {Leg: flight, Message: event.Message{At: 60_000}, Index: 1}}, 0, false},
		"on another leg":    {[]event.Advisory{{Leg: flight, Message: event.Message{At: 60_000}, Index: 1}, {Leg: onward, Message: event.Message{ID: "other"}, Index: 1}}, 0, false},
		"a refusal since":   {[]event.Advisory{{Leg: flight, Message: event.Message{At: 60_000}, Index: 1}, {Leg: flight, Message: event.Message{ID: "other"}, Kind: event.KindMessage}}, 0, false},
	} {
		for i := range c.given {
			if m := &c.given[i].Message; m.ID == "" {
				m.ID = messageID
			}
		}
		s := desk(t, new(bytes.Buffer), c.given...)
		s.cfg.AskAnew = c.anew
		items, _ := s.book.message(messageID)
		if got := s.stale(items, 61_000); got != c.want {
			t.Errorf("%s: stale %v", name, got)
		}
	}
}

// TestAnswersSinceThen holds that what was said before is no answer to a message that is decided anew.
func TestAnswersSinceThen(t *testing.T) {
	one := event.Message{ID: messageID, Of: 1, At: 1}
	s := desk(t, new(bytes.Buffer), event.Advisory{Message: one, Index: 1, Outcome: travel.Board, Version: 1})
	items, _ := s.book.message(messageID)
	for since, want := range map[int64]string{0: "complete", 1: "complete", 2: "pending"} {
		if a, err := s.carriers[0].gather(messageID, items, since); err != nil || a.Status != want {
			t.Errorf("since %d: %s, %v", since, a.Status, err)
		}
	}
}
