// Package window is what the gateway remembers: the messages it took in of which nothing has arrived yet, and the
// advisories of the last hours, of all carriers. Whoever waits for the answer to a message waits here, and every carrier's
// feed is read here by cursor.
//
// It promises that it stays within the bytes it is given, the oldest goes first, and a reader whose cursor is older is told so;
// that a carrier reads nothing of another's; that a cursor holds at every gateway and after a restart, because it is made of
// offsets, and so does what is told as a change, because it depends on the order of the advisories alone. An advisory is
// not decoded when it arrives, only when somebody reads it, and nothing that grows with traffic holds a pointer.
//
// It does not know how advisories arrive or how they are told: no Kafka, no HTTP, no EDIFACT. It reads no clock, and forgets
// nothing by age.
package window
