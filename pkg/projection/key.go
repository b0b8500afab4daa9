package projection

// The keys in Redis, after the installation's prefix. Who writes one rebuilds it.
const (
	Ready         = "ready"      // exists when the lists are projected completely; holds their revision; curator's
	Document      = "doc:"       // + document key → JSON array of postings; curator's
	Authorisation = "auth:"      // + document key → JSON array of postings; curator's
	Clearance     = "clear:"     // + clearance key → JSON array of postings; curator's
	History       = "hist:"      // + person key → leg ids, each ended by LegEnd; the enricher's
	HistoryBusy   = "hist_busy"  // exists while an enricher writes the history anew
	HistoryReady  = "hist_ready" // exists when the history is there as far as the topic has it; the enricher's
)

// LegEnd ends each leg id in a person's history.
const LegEnd = ";"
