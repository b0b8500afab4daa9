// Package edifact reads and writes UN/EDIFACT (ISO 9735): interchanges, messages, segments; syntax only.
//
// [Parse] reads what a human could read: with or without UNA, any delimiters, lines wrapped in the middle of a token,
// Type-B headings, mail footers, several interchanges in one body, junk between segments. What it had to forgive is in
// the issues, each with its [Position]; counts and references that do not agree are issues too, never a refusal.
//
// It promises work linear in the body and bounded by [Limits], positions that lie inside the body as it arrived, text
// of elements exactly as sent (no trimming, no change of case), and either a document or an error, never both. Strings
// of a document share one copy of the body.
//
// It does not know any message: paxlst, pnrgov and cusres do.
package edifact
