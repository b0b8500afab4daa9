// Package web serves HTTP and answers in JSON, the same way for every service.
//
// It promises that a server bounds the time and size of headers, stops within its grace whatever connections are open,
// and fails at once when its port is taken; that a body is read no further than it may be long and deep, and strictly; and
// that an error never quotes what was sent.
//
// It knows no routes and no keys, and the shape of a carrier's answer is the gateway's own (openapi.json).
package web
