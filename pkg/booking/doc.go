// Package booking knows what a booking means, whatever it is written in (standards.md D): who its persons are, whose a
// document, an infant or a check-in is, which of its flights the message reports on, and what of it may be kept.
//
// A syntax (pnrgov, pnrgov/xml) drives a [Builder] and says what it reads in the order it stands there. Texts that look
// alike in every syntax are read here: services (DOCS, DOCO, DOCA, INFT, contacts, tickets), OSI and history.
//
// A person is who a name, a document or INFT names, once: under one reference, or where exactly one name of the booking
// differs by a letter, a check-in is of that person, and where two could be meant it is kept apart; nobody is left out
// without a fault. A seat that only fillers name (TBA) is counted to the booking's party and is no traveller. What the law
// forbids to keep (package sensitive) never gets into the message; how much was removed is counted.
//
// It promises work linear in what it is told. It knows no delimiters, segments or elements, reads no body, and does not
// decide who failed to appear by the clock of a port: it knows no time zones.
package booking
