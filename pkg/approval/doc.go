// Package approval is the two-person rule: what one officer proposes takes effect when another approves it, in time.
//
// It promises that proposals and decisions are records of proposal.made before anybody is told that they count; that of
// several decisions the first on the topic counts, so that every process reads the same records and comes to the same;
// that nobody approves what they proposed, and nothing is approved after its time, whoever wrote the record; and that an
// approval which was not carried out is known until it is.
//
// It carries nothing out, and knows neither HTTP nor who somebody is.
package approval
