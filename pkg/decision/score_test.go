package decision

import (
	"bytes"
	"strings"
	"testing"

	"fairway/pkg/event"
	"fairway/pkg/rule"
	"fairway/pkg/travel"
	"fairway/rules"
)

func evaluator(t *testing.T) *rule.Evaluator {
	t.Helper()
	files, err := rule.Files(rules.FS())
	if err != nil {
		t.Fatal(err)
	}
	set, err := rule.Parse(files)
	if err != nil {
		t.Fatal(err)
	}
	return set.NewEvaluator()
}

// enriched is one traveller event, and what change makes of its facts.
func enriched(change func(*event.Enriched)) *event.Enriched {
	e := &event.Enriched{ListRevision: 7, Presented: event.Presented{V: 1, ID: "m/1", Message: event.Message{ID: "m", Carrier: "ZX", Kind: travel.API,
		Function: travel.Query, At: 1791180900000, Of: 1},
		Leg:    travel.Leg{Mode: travel.Air, Carrier: "ZX", Number: "410", Origin: "DXB", Destination: "LHR", Departure: "2026-10-05T19:15"},
		Person: "p", Traveller: travel.Traveller{Index: 1, Kind: travel.Passenger, Surname: "QUORNDALE", Given: "MIRABEL", Birth: "1981-03-14", Nationality: "GBR", Sex: "F",
			Documents: []travel.Document{{Type: "P", Issuer: "GBR", Number: "Q4400199", Expiry: "2030-01-01"}}}}}
	change(e)
	return e
}

func score(t *testing.T, ev *rule.Evaluator, e *event.Enriched, at Thresholds) event.Scored {
	t.Helper()
	facts, err := event.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	return Score(e, facts, ev, at)
}

// TestTheIDIdentifiesTheDecision: one traveller event, one release and one revision of the lists, judged on different facts
// or by different thresholds, are different decisions.
func TestTheIDIdentifiesTheDecision(t *testing.T) {
	ev := evaluator(t)
	seen := map[string]string{}
	note := func(what string, s event.Scored) {
		if before, ok := seen[s.Decision]; ok {
			t.Errorf("%s and %s are both decision %s", before, what, s.Decision)
		}
		seen[s.Decision] = what
	}
	usual := DefaultThresholds()
	for what, change := range map[string]func(*event.Enriched){
		"nothing known": func(*event.Enriched) {},
		"listed document": func(e *event.Enriched) {
			e.Matches = []travel.Match{{List: "l", Entry: "1", By: "document", Strength: travel.Strong, Action: travel.ActNoBoard}}
		},
		"similar name": func(e *event.Enriched) {
			e.Matches = []travel.Match{{List: "l", Entry: "1", By: "name", Strength: travel.Strong, Action: travel.ActNoBoard}}
		},
		"denied": func(e *event.Enriched) { e.Authorisation = &event.Authorisation{Number: "9", Status: "denied"} },
		"travelled": func(e *event.Enriched) {
			e.HasHistory, e.History = true, []event.EarlierLeg{{Leg: "ZX-409-LHR-2026-09-01", Date: "2026-09-01"}}
		},
	} {
		note(what, score(t, ev, enriched(change), usual))
	}
	note("other thresholds", score(t, ev, enriched(func(*event.Enriched) {}), Thresholds{Refer: usual.Refer, Hold: usual.Hold + 1}))
	note("other thresholds", score(t, ev, enriched(func(*event.Enriched) {}), Thresholds{Refer: usual.Refer - 1, Hold: usual.Hold}))
}

// TestAgainIsTheSame: the same facts give the same record, to the byte, however often.
func TestAgainIsTheSame(t *testing.T) {
	ev := evaluator(t)
	e := enriched(func(e *event.Enriched) {
		e.Traveller.Documents[0].Expiry = "2026-10-01"
		e.Matches = []travel.Match{{List: "l", Entry: "1", By: "document", Strength: travel.Strong, Action: travel.ActNoBoard, Category: "document"}}
	})
	var first []byte
	for range 100 {
		s := score(t, ev, e, DefaultThresholds())
		got, err := event.Encode(&s)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = got
			if !strings.Contains(string(got), `"seen":{`) {
				t.Fatalf("no rule saw anything: %s", got)
			}
		}
		if !bytes.Equal(first, got) {
			t.Fatalf("decided again:\n%s\n%s", first, got)
		}
	}
}
