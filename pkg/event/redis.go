package event

// The keys of the projection in Redis, after the installation's prefix. Curator writes all but the history, which
// the enricher does; everything can be flushed and is rebuilt from topics.
const (
	RedisReady         = "ready" // exists when the lists are projected completely; holds their revision
	RedisDocument      = "doc:"  // + document key → JSON array of postings
	RedisAuthorisation = "auth:" // + document key → JSON array of postings
	RedisClearance     = "clear:"
	RedisHistory       = "hist:" // + person key → leg ids, each ended by ";"
)

// JourneyEnd ends each leg id in a person's history.
const JourneyEnd = ";"
