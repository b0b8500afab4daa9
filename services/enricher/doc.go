// Package enricher adds to a presented traveller what the lists, authorisations and earlier journeys say of them.
//
// It guarantees that no traveller goes on unchecked: while Redis, or what curator keeps in it, is not there, the
// partition waits. It makes one round trip to Redis for a whole batch of travellers, and matches names in memory.
//
// It does not judge what it finds: rules do. Of what it keeps in Redis, the earlier legs, it writes anew whatever Redis loses.
package enricher
