// Package rule is Fairway's rule language: it loads rules from YAML, says what is wrong with them, and evaluates them on
// the facts of one traveller on one leg.
//
// A rule is a file, family/name.yaml: a condition in a small safe expression language over [fact.Set], points, perhaps an
// outcome it forces, and a sentence that explains a hit. [Parse] turns all files into an immutable [Set], or returns
// every finding with file, line and column; [Lint] finds what a reviewer would. [Set.NewEvaluator] makes an
// [Evaluator] for one goroutine; [Evaluator.Evaluate] returns an [Evaluation].
//
// What it promises:
//   - The same facts and the same release always give the same evaluation. There is no clock, no randomness and no I/O.
//   - A rule that reads something absent says not_evaluable: it neither fires nor passes in silence, unless it asks
//     with known("booking.party") first.
//   - A condition cannot run away: no nested loops, no ranges, no variables, constant regular expressions, bounded
//     source. What is wrong with a rule at run time is the value error, never a crash.
//   - A cleared person's matches by name count for nothing, in any rule.
//
// What it does not do: it fetches nothing, matches no names, keeps no state between travellers, and decides nothing:
// what the points, forced outcomes and evidence come to is package decision's.
package rule
