// Package fact holds what a rule may read about one traveller on one leg, and how it is gathered from a message, its
// booking and what was looked up.
//
// It promises that "no" and "not known" are never mixed up: what the input does not tell is absent from the [Set]. No
// name, document number, contact or removed sensitive element is a fact. Every list is bounded. The same input gives
// the same facts.
//
// It does not look anything up, and it judges nobody: package rule reads the facts, package decision weighs them.
package fact

// Unfilled names the facts that nothing in Fairway fills yet. A rule that needs one never fires; package decision's
// tests keep the list.
func Unfilled() []string {
	return []string{"authorisation.other_document", "history.refusals", "history.last_outcome", "links", "links.document_people",
		"links.contact_people", "links.address_people", "links.card_people", "links.agency_people"}
}
