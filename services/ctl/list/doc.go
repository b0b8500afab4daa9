// Package list is the commands of list officers: they submit entries, removals and clearances, look at what waits, approve or
// reject it, and confirm that a match is this person. All of it asks curator; nothing is written past it.
//
// It promises that an officer with a key of their own approves nothing of what they submit, that both demo officers are
// used together only where it says so, and that names, dates and numbers are masked unless -reveal is given.
package list
