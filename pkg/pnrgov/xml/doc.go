// Package xml reads PNRGOV in XML (IATA_PNRGOV_NotifRQ, 13.1 and later) with [Decode], tells by the root of a document
// whether it is one ([Peek]), and blots out of a body what must not be stored ([Mask]).
//
// It tells a booking.Builder what the elements say; what that means is package booking's, so it is the same as in EDIFACT.
// Any namespace is taken. Names of elements and attributes are looked up in one table, folded, in which the schema's own
// spelling stands beside what senders and published programs write; unknown ones are passed over and said. Findings carry
// the element's name and its byte offset in the body. Documents are read in UTF-8, in any single-byte set that the
// declaration names, and where bytes are not as declared, as Windows-1252.
//
// It promises work linear in the body, bounds on size, depth and elements, and either messages or a *travel.DecodeError,
// never both. A document type declaration is refused. It checks no schema and no signature, and it writes no XML.
package xml
