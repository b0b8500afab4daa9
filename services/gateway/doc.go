// Package gateway is the carriers' edge: it takes messages in by HTTP, and gives answers, later changes and the feed out. What
// it remembers of them is in window.
//
// It promises that every message it takes in of a carrier that waits is answered by that carrier's deadline, whatever is down
// behind it: with what is known then, the rest unscreened with the carrier's default. The late answer follows in the feed. A
// carrier that does not wait is told 202 only for what Kafka has. A carrier reads nothing of another's.
//
// It decides nothing about travellers, and reads a message itself only where nobody else may be there to do it: at the
// deadline, and where a carrier's programme demands references without which no answer could be told.
package gateway
