// Package travel holds the nouns of Fairway: legs, travellers, documents, bookings, list entries, outcomes.
//
// It is the vocabulary that every other package speaks, and it imports nothing but the standard library.
// Values are plain data: they know their identity, whether they are valid, and how to redact themselves, with no clock and
// no I/O. What every wire format writes alike is read here, once: State codes, designators, whole numbers, weights, tags
// of bags, and the fillers that stand where a name is missing.
//
// It promises that personal data cannot leak by printing: [Name], [Number], [BirthDate] and [Text] print as "***" under every fmt verb
// and in slog, alone or inside any struct that holds them; only an explicit string conversion shows them.
// JSON carries them in clear, because the stream must; logs, metric labels, errors and URLs never see them.
//
// What this package does not do: it does not parse or validate messages (paxlst, pnrgov, mrz, wire), match names
// (watchlist), or decide anything (rule).
package travel
