// Package pnrgov reads airline bookings as carriers push them to governments (IATA PADIS PNRGOV): EDIFACT 11.1 to 21.1
// with [Decode], XML 13.1 and later with DecodeXML, and it acknowledges them with [Acknowledge] (ACKRES).
//
// The grammar is positional: the same tag means different things before the first booking, in a name, in a flight and
// in the history (standards.md D.2). A small state machine follows it and forgives what it meets out of place. One
// booking that cannot be read costs that booking, never the others; what was wrong is in the findings, each with its
// place.
//
// A person is who a TIF, a document or INFT names, once: under one reference, or where exactly one name of the booking
// differs by a letter, a check-in is of that person, and where two could be meant it is kept apart; nobody is left out
// without a fault. A seat that only fillers name (TBA) is counted to the booking's party and is no traveller. Bags and
// seats are those of the leg reported on, and a leg without a carrier, number, date and possible port is none.
//
// What the law forbids to keep never leaves the decoder (standards.md F.6): special meals, medical services, free text
// that tells of belief, origin, health, orientation or union. Only how much was removed is counted. [Mask] blots the
// same out of a body that is to be stored as it came.
//
// It promises work linear in the body and either messages or a *travel.DecodeError, never both. It does not decide who
// failed to appear by the clock of a port: it knows no time zones.
package pnrgov
