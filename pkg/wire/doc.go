// Package wire reads a body that a carrier sent, whatever its format, into messages.
//
// It knows PAXLST and PNRGOV in EDIFACT, PNRGOV in XML, a machine-readable zone by itself, and Fairway's own JSON. It
// tells them apart by what they are rather than by what a header claims, and promises what each decoder promises: either
// messages or a *travel.DecodeError, never both, in time linear in the body. [Mask] blots out of a body what the law
// forbids to store. [Assess] finds what is doubtful in a message whatever it came in. [Schema] is the JSON form, published.
//
// It holds no format of its own but that one. It does not decide whose message it is, whether a leg can be, or who boards.
package wire
