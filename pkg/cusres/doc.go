// Package cusres writes and reads CUSRES, the customs response that answers a passenger list (standards.md C): 962 the
// reply, 132 an unprompted change, 312 the carrier's acknowledgement.
//
// Which code a carrier sees for an outcome is its [Profile], plain data. A code and a fixed text is all a carrier gets:
// never a reason. It promises that Decode of Encode gives the same reply, and either replies or an error, never both.
//
// It decides nothing and keeps nothing.
package cusres
