package allinone_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"fairway/pkg/stream/streamtest"
	"fairway/services/allinone"
	"fairway/services/ctl"
	"fairway/services/ctl/cli"
)

// TestReplayOfTheWholeProcess makes every decision of a process again from what its topics keep, also of a traveller who was
// decided twice on different facts: the second has an earlier leg.
func TestReplayOfTheWholeProcess(t *testing.T) {
	streamtest.Beside(t)
	p := startProcess(t, t.TempDir())
	defer func() { _ = p.stop() }()
	listed := invented{"VARKONDY", "ISTOK", "1979-04-11", "UTO", "U7700112"}
	unlisted := invented{"QUORNDALE", "MIRABEL", "1981-03-14", "GBR", "Q4400199"}
	for i, who := range []invented{listed, unlisted, listed} {
		status, answer, err := p.request(http.MethodPost, "/v1/messages", allinone.DemoKey, "application/json", inSet("UNOY", nil)(who, "R"+string(rune('1'+i))))
		if err != nil || status != http.StatusOK {
			t.Fatalf("%d %s %v", status, answer, err)
		}
	}
	var out, faults bytes.Buffer
	code := ctl.Run(t.Context(), cli.Streams{In: strings.NewReader(""), Out: &out, Err: &faults},
		[]string{"replay", "-kafka", strings.Join(p.Kafka().Brokers, ","), "-prefix", p.Kafka().Prefix})
	if code != 0 || !strings.Contains(out.String(), "3 decisions: 3 made again and the same to the byte, 0 different, 0 not made again") {
		t.Errorf("exit %d\n%s%s", code, &out, &faults)
	}
}
