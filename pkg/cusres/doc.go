// Package cusres writes and reads CUSRES, the answer to a passenger list: board or not, person by person.
//
// What a carrier is told is a code of its programme's table ([Profile]) and a text fixed for that code. It
// promises that there is no way to put a reason into an answer on a person; only the faults of the message itself are
// explained, with their place, so that the carrier can correct them (standards.md C).
//
// [Encode] writes BGM 962 (reply), 132 (unprompted change) and 312 (acknowledgement); [Decode] reads all three, gives
// either replies or a *travel.DecodeError, and never both. Reading and writing again keeps every field of [Reply].
//
// It does not decide anything, number replies, or know a clock.
package cusres
