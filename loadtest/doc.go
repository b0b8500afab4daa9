// Command loadtest measures Fairway on the machine it runs on: POST-to-answer and Kafka-to-Kafka latency, sustained
// throughput, and the floor that the same broker sets for four bare relays. See its README.
//
// It promises that every message sent is counted once as answered, wrong or lost, that a percentile is of all of them, from when
// each was due, and that the system under test is a process of its own. It does not judge: what is fast enough is the reader's.
package main
