// Package journey makes the travellers of a message into views of journeys: one person on one leg each.
//
// It promises that gateway and decoder say the same of the same message, whichever of them answers: who may send for
// whom and what is refused as a message ([Gate]), whom a message presents ([Present]), and what a carrier is told when
// nothing could be decided ([Refuse], [Rejected]). Every traveller of a message that is taken in is presented once.
//
// It does not join the views of one person: each view is decided by itself. It keeps nothing, reads no clock, and knows
// neither the formats nor Kafka.
package journey
