package ctl

import (
	"log/slog"
	"strings"
	"testing"

	"fairway/pkg/decision"
	"fairway/pkg/event"
	"fairway/pkg/rule"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
	"fairway/pkg/travel"
	"fairway/rules"
)

// decided returns facts and the decision on them, as they stand on the topics.
func decided(t *testing.T, message string, match bool, at decision.Thresholds) (facts, scored stream.Out) {
	t.Helper()
	files, err := rule.Files(rules.FS())
	if err != nil {
		t.Fatal(err)
	}
	set, err := rule.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	e := event.Enriched{ListRevision: 3, Presented: event.Presented{V: 1, ID: message + "/1", Person: "p",
		Message:   event.Message{ID: message, Carrier: "ZX", Kind: travel.API, Function: travel.Query, At: 1791180900000, Of: 1},
		Leg:       travel.Leg{Mode: travel.Air, Carrier: "ZX", Number: "410", Origin: "DXB", Destination: "LHR", Departure: "2026-10-05T19:15"},
		Traveller: travel.Traveller{Index: 1, Kind: travel.Passenger, Surname: "QUORNDALE", Given: "MIRABEL"}}}
	if match {
		e.Matches = []travel.Match{{List: "l", Entry: "1", By: "name", Strength: travel.Strong, Action: travel.ActNoBoard}}
	}
	if facts, err = e.Record(""); err != nil {
		t.Fatal(err)
	}
	s := decision.Score(&e, facts.Value, set.NewEvaluator(), at)
	if scored, err = s.Record(""); err != nil {
		t.Fatal(err)
	}
	return facts, scored
}

func TestReplay(t *testing.T) {
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		s.CreateTopics(t)
		p, err := stream.NewProducer(s.Kafka, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		usual := decision.DefaultThresholds()
		produce := func(message string, match bool, at decision.Thresholds, change func(facts, scored *stream.Out)) {
			t.Helper()
			facts, scored := decided(t, message, match, at)
			change(&facts, &scored)
			if err := p.Produce(t.Context(), facts, scored); err != nil {
				t.Fatal(err)
			}
		}
		as := func(*stream.Out, *stream.Out) {}
		swap := func(o *stream.Out, old, new string) {
			if !strings.Contains(string(o.Value), old) {
				t.Fatalf("no %s in %s", old, o.Value)
			}
			o.Value = []byte(strings.Replace(string(o.Value), old, new, 1))
		}
		produce("kept", false, usual, as)
		produce("matched", true, usual, as)
		produce("altered", true, usual, func(_, scored *stream.Out) { swap(scored, `"outcome":"hold"`, `"outcome":"board"`) })
		produce("facts", true, usual, func(facts, _ *stream.Out) { swap(facts, `"list_revision":3`, `"list_revision":4`) })
		produce("thresholds", false, decision.Thresholds{Refer: 39, Hold: 70}, as)
		produce("rules", false, usual, func(_, scored *stream.Out) {
			swap(scored, `"decision":"`, `"decision":"0`)
			swap(scored, `"release":"`, `"release":"r`)
		})
		for _, c := range []struct {
			args string
			code int
			says string
		}{
			{"-message kept", 0, "1 decisions: 1 made again and the same to the byte, 0 different, 0 not made again\n"},
			{"-message matched", 0, "1 made again"},
			{"-message altered", 1, "of altered/1: was board, is hold\n"},
			{"-message facts", 1, "other thresholds decided"},
			{"-message thresholds", 1, "0 made again"},
			{"-message thresholds -refer 39", 0, "1 made again"},
			{"-message rules", 1, "not at hand"},
			{"-message nobody", 1, "0 decisions"},
			{"-leg ZX-410-DXB-2026-10-05", 1, "6 decisions: 2 made again and the same to the byte, 1 different, 3 not made again\n"},
			{"-leg ZX-411-DXB-2026-10-05", 1, "0 decisions"},
		} {
			args := append([]string{"replay", "-kafka", strings.Join(s.Kafka.Brokers, ","), "-prefix", s.Kafka.Prefix}, strings.Fields(c.args)...)
			code, out, faults := run(t, "", args...)
			if code != c.code || !strings.Contains(out, c.says) {
				t.Errorf("%s: exit %d\n%s%s", c.args, code, out, faults)
			}
			if strings.Contains(out+faults, "QUORNDALE") {
				t.Errorf("%s shows a name", c.args)
			}
		}
	})
}
