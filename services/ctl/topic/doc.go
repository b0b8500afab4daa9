// Package topic is the command that creates the topics of the system on a Kafka that has them not.
//
// It promises that what is there stays as it is. It deletes nothing and reads no record.
package topic
