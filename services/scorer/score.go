package scorer

import (
	"fairway/pkg/event"
	"fairway/pkg/rule"
)

// Score decides one traveller. It depends on nothing but its arguments, so that any decision can be made again.
func Score(e *event.Enriched, ev *rule.Evaluator, t rule.Thresholds) event.Scored {
	facts := gather(e)
	verdict := ev.Evaluate(&facts)
	d := rule.Decide(verdict, t)
	s := event.Scored{
		V: 1, ID: e.ID, Decision: event.DecisionID(e.ID, verdict.Release, e.ListRevision),
		Message: e.Message, Leg: e.Leg, Traveller: e.Traveller, Person: e.Person,
		Outcome: d.Outcome, Score: d.Score, Reason: d.Reason, Protect: d.Protect,
		Matches: e.Matches, Rules: verdict.Counts.Rules, Unevaluable: verdict.NotEvaluable,
		Release: verdict.Release, ListRevision: e.ListRevision, Findings: e.Findings,
	}
	for i := range verdict.Results {
		r := &verdict.Results[i]
		result := event.RuleResult{Rule: r.Rule, Value: string(r.Value), Points: r.Points, Force: r.Force,
			Explain: r.Explain, Seen: r.Seen, Shadow: r.Shadow, By: r.By}
		if r.Err != "" {
			result.Explain = r.Err
		}
		s.Results = append(s.Results, result)
	}
	return s
}
