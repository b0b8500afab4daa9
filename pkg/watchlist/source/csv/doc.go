// Package csv reads watchlists from files of comma-separated values, as agencies and their spreadsheets write them.
//
// [Read] gives the entries that can be used and a [Finding] for every row that cannot, or that somebody should look at.
// What it promises:
//   - A row is one line. What is wrong with it is found with its line, a code and a remedy, and does not touch the others.
//   - A row is read as it was meant or refused: letters that were lost, or are in a code that cannot be told, never
//     become another name in silence, and an entry that no search could find is said to be one.
//   - Findings never hold the content of a row. Rows, findings and lines are bounded.
//   - The same file, read on the same day, gives the same entries and findings.
//
// It does not fetch, store or publish a list, and has no clock: the caller says what day it is. README.md lists
// what the columns mean and the codes.
package csv
