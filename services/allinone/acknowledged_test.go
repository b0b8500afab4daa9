package allinone_test

import (
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
	"fairway/services/allinone"
)

// TestAcknowledgedIsOnRecord follows one advisory of the whole process: asked for, acknowledged in JSON, then with a CUSRES
// 312, and read from the topic of receipts.
func TestAcknowledgedIsOnRecord(t *testing.T) {
	streamtest.Beside(t)
	p := startProcess(t, t.TempDir())
	defer func() { _ = p.stop() }()
	post := func(path, body string) (int, string) {
		status, answer, err := p.request(http.MethodPost, path, allinone.DemoKey, "application/json", []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		return status, answer
	}
	var asked struct {
		Message    string `json:"message_id"`
		Travellers []struct{ Index, Version int }
	}
	if _, answer := post("/v1/messages", onePassenger); json.Unmarshal([]byte(answer), &asked) != nil || len(asked.Travellers) != 1 {
		t.Fatal(answer)
	}
	index, version := asked.Travellers[0].Index, asked.Travellers[0].Version
	if status, answer := post("/v1/advisories/ack", fmt.Sprintf(`{"advisories":[{"message_id":%q,"index":%d,"version":%d}]}`, asked.Message, index, version)); status != http.StatusOK {
		t.Errorf("in JSON: %d %s", status, answer)
	}
	id, err := hex.DecodeString(asked.Message)
	if err != nil {
		t.Fatal(err)
	}
	reference := fmt.Sprintf("%s-%d-%d", strings.TrimRight(base32.StdEncoding.EncodeToString(id), "="), index, version)
	echo := strings.NewReplacer("XXG26100500093", reference, "ERC+118", "ERC+0").Replace(ack)
	if status, answer := post("/v1/messages", echo); status != http.StatusOK || !strings.Contains(answer, `"errors":[]`) {
		t.Errorf("312: %d %s", status, answer)
	}
	var got []event.Acknowledged
	err = stream.ReadTopic(t.Context(), p.Kafka(), event.TopicAcknowledged, time.Time{}, func(r stream.Record) error {
		var a event.Acknowledged
		if err := event.Decode(r.Value, &a); err != nil {
			return err
		}
		if string(r.Key) != string(a.Leg) || a.At == 0 || strings.Contains(string(r.Value), "LINDQVIST") {
			t.Errorf("%s: %s", r.Key, r.Value)
		}
		a.At = 0
		got = append(got, a)
		return nil
	}, slog.New(slog.DiscardHandler))
	one := event.Acknowledged{V: 1, Message: asked.Message, Index: index, Version: version, Carrier: "DEMO", Leg: "ZX-410-DXB-2026-10-05", By: event.ByHTTP}
	two := one
	two.By = event.ByCUSRES
	if diff := cmp.Diff([]event.Acknowledged{one, two}, got); diff != "" || err != nil {
		t.Errorf("on record (-want +got):\n%s%v", diff, err)
	}
}
