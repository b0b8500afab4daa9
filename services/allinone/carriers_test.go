package allinone_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"fairway/pkg/journey"
	"fairway/pkg/stream/streamtest"
	"fairway/pkg/travel"
	"fairway/services/allinone"
)

// TestACarrierSpeaksForItself has four carriers ask about one listed person on ZX's flight: ZX itself, a bureau that
// may send for ZX and knows another document, a stranger, and one whose deadline is over before anybody can decide.
func TestACarrierSpeaksForItself(t *testing.T) {
	streamtest.Beside(t)
	p := startProcess(t, t.TempDir(), func(c *allinone.Config) {
		c.Carriers = journey.Carriers{{Code: "ZX", Key: "key-zx"}, {Code: "BUREAU", Key: "key-bureau", Designators: []string{"*"}}, {Code: "YY", Key: "key-yy"},
			{Code: "HASTY", Key: "key-hasty", Designators: []string{"ZX"}, Deadline: time.Nanosecond, Default: travel.Board}}
	})
	defer func() { _ = p.stop() }()
	who := invented{"QUORNDALE", "MIRABEL", "1981-03-14", "GBR", "Q4400199"}
	p.load(t, listOf([]invented{who}))
	post := func(key string, who invented) (int, string) { // always under the same passenger reference
		status, answer, err := p.request(http.MethodPost, "/v1/messages", key, "application/json", inSet("UNOY", nil)(who, "R1"))
		if err != nil {
			t.Fatal(err)
		}
		return status, answer
	}
	feed := func(key string) string {
		_, page, err := p.request(http.MethodGet, "/v1/advisories?wait=0", key, "application/edifact", nil)
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	if _, answer := post("key-zx", who); !strings.Contains(answer, `"no_board"`) {
		t.Fatal(answer)
	}
	before := feed("key-zx")
	innocent := who
	innocent.surname, innocent.number = "LINDQVIST", "X9012345"
	if status, answer := post("key-bureau", innocent); status != http.StatusOK || !strings.Contains(answer, `"board"`) {
		t.Errorf("the bureau: %d %s", status, answer)
	}
	if status, answer := post("key-yy", innocent); status != http.StatusUnprocessableEntity || !strings.Contains(answer, journey.NotYourLeg) || !strings.Contains(answer, `"segment":`) {
		t.Errorf("a stranger: %d %s", status, answer)
	}
	if after := feed("key-zx"); after != before {
		t.Errorf("ZX was told of what others asked: %s", strings.TrimPrefix(after, before))
	}
	if _, answer := post("key-zx", who); !strings.Contains(answer, `"no_board"`) || !strings.Contains(answer, `"version":1`) {
		t.Errorf("ZX asks again: %s", answer)
	}
	if status, answer := post("key-hasty", who); status != http.StatusOK || !strings.Contains(answer, `"0T"`) {
		t.Errorf("at the deadline: %d %s", status, answer)
	}
	streamtest.Wait(t, 30*time.Second, "the real answer, as a change", func() bool {
		return strings.Contains(feed("key-hasty"), "BGM+132'") && strings.Contains(feed("key-hasty"), "ERC+1Z'")
	})
}
