// Package cli is what all commands of fairwayctl have in common: where they read and write, flags that may stand anywhere
// among the arguments, files and standard input, and how to ask curator as an officer.
//
// It promises that a command which returned [ErrFault] has said everything already, that no more is read of a file or an
// answer than its limit, and that a demo officer's key is never used without saying so. It holds no command.
package cli
