// Package sensitive knows what the law forbids to keep of a booking (standards.md F.6): meals that tell of belief, medical
// services, free text that tells of belief, origin, health, orientation, opinion or union, titles of clergy and rank, and
// fares of clergy, the forces and the disabled.
//
// It promises one list for every form a booking comes in, EDIFACT, XML and JSON. It says of a code, a word or a text whether it
// must go, takes such things out of a message that is decoded already ([Scrub]), and says what a mask writes over a text
// that is to be stored as it came ([Blot]); what is written over is itself taken for sensitive, so that a masked body
// reads as the body did. It compares whole words in English and codes; it does not understand a text, and knows no syntax.
package sensitive
