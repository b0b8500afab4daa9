package rule

import (
	"slices"
	"sort"

	"fairway/pkg/rule/fact"
	"fairway/pkg/travel"
)

// clearance is what suppressed a hit when a cleared person resembles a listed one ([Result.By]).
const clearance = "clearance"

// clears reports whether a match is the clearance of this very person: by document, redress number, or the whole name
// with birth date and nationality. One that merely resembles a cleared person is not cleared.
func clears(m fact.Match) bool {
	return m.Action == string(travel.ActClear) && m.By == "redress" && m.Strength == string(travel.Strong)
}

// mistaken reports whether a clearance stands against a match: one by name, but never a referral for protection.
func mistaken(m fact.Match) bool {
	return m.By == "name" && m.Action != string(travel.ActClear) && m.Action != string(travel.ActProtect)
}

// withoutMistaken returns f as it is for a cleared person, without matches by name; nil when nobody is cleared or
// nothing is to be cleared.
func withoutMistaken(f *fact.Set) *fact.Set {
	if f.List == nil || !slices.ContainsFunc(f.List.Matches, clears) || !slices.ContainsFunc(f.List.Matches, mistaken) {
		return nil
	}
	l := &fact.List{Matches: slices.DeleteFunc(slices.Clone(f.List.Matches), mistaken)}
	l.Complete()
	g := *f
	g.List = l
	return &g
}

// evaluateCleared is Evaluate for a cleared person: what hits only because of a match by name is suppressed, by whatever
// rule, so that a rule written tomorrow cannot stop somebody cleared today.
func (e *Evaluator) evaluateCleared(f, cleared *fact.Set) Evaluation {
	v, with := e.evaluate(cleared), e.evaluate(f)
	for _, r := range with.Results {
		if r.Value != Hit || slices.ContainsFunc(v.Results, func(o Result) bool { return o.Rule == r.Rule }) {
			continue
		}
		r.Value, r.By = Suppressed, clearance
		v.Results = append(v.Results, r)
		v.Counts.Suppressed++
		v.Counts.NoHit--
	}
	sort.SliceStable(v.Results, func(i, j int) bool { return v.Results[i].Rule < v.Results[j].Rule })
	return v
}
