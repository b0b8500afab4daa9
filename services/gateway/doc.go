// Package gateway is the carriers' edge: it takes messages in by HTTP, and gives answers, later changes and the feed out.
//
// It guarantees that every accepted request is answered by its carrier's deadline, whatever is down behind it: with
// what is known then, the rest unscreened with the carrier's default. The late answer follows in the feed.
package gateway
