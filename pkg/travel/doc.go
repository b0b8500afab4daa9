// Package travel holds the nouns of Fairway: legs, travellers, documents, bookings, list entries, outcomes.
//
// It is the vocabulary that every other package speaks, and it imports nothing but the standard library.
// Values are plain data: no behaviour beyond identity, validity and redaction, no clock and no I/O.
//
// Personal data cannot leak by printing. [Name], [Number], [BirthDate] and [Text] print as "***" under every fmt verb
// and in slog, alone or inside any struct that holds them; only an explicit string conversion shows them.
// JSON carries them in clear, because the stream must; logs, metric labels, errors and URLs never see them.
//
// What this package does not do: it does not parse or validate wire formats (paxlst, pnrgov, mrz), match names
// (watchlist), or decide anything (rule).
package travel
