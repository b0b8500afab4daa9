// Package stream is the Kafka plumbing of every service: consume, step, produce, dead-letter, commit. Bytes only.
//
// The loop of a [Consumer] is the one loop of Fairway:
//
//	poll → one worker per partition → step → produce outputs and wait for their acks → mark → commit
//
// Guarantees, each with a test in streamtest:
//
//   - At least once. A record is marked only after everything its step produced is acknowledged. What is marked is
//     committed every second, when partitions are revoked, and on stop; never when they are lost.
//   - In order. The records of one partition are stepped in order, and nothing is marked past a record that failed.
//   - Three classes of error. An error made by [Reject], and a panic, put the record on <topic>.dead, untouched and
//     with its reason in headers, acknowledged before anything after it is marked. An error made by [Stop] ends Run.
//     Every other error is a dependency that is down: the partition is paused and the record tried again, for ever.
//   - No overlap. A rebalance waits for the batch in hand; nothing of a revoked partition is worked on afterwards.
//   - State follows the sequence. A step that keeps state per partition gets Restore called before the first record
//     after an assignment and after any failure, so state never runs ahead of what was acknowledged.
//
// Outputs may repeat after a crash: make them identical by deriving ids from the input (package event does).
//
// It knows nothing of travellers. It does not create metrics in a global registry, and has no configuration in code.
package stream
