// Package decoder turns messages as they arrived into travellers as they were presented.
//
// It guarantees that every record of message.received leads to one event for each traveller that could be read, or to
// a notice to its carrier that says what was wrong and where; one bad traveller never loses the rest.
//
// It does not look anybody up, and keeps nothing of a message but how many of its series have come.
package decoder
