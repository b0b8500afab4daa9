// Command loadtest measures Fairway on the machine it runs on: POST-to-answer and Kafka-to-Kafka latency, sustained
// throughput, and the floor that the same broker sets for four bare relays. See its README.
package main
