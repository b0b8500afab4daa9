// Package projection is what services keep in Redis: how it is reached, and the keys.
//
// It promises that a key has one owner, which is named beside it and writes it anew when Redis has lost it: everything in
// Redis is a projection of topics and can be flushed at any time.
//
// It reads and writes nothing by itself.
package projection
