// Package name turns the names of people into comparable tokens and says how alike two tokens are.
//
// It knows what border data looks like: A–Z names copied from machine-readable zones, titles glued to given names,
// surname and given names in either order, placeholders for people with one name, truncation at the width of a zone,
// and list names in other scripts. [Normalise] brings any text to A–Z and single spaces; [Tokens] applies the rules of
// naming (titles, articles, ABD UL, UD DIN); in the fold of a [Word] differences of romanisation are gone; [Probe] compares one token
// with many.
//
// Promises: pure functions and values, no allocation on the A–Z path, bounded output for any input, and the same answer
// for the same input everywhere. Tokens hold personal data: they have no String method and errors never hold them.
//
// What this package does not do: it keeps no list, weighs no evidence and decides nothing (package watchlist does).
package name
