// Package pnrgov reads airline bookings as carriers push them to governments in EDIFACT (IATA PADIS PNRGOV 11.1 to 21.1)
// with [Decode], writes them with [Encode], and acknowledges them with [Acknowledge] (ACKRES).
//
// The grammar is positional: the same tag means different things before the first booking, in a name, in a flight and
// in the history (standards.md D.2). A small state machine follows it, forgives what it meets out of place, and tells a
// booking.Builder what the segments say; what that means is package booking's. One booking that cannot be read costs that
// booking, never the others; what was wrong is in the findings, each with its place.
//
// What the law forbids to keep never leaves the decoder (package sensitive). [Mask] blots the same out of a body that is
// to be stored as it came. [PeekAt] reads no further than the first booking.
//
// It promises work linear in the body and either messages or a *travel.DecodeError, never both. It does not read XML
// (pnrgov/xml does), and it does not put the parts of a push together: each is a message of its own.
package pnrgov
