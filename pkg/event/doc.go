// Package event is the contract of the stream: topic names, one Go type per topic, record headers, and the encoding.
//
// Every record's value is JSON, except message.received, whose value is the carrier's bytes and whose metadata travel in
// headers, so that it can be produced to with any Kafka client. Values carry a version "v".
// The contract may only grow: golden files of every version of every event are decoded in a test.
//
// It promises that decoding is bounded in size and depth before the JSON library sees a byte ([MaxBytes],
// [MaxDepth]), that an error names the event and never quotes its content, and that ids are derived from content:
// the same message always gets the same ids ([MessageID], [TravellerID], [DecisionID]), so redelivery overwrites.
//
// It does not talk to Kafka (stream does), and nothing in it decides anything of a record by what the record holds.
package event
