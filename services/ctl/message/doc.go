// Package message is the commands about one message: decode prints it, encode writes it, sample invents it.
//
// It promises that names and numbers are masked unless -reveal is given, in what is printed of faults too, and that a message
// with a fault is not written. It sends nothing to anybody.
package message
