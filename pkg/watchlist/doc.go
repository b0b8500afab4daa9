// Package watchlist finds the list entries that a traveller resembles, by name and by document.
//
// Names: [Build] makes an immutable in-memory [Index] of a whole list; [Live] adds changes to it that are visible at
// once. A match is judged by two numbers (matching.md 3.4, 4.3): how alike the names and birth dates are, and how many
// entries of this list would match so well by coincidence. Both are in every [travel.Match], with the reasons.
//
// Documents: [DocumentKeys] and [TravellerDocumentKeys] give the exact keys under which a [Posting] is stored
// elsewhere and looked up; [ConfirmDocument] judges what was found. Authorisations and clearances work the same way.
//
// A strong match needs birth dates that agree, or a document with what the entry says of its holder; see README.md.
//
// Promises: the index finds exactly what a scan of the whole list by the same comparison would find; a Live gives the
// same matches as a fresh Build of the same entries; queries do not allocate once their [Scratch] is warm; the same
// input gives the same output. Matches and errors hold no personal data.
//
// What this package does not do: it reads no file format ([fairway/pkg/watchlist/source/csv] does), stores nothing, knows no clock, starts no goroutine, suppresses nothing and
// decides nothing. Clearances are data here; the rules weigh them.
package watchlist
