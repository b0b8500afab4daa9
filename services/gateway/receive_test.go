package gateway

import (
	"bytes"
	"strconv"
	"testing"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/journey"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
	"fairway/services/gateway/window"
)

// advisoryAt is an advisory as it lies on the topic.
func advisoryAt(t testing.TB, carrier, message string, partition int32, offset int64, a event.Advisory) stream.Record {
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

// receives takes in one record of advisory.issued.
func (s *Service) receives(t testing.TB, r stream.Record) {
	t.Helper()
	if err := s.arrive(t.Context(), []stream.Record{r}); err != nil {
		t.Fatal(err)
	}
}

func TestGather(t *testing.T) {
	c := prepare(journey.Carrier{Code: "ZX", Key: "k"})
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
		s := &Service{window: window.New(1 << 20)}
		for i, a := range x.in {
			s.receives(t, advisoryAt(t, "ZX", "m", 0, int64(i), a))
		}
		a, err := c.gather("m", s.window.Message("m", "ZX"), 0)
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
		s := offline(t, new(bytes.Buffer), c.given...)
		s.cfg.AskAnew = c.anew
		if got := s.stale(s.window.Message(messageID, "ZX"), 61_000); got != c.want {
			t.Errorf("%s: stale %v", name, got)
		}
	}
}

// TestAnswersSinceThen holds that what was said before is no answer to a message that is decided anew.
func TestAnswersSinceThen(t *testing.T) {
	one := event.Message{ID: messageID, Of: 1, At: 1}
	s := offline(t, new(bytes.Buffer), event.Advisory{Message: one, Index: 1, Outcome: travel.Board, Version: 1})
	known := s.window.Message(messageID, "ZX")
	for since, want := range map[int64]string{0: "complete", 1: "complete", 2: "pending"} {
		if a, err := s.carriers[0].gather(messageID, known, since); err != nil || a.Status != want {
			t.Errorf("since %d: %s, %v", since, a.Status, err)
		}
	}
}
