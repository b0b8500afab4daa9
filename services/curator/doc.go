// Package curator is where watchlists change: it takes entries in, asks for a second person, publishes what was
// approved, and keeps the projection in Redis in step.
//
// It guarantees that nothing takes effect on one person's word, and that whatever Redis loses it rebuilds from
// watchlist.changed. What waits for approval, and what became of it, is on proposal.made: a restart forgets nothing, and
// any number of curators come to the same.
//
// It does not match anybody, and holds no entry but as Redis has it: what is in force stands on the topic.
package curator
