package event

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWhatIsKept holds for every topic by its name how long it is kept, and that the broker is told so.
func TestWhatIsKept(t *testing.T) {
	want := map[string]string{ // days, or compacted
		"message.received":    "1",
		"traveller.presented": "7",
		"traveller.enriched":  "30",
		"traveller.scored":    "180",
		"advisory.issued":     "180",
		"watchlist.changed":   "compacted",
		"rules.released":      "compacted",
		"case.event":          "180",

		"message.received.dead":    "30",
		"traveller.presented.dead": "30",
		"traveller.enriched.dead":  "30",
		"traveller.scored.dead":    "30",
		"advisory.issued.dead":     "30",
		"watchlist.changed.dead":   "30",
		"rules.released.dead":      "30",
		"case.event.dead":          "30",
		"proposal.made":            "180",
		"proposal.made.dead":       "30",

		"advisory.acknowledged":      "180",
		"advisory.acknowledged.dead": "30",
	}
	got := map[string]string{}
	for _, topic := range Topics() {
		c := topic.Config()
		number := func(key string) int64 {
			n, err := strconv.ParseInt(c[key], 10, 64)
			if err != nil || n <= 0 {
				t.Errorf("%s: %s is %q", topic.Name, key, c[key])
			}
			return n
		}
		if c["cleanup.policy"] == "compact" {
			if _, limited := c["retention.ms"]; limited {
				t.Errorf("%s forgets what is in force", topic.Name)
			}
			got[topic.Name] = "compacted"
			continue
		}
		// A segment goes when its newest record is old enough: its oldest is older by as much as it spans.
		kept := number("retention.ms") + number("segment.ms")
		got[topic.Name] = strconv.FormatInt(kept/(24*60*60*1000), 10)
		if c["cleanup.policy"] != "delete" || kept > 180*24*60*60*1000 || kept%(24*60*60*1000) != 0 {
			t.Errorf("%s: %v", topic.Name, c)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, topic := range Topics() {
		big := topic.Name == TopicReceived || topic.Name == Dead(TopicReceived)
		if size := topic.Config()["max.message.bytes"]; (size != "") != big {
			t.Errorf("%s takes records of %q bytes", topic.Name, size)
		}
	}
}
