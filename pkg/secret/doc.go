// Package secret reads what must not stand in a configuration: passwords, keys, certificates and authorities, each from a
// file of its own.
//
// It promises that an error names the file and never what is in it, that a file of more than a mebibyte is refused, and
// that TLS is of version 1.2 at least, with authorities of this installation alone where they are named.
//
// It keeps nothing but a [Certificate], follows no file by itself, and says nothing of who a key belongs to: that is
// package access.
package secret
