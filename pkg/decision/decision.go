// Package decision decides one traveller: the facts of an enriched record in, the scored record out.
//
// It promises that a decision can be made again: it depends on nothing but its arguments, its id identifies all of them,
// and the record it gives encodes to the same bytes each time. It does not read records, choose rules, or tell anybody.
package decision

import (
	"slices"
	"strconv"

	"fairway/pkg/event"
	"fairway/pkg/rule"
	"fairway/pkg/rule/fact"
)

// Decide decides one traveller. The facts are the record that e was decoded from, to the byte.
func Decide(e *event.Enriched, facts []byte, ev *rule.Evaluator, t rule.Thresholds) event.Scored {
	verdict := ev.Evaluate(fact.Gather(input(e)))
	d := rule.Decide(verdict, t)
	s := event.Scored{
		V: 1, ID: e.ID, Decision: event.DecisionID(facts, verdict.Release, strconv.Itoa(t.Refer), strconv.Itoa(t.Hold)),
		Message: e.Message, Leg: e.Leg, Traveller: e.Traveller, Person: e.Person,
		Outcome: d.Outcome, Score: d.Score, Reason: d.Reason, Protect: d.Protect,
		Matches: e.Matches, Rules: verdict.Counts.Rules, Unevaluable: verdict.NotEvaluable,
		Release: verdict.Release, ListRevision: e.ListRevision, Findings: e.Findings, Evidence: verdict.Evidence,
	}
	for i := range verdict.Results {
		r := &verdict.Results[i]
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
