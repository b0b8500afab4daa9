package decision

import (
	"fairway/pkg/rule"
	"fairway/pkg/rule/fact"
	"fairway/pkg/travel"
)

// Thresholds are the scores from which points alone refer or hold a traveller. Points never refuse one.
type Thresholds struct {
	Refer int // from this score: board, and an officer meets the traveller
	Hold  int // from this score: the carrier contacts the targeting centre before boarding
}

// DefaultThresholds are those that the shipped rules' points were chosen for.
func DefaultThresholds() Thresholds { return Thresholds{Refer: 40, Hold: 70} }

// What decided.
const (
	reasonClean      = "clean"      // nothing did: board
	reasonPoints     = "points"     // the sum of points
	reasonProtection = "protection" // a protection referral
	reasonForced     = "forced"     // a rule on evidence
	reasonRedress    = "redress"    // a cleared person: without the suppressed rules' hits the outcome is milder
)

// Decision is the outcome for one traveller, with its reasons, before any officer's override.
type Decision struct {
	Outcome  travel.Outcome // board, refer, insufficient, hold or no_board
	Score    int            // points of all hits; may be negative
	Reason   string
	Rule     string // the rule that forced the outcome, or referred for protection; else ""
	Protect  bool   // show it to protection officers only
	Evidence string // what may refuse this traveller, whatever the rules say; "" when nothing may

	Unfounded []string // rules that forced no_board without evidence: their fault, and counted as hold
}

// Decide decides on the facts f, of which the rules have said what said holds. It applies DESIGN.md's precedence:
// redress over every match by name, then forced outcomes, then protection, then thresholds. A no_board that is forced
// without evidence is a hold, whatever the rule says. Suppressed, failed and experimental rules count for nothing. Of
// several forced outcomes the worst holds; points may make it worse only up to hold, and under a protection referral
// only up to refer.
func Decide(f *fact.Set, said *rule.Evaluation, t Thresholds) Decision {
	evidence := evidenceOf(f)
	d := decide(said, evidence, t, false)
	if said.Counts.Suppressed > 0 && decide(said, evidence, t, true).Outcome.Severity() > d.Outcome.Severity() {
		d.Reason = reasonRedress
	}
	return d
}

// weight is what the hits come to: the worst outcome that a rule forces, and who forced it and who referred.
type weight struct {
	forced              travel.Outcome
	forcedBy, protector string
}

func decide(said *rule.Evaluation, evidence string, t Thresholds, withSuppressed bool) Decision {
	d := Decision{Outcome: travel.Board, Reason: reasonClean, Evidence: evidence}
	var w weight
	for i := range said.Results {
		if r := &said.Results[i]; r.Value == rule.Hit || withSuppressed && r.Value == rule.Suppressed {
			w.add(&d, r)
		}
	}
	switch {
	case d.Protect:
		d.Outcome, d.Reason, d.Rule = travel.Refer, reasonProtection, w.protector
	case d.Score >= t.Hold:
		d.Outcome, d.Reason = travel.Hold, reasonPoints
	case d.Score >= t.Refer:
		d.Outcome, d.Reason = travel.Refer, reasonPoints
	}
	if w.forced != "" && w.forced.Severity() >= d.Outcome.Severity() {
		d.Outcome, d.Reason, d.Rule = w.forced, reasonForced, w.forcedBy
	}
	return d
}

// add weighs one hit.
func (w *weight) add(d *Decision, r *rule.Result) {
	d.Score += r.Points
	force := r.Force
	if force == travel.NoBoard && d.Evidence == "" {
		force, d.Unfounded = travel.Hold, append(d.Unfounded, r.Rule)
	}
	if force != "" && (w.forced == "" || force.Severity() > w.forced.Severity()) {
		w.forced, w.forcedBy = force, r.Rule
	}
	if r.Protect && !d.Protect {
		d.Protect, w.protector = true, r.Rule
	}
}
