// Package allinone runs every service in one process, with a Kafka-protocol broker and a Redis inside it unless it is
// given real ones.
//
// It guarantees that nothing else differs: the same services, topics and bytes. It alone knows the word "embedded".
// The broker keeps its data in a directory and survives a restart; the Redis is empty after one, and is filled again
// from the topics, as a real one would be. It does not do anything that a service does not: [Units] is all there is to run.
package allinone
