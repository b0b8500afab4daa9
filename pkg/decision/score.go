package decision

import (
	"slices"
	"strconv"

	"fairway/pkg/event"
	"fairway/pkg/rule"
	"fairway/pkg/rule/fact"
)

// Score decides one traveller and returns the record of it. The record that e was decoded from is given to the byte, for
// the id.
func Score(e *event.Enriched, record []byte, ev *rule.Evaluator, t Thresholds) event.Scored {
	facts := fact.Gather(input(e))
	said := ev.Evaluate(facts)
	d := Decide(facts, &said, t)
	s := event.Scored{
		V: 1, ID: e.ID, Decision: event.DecisionID(record, said.Release, strconv.Itoa(t.Refer), strconv.Itoa(t.Hold)),
		Message: e.Message, Leg: e.Leg, Traveller: e.Traveller, Person: e.Person,
		Outcome: d.Outcome, Score: d.Score, Reason: d.Reason, Protect: d.Protect,
		Matches: e.Matches, Rules: said.Counts.Rules, Unevaluable: said.NotEvaluable,
		Release: said.Release, ListRevision: e.ListRevision, Findings: e.Findings, Evidence: d.Evidence,
	}
	for i := range said.Results {
		r := &said.Results[i]
		result := event.RuleResult{Rule: r.Rule, Value: string(r.Value), Points: r.Points, Force: r.Force,
			Explain: r.Explain, Seen: r.Seen, Shadow: r.Shadow, By: r.By, Unfounded: slices.Contains(d.Unfounded, r.Rule)}
		if r.Err != "" {
			result.Explain = r.Err
		}
		s.Results = append(s.Results, result)
	}
	return s
}

// input lists what is known of e, and tells "none" from "nobody looked".
func input(e *event.Enriched) *fact.Input {
	in := &fact.Input{
		Message: fact.Message{Kind: string(e.Message.Kind), Function: string(e.Message.Function), Carrier: e.Message.Carrier,
			Exercise: e.Message.Exercise},
		At: e.Message.At, Leg: e.Leg, Legs: e.Legs, Traveller: &e.Traveller, Booking: e.Booking, Findings: e.Findings,
		Listed: true, Matches: e.Matches, Authorised: true, HasHistory: e.HasHistory,
	}
	if a := e.Authorisation; a != nil {
		in.Authorisation = &fact.Permission{Status: a.Status, Until: a.ValidUntil}
	}
	for _, j := range e.History {
		in.History = append(in.History, fact.Earlier{Leg: j.Leg, Date: j.Date})
	}
	return in
}
