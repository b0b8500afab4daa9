package allinone

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"fairway/pkg/paxlst"
	"fairway/pkg/population"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist/source/csv"
)

const (
	demoPause = 800 * time.Millisecond // about two travellers a second
	demoScene = 10                     // every so many messages are one of the scenes
)

// scene is a message of the demo that ends in an outcome which chance would not bring about for hours.
type scene struct {
	outcome string // what it shows
	key     string
	change  func(*travel.Message)
}

// scenes are one for each outcome but board, which everybody else is. Those who are listed come from the sample list.
func scenes(list []travel.ListEntry) []scene {
	entry := func(id string) travel.ListEntry {
		return list[slices.IndexFunc(list, func(e travel.ListEntry) bool { return e.ID == id })]
	}
	as := func(e travel.ListEntry) func(*travel.Message) {
		return func(m *travel.Message) {
			t := &m.Travellers[0]
			t.Surname, t.Given, t.Birth, t.Nationality = e.Surname, e.Given, e.Birth, e.Nationality
			if e.Action != travel.ActNoBoard || len(e.Documents) > 0 {
				t.Documents = slices.Clone(e.Documents)
				for i := range t.Documents {
					t.Documents[i].Expiry = travel.Date(time.Now().AddDate(2, 0, 0).Format(time.DateOnly))
				}
			}
		}
	}
	return []scene{
		{"no_board", DemoKey, as(entry("S-001"))},
		{"hold", DemoKey, as(entry("S-002"))}, // listed without a document: by name alone
		{"refer", DemoKey, as(entry("S-003"))},
		{"insufficient", DemoKey, func(m *travel.Message) { m.Travellers[0].Birth, m.Travellers[0].Documents = "", nil }},
		{"error", DemoKey, func(m *travel.Message) {
			m.Legs[0].Departure, m.Legs[0].Arrival = "2020-01-01T10:00", "2020-01-01T15:00"
		}},
		{"unscreened", demoHastyKey, func(*travel.Message) {}},
	}
}

// demo posts invented parties to the gateway, as carriers would, until ctx ends: every scene once, then now and then.
func (s *Service) demo(ctx context.Context) error {
	list, _, err := csv.Read(strings.NewReader(sample), csv.Options{})
	if err != nil {
		return fmt.Errorf("read sample list: %w", err)
	}
	now, all := time.Now().UTC(), scenes(list)
	people := population.New(uint64(now.UnixNano()), now)
	tick := time.NewTicker(demoPause)
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		m, key := people.Party(), DemoKey
		if n < len(all) || n%demoScene == 0 {
			sc := all[n%len(all)]
			if n >= len(all) {
				sc = all[n/demoScene%len(all)]
			}
			m.Travellers, m.Declared, key = m.Travellers[:1], 1, sc.key
			sc.change(&m)
		}
		if err := s.postDemo(ctx, key, paxlst.Encode(nil, &m, paxlst.EncodeOptions{})); err != nil && ctx.Err() == nil {
			s.t.Log.Warn("demo traffic", "error", err)
		}
	}
}

func (s *Service) postDemo(ctx context.Context, key string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+s.Addr()+"/v1/messages", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	return err
}
