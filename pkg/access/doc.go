// Package access says who makes a request: by a bearer key, or a client certificate.
//
// It promises that keys are compared all and in constant time, so that time tells nothing of who exists; that of a key
// only its hash is kept; that a key is one owner's, has 16 characters at least and comes from a file; and that a key given
// by the process itself, for a laptop, is accepted from this machine only.
//
// It does not say what somebody may do, and follows no file: whoever uses it calls [Keys.Read] when one has changed.
package access
