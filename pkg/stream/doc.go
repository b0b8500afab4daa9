// Package stream is the Kafka plumbing of every service: consume, step, produce, dead-letter, commit. Bytes only.
//
// The loop of a [Consumer] is the one loop of Fairway:
//
//	poll → queue of each partition → its worker: step → produce outputs and wait for their acks → mark;   commit
//
// Guarantees, each with a test in streamtest:
//
//   - At least once. A record is marked only after everything its step produced is acknowledged. What is marked is
//     committed every second, when partitions are revoked, and on stop; never when they are lost.
//   - In order. The records of one partition are stepped in order, and nothing is marked past a record that failed.
//   - Alone. No partition waits for another: each has a worker of its own. One that is held up has a bounded queue, and
//     is not fetched while that is full.
//   - Two classes of error. An error made by [Reject], a panic, and an output that no broker takes put the record on
//     <topic>.dead, untouched and with its reason in headers, acknowledged before anything after it is marked. Every other
//     error is a dependency that is down: the record is tried again, for ever, and its partition waits. What a process
//     cannot survive, such as half a list, ends the Run of a [Tail].
//   - No overlap. A rebalance waits for the batches in hand of the partitions that move, and gives them up when they take
//     longer than two seconds; nothing of a revoked partition is worked on afterwards. A step that does not heed its
//     context when it is given up is waited for no longer than the group waits for a member.
//   - State follows the sequence. A step that keeps state per partition gets Restore called before the first record
//     after an assignment and after any failure, so state never runs ahead of what was acknowledged.
//   - Truth. Metrics tell how old the oldest record is that is not done, and how many there are; Ready fails while a
//     partition waits for something that is away, or is at one batch for ten seconds.
//
// Outputs may repeat after a crash: make them identical by deriving ids from the input (package event does).
//
// It knows nothing of travellers, and no topic by name. It does not create metrics in a global registry, and has no configuration in code.
package stream
