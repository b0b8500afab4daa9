package allinone_test

import (
	"log/slog"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/stream/streamtest"
	"fairway/services/allinone"
)

// TestNothingSensitiveIsStored posts bookings that tell of belief and health in every format, and reads every record
// that came of them, as it came, from every topic.
func TestNothingSensitiveIsStored(t *testing.T) {
	xml, err := os.ReadFile("../../pkg/pnrgov/xml/testdata/sensitive.xml")
	if err != nil {
		t.Fatal(err)
	}
	bodies := []string{
		"UNA:+.?*'UNB+IATA:1+ZXRES+XXPIU+261003:1430+17'UNH+1+PNRGOV:15:1:IA+C1'MSG+:22'TVL+051026:1430+SIN+LHR+ZX+410'EQN+1'SRC'RCI+ZX:K7QX2M'" +
			"SSR+KSML:HK:1:ZX'SSR+OTHS:HK:1:ZX:::::IS MUSLIM'IFT+4:28::ZX+NEEDS A WHEELCHAIR'IFT+4:28::ZX+MEETS RAIL SERVICE'" +
			"TIF+LINDQVIST+ASTA MRS:A:1'SSR+MEDA:HK:1:ZX:::::INSULIN+::1'LTS+0/SSR HNML/DEAF'UNT+15+1'UNZ+1+17'",
		`{"kind":"pnr","legs":[{"carrier":"ZX","number":"410","origin":"SIN","departure":"2026-10-05T14:30"}],"bookings":[{"locator":"K7QX2M","carrier":"ZX",` +
			`"services":["KSML","UMNR"],"remarks":["IS MUSLIM","MEETS RAIL SERVICE"]}],"booking_of":[0],"travellers":[{"surname":"LINDQVIST"}]}`,
		string(xml),
	}
	streamtest.Each(t, func(t *testing.T, s *streamtest.Stack) {
		p := startProcess(t, t.TempDir(), func(c *allinone.Config) {
			c.Kafka, c.Redis, c.Prefix, c.Replication = strings.Join(s.Kafka.Brokers, ","), s.Redis, s.Kafka.Prefix, s.Kafka.Replication
		})
		for i, body := range bodies {
			if status, answer, err := p.request(http.MethodPost, "/v1/messages", allinone.DemoKey, "application/json", []byte(body)); err != nil || status != http.StatusOK {
				t.Fatalf("body %d: %d %s %v", i, status, answer, err)
			}
		}
		if err := p.stop(); err != nil {
			t.Fatal(err)
		}
		harmless, records := 0, 0
		for _, topic := range event.Topics() {
			err := stream.ReadTopic(t.Context(), s.Kafka, topic.Name, time.Time{}, func(r stream.Record) error {
				records++
				text := strings.ToUpper(string(r.Value))
				for _, word := range []string{"KSML", "MUSLIM", "WHEELCHAIR", "MEDA", "INSULIN", "HNML", "DEAF"} {
					if strings.Contains(text, word) && topic.Name != event.TopicRules {
						t.Errorf("%s holds %s", topic.Name, word)
					}
				}
				if strings.Contains(text, "MEETS RAIL SERVICE") {
					harmless++
				}
				return nil
			}, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
		}
		if harmless < 4 {
			t.Errorf("what may be kept stands in %d of %d records: was anything read?", harmless, records)
		}
	})
}
