// Package wire reads a body that a carrier sent, whatever its format, into messages.
//
// It knows PAXLST in EDIFACT and Fairway's own JSON, tells them apart by what they are rather than by what a header
// claims, and promises what each decoder promises: either messages or a
// *travel.DecodeError, never both, in time linear in the body. It holds no format of its own but the JSON one.
package wire
