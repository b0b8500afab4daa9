package event

import "testing"

// TestProposalsAreKeptForHalfAYear holds how long what names listed people is kept, and that nothing of it is compacted away.
func TestProposalsAreKeptForHalfAYear(t *testing.T) {
	for _, topic := range Topics() {
		if topic.Name != TopicProposal {
			continue
		}
		if c := topic.Config(); c["retention.ms"] != "15552000000" || c["cleanup.policy"] != "delete" {
			t.Errorf("%v", c)
		}
		r, err := (&Proposal{V: 1, ID: "p1", State: ProposalMade}).Record()
		if err != nil || r.Topic != TopicProposal || r.Key != "p1" {
			t.Errorf("%s/%s, %v", r.Topic, r.Key, err)
		}
		return
	}
	t.Error("nobody makes the topic")
}
