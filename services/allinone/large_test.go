package allinone_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"fairway/pkg/paxlst"
	"fairway/pkg/population"
	"fairway/pkg/stream/streamtest"
	"fairway/services/allinone"
)

// TestACruiseCallIsOneMessage posts a manifest of nine thousand, larger than Kafka's usual record, and waits for every
// advisory: what the gateway takes in must fit the topic.
func TestACruiseCallIsOneMessage(t *testing.T) {
	const people = 9000
	p := population.New(1, time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC))
	m := p.Party()
	for len(m.Travellers) < people {
		m.Travellers = append(m.Travellers, p.Party().Travellers...)
	}
	m.Travellers = m.Travellers[:people]
	for i := range m.Travellers {
		m.Travellers[i].Index, m.Travellers[i].Ref = i+1, fmt.Sprintf("NS%08d", i)
	}
	m.Declared = people
	body := paxlst.Encode(nil, &m, paxlst.EncodeOptions{})
	if len(body) < 3<<19 {
		t.Fatalf("the manifest has only %d bytes", len(body))
	}
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		p := startProcess(t, t.TempDir(), func(c *allinone.Config) {
			c.Kafka, c.Redis, c.Prefix, c.Replication = strings.Join(s.Kafka.Brokers, ","), s.Redis, s.Kafka.Prefix, s.Kafka.Replication
		})
		defer func() { _ = p.stop() }()
		status, answer, err := p.request(http.MethodPost, "/v1/messages?wait=0", allinone.DemoKey, "", body)
		if err != nil || status != http.StatusAccepted {
			t.Fatalf("%d %.200s %v", status, answer, err)
		}
		_, id, _ := strings.Cut(answer, `"message_id":"`)
		id, _, _ = strings.Cut(id, `"`)
		streamtest.Wait(t, 3*time.Minute, "nine thousand advisories", func() bool {
			_, answer, err = p.request(http.MethodGet, "/v1/messages/"+id, allinone.DemoKey, "", nil)
			return err == nil && strings.Contains(answer, `"status":"complete"`)
		})
		if n := strings.Count(answer, `"name_ref"`); n != people || strings.Contains(answer, `"unscreened":true`) {
			t.Errorf("%d advisories", n)
		}
	})
}
