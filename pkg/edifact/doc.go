// Package edifact reads and writes UN/EDIFACT (ISO 9735): interchanges, messages, segments; syntax only.
//
// [Parse] reads what a human could read: with or without UNA, any delimiters, lines wrapped in the middle of a token,
// Type-B headings, mail footers, several interchanges in one body, junk between segments. What it had to forgive is in
// the findings, each with its place; counts and references that do not agree are findings too, never a refusal.
//
// It promises work linear in the body and bounded by [Limits], places that lie inside the body as it arrived, text
// of elements as sent (no trimming; no change of case, but in a body whose very tags are in lower case) and always
// valid UTF-8, and either a document or an error, never both. Strings of a document share one copy of the body.
//
// # Character sets
//
// The syntax identifier of UNB says what bytes beyond ASCII are: UNOC to UNOK are parts of ISO 8859, UNOW and UNOY are
// UTF-8, KECA is Korean. A component that is valid UTF-8 where another set is declared is UTF-8, unless all its bytes
// are letters of the declared set and nothing else in the interchange is UTF-8. Under UNOA, UNOB, identifiers that are
// not known, and none, bytes that are not UTF-8 are Windows-1252 or DOS 850, by evidence. Both are said
// (utf8_undeclared, undeclared_characters); what a declared set does not have is U+FFFD, and bad_characters. ISO 2022
// (UNOX) is refused as a whole: its delimiters cannot be told from its text.
//
// It does not know any message: paxlst, pnrgov and cusres do.
package edifact
