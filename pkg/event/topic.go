package event

import "slices"

// The topics. Each has a dead-letter topic, see [Dead].
const (
	TopicReceived   = "message.received"    // [Received]: one interchange as it arrived
	TopicPresented  = "traveller.presented" // [Presented]: one traveller on one leg, from one message
	TopicEnriched   = "traveller.enriched"  // [Enriched]: the same with list matches, authorisations and history
	TopicScored     = "traveller.scored"    // [Scored]: outcome, score, rule results
	TopicAdvisory   = "advisory.issued"     // [Advisory]: one advisory for one traveller, or a message-level notice
	TopicWatchlist  = "watchlist.changed"   // [WatchlistChanged]: one approved change to one entry (compacted)
	TopicRules      = "rules.released"      // [RulesReleased]: one immutable release of all rule packs (compacted)
	TopicCase       = "case.event"          // [CaseEvent]: confirmations, and what became of them
	deadSuffix      = ".dead"
	compacted       = "compact"
	dayMillis       = int64(24 * 60 * 60 * 1000)
	keepDay         = dayMillis // what carriers produce is blotted by nobody before it lies there
	keepDays        = 7 * dayMillis
	keepFacts       = 30 * dayMillis  // every fact a decision rests on, so that it can be made again; and dead letters
	keepLong        = 180 * dayMillis // nothing that names a person longer, until records are sealed under keys that can be destroyed
	keepDefinitions = -1
)

// segments is in how many parts a topic's time is cut. A broker deletes whole segments, when the newest record of one is
// older than retention.ms: with the two set apart like this none stays longer than was promised.
const segments = 24

// largestRecord is the most bytes a record of message.received may have: the largest body the gateway takes, and room.
const largestRecord = 18 << 20

// Dead names the dead-letter topic of topic.
func Dead(topic string) string { return topic + deadSuffix }

// Topic describes one topic for whoever creates it.
type Topic struct {
	Name      string
	Compacted bool  // keeps the last record of each key for ever
	Retention int64 // milliseconds that no record is kept beyond; -1 keeps for ever
	// Partitions is how many it must have; 0 leaves it to whoever creates it.
	Partitions int
}

// Topics lists every topic of Fairway, dead-letter topics included, with how long each is kept. Nothing that names a
// traveller is kept beyond 180 days; watchlists and rules are, as long as they are in force.
func Topics() []Topic {
	base := []Topic{
		{Name: TopicReceived, Retention: keepDay},
		{Name: TopicPresented, Retention: keepDays},
		{Name: TopicEnriched, Retention: keepFacts},
		{Name: TopicScored, Retention: keepLong},
		{Name: TopicAdvisory, Retention: keepLong},
		{Name: TopicAcknowledged, Retention: keepLong},
		{Name: TopicWatchlist, Compacted: true, Retention: keepDefinitions, Partitions: 1}, // an offset is a revision
		{Name: TopicRules, Compacted: true, Retention: keepDefinitions},
		{Name: TopicCase, Retention: keepLong},
		{Name: TopicProposal, Retention: keepLong},
	}
	all := make([]Topic, 0, 2*len(base))
	for _, t := range base {
		all = append(all, t, Topic{Name: Dead(t.Name), Retention: keepFacts})
	}
	return all
}

// BigTopics are the topics with records of more than a mebibyte: messages as carriers send them.
func BigTopics() []string { return []string{TopicReceived, Dead(TopicReceived)} }

// Config returns t's topic configuration in Kafka's words.
func (t Topic) Config() map[string]string {
	if t.Compacted {
		return map[string]string{"cleanup.policy": compacted}
	}
	segment := t.Retention / segments
	c := map[string]string{"cleanup.policy": "delete", "retention.ms": itoa(t.Retention - segment), "segment.ms": itoa(segment)}
	if slices.Contains(BigTopics(), t.Name) {
		c["max.message.bytes"] = itoa(largestRecord)
	}
	return c
}
