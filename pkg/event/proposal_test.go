package event

import "testing"

// TestProposalsKeepTheirOrder: all records of one proposal have its id as their key.
func TestProposalsKeepTheirOrder(t *testing.T) {
	r, err := (&Proposal{V: 1, ID: "p1", State: ProposalMade}).Record()
	if err != nil || r.Topic != TopicProposal || r.Key != "p1" {
		t.Errorf("%s/%s, %v", r.Topic, r.Key, err)
	}
}
