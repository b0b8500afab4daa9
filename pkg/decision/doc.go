// Package decision is the one place that knows how an outcome is reached: from the facts, what the rules say of them,
// the evidence among them, and the thresholds.
//
// [Decide] gives the [Decision], [Score] the record of it. What it promises:
//   - Nobody is refused without evidence: an exact document that an entry lists for refusal, or a register's answer.
//     What evidence is, is decided here and not by a rule; without it a forced no_board is a hold, and the rule's fault.
//   - Points alone never refuse, and a protection referral blocks what points alone would do.
//   - A decision can be made again: it depends on nothing but its arguments, its id identifies all of them, and the
//     record encodes to the same bytes each time.
//
// It does not read records, choose rules, or tell anybody. Officers' overrides come after it.
package decision
