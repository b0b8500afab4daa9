// Package rule is Fairway's rule language: it loads rules from YAML, evaluates them on the facts of one traveller on one
// leg, and turns what they say into one decision.
//
// A rule is a file, family/name.yaml: a condition in a small safe expression language over [fact.Set], points, perhaps an
// outcome it forces, and a sentence that explains a hit. [Load] and [Parse] turn all files into an immutable [Set], or
// return every problem with file, line and column. [Set.NewEvaluator] makes an [Evaluator] for one goroutine;
// [Evaluator.Evaluate] returns a [Verdict] and [Decide] the [Decision].
//
// What it promises:
//   - The same facts and the same release always give the same verdict. There is no clock, no randomness and no I/O.
//   - A rule that reads something absent says not_evaluable: it neither fires nor passes in silence, unless it asks
//     with known("booking.party") first.
//   - A condition cannot run away: no nested loops, no ranges, no variables, constant regular expressions, bounded
//     source. What is wrong with a rule at run time is the value error, never a crash.
//   - Nobody is refused without evidence: an exact document that an entry lists for refusal, or a register's answer.
//     What evidence is, the engine decides and not the rule; without it a forced no_board is a hold, and the rule's fault.
//   - A cleared person's matches by name count for nothing, in any rule.
//
// What it does not do: it fetches nothing, matches no names, keeps no state between travellers, and knows no carrier's
// message codes. Officers' overrides are applied after it.
package rule
