// Package population invents travellers: carriers, routes, parties that travel together, people who travel again, and
// lists that some of them are on.
//
// It promises the same population for the same seed, names in the romanised spellings that carriers send, from a dozen
// cultures, and that nobody in it exists: names are recombined at random and every document number carries a State's
// specimen prefix. It does not model demand or time; the caller asks for one party after another.
package population
