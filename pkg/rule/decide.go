package rule

import "fairway/pkg/travel"

// Thresholds are the scores from which points alone refer or hold a traveller. Points never refuse one.
type Thresholds struct {
	Refer int // from this score: board, and an officer meets the traveller
	Hold  int // from this score: the carrier contacts the targeting centre before boarding
}

// DefaultThresholds are those that the shipped rules' points were chosen for.
func DefaultThresholds() Thresholds { return Thresholds{Refer: 40, Hold: 70} }

// What decided.
const (
	ReasonClean      = "clean"      // nothing did: board
	ReasonPoints     = "points"     // the sum of points
	ReasonProtection = "protection" // a protection referral
	ReasonForced     = "forced"     // a rule on evidence
	ReasonRedress    = "redress"    // a cleared person: without the suppressed rules' hits the outcome is milder
)

// Decision is what a verdict comes to, before any officer's override.
type Decision struct {
	Outcome travel.Outcome // board, refer, insufficient, hold or no_board
	Score   int            // points of all hits; may be negative
	Reason  string
	Rule    string // the rule that forced the outcome, or referred for protection; else ""
	Protect bool   // show it to protection officers only
}

// Decide applies DESIGN.md's precedence: redress over weak matches, then forced outcomes, then protection, then
// thresholds. Suppressed, failed and experimental rules count for nothing. Of several forced outcomes the worst holds;
// points may make it worse only up to hold, and under a protection referral only up to refer.
func Decide(v Verdict, t Thresholds) Decision {
	d := decide(v, t, false)
	if v.Counts.Suppressed > 0 && decide(v, t, true).Outcome.Severity() > d.Outcome.Severity() {
		d.Reason = ReasonRedress
	}
	return d
}

func decide(v Verdict, t Thresholds, withSuppressed bool) Decision {
	d := Decision{Outcome: travel.Board, Reason: ReasonClean}
	var forced travel.Outcome
	var forcedBy, protectedBy string
	for i := range v.Results {
		r := &v.Results[i]
		if r.Value != Hit && !(withSuppressed && r.Value == Suppressed) {
			continue
		}
		d.Score += r.Points
		if r.Force != "" && (forced == "" || r.Force.Severity() > forced.Severity()) {
			forced, forcedBy = r.Force, r.Rule
		}
		if r.Protect && !d.Protect {
			d.Protect, protectedBy = true, r.Rule
		}
	}
	switch {
	case d.Protect:
		d.Outcome, d.Reason, d.Rule = travel.Refer, ReasonProtection, protectedBy
	case d.Score >= t.Hold:
		d.Outcome, d.Reason = travel.Hold, ReasonPoints
	case d.Score >= t.Refer:
		d.Outcome, d.Reason = travel.Refer, ReasonPoints
	}
	if forced != "" && forced.Severity() >= d.Outcome.Severity() {
		d.Outcome, d.Reason, d.Rule = forced, ReasonForced, forcedBy
	}
	return d
}
