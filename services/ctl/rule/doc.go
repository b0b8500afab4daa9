// Package rule is the commands of rule authors: lint and test hold a directory of rules against the language and the tests
// beside them, replay makes decisions again with the rules that decided, and compares.
//
// It promises that every fault is told with its file, line and column, and that replay tells of a decision that it could not
// make again as a fault, because nothing is known of it. It changes no rule and writes to no topic.
package rule
