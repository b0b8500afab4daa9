package allinone

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"time"

	"fairway/pkg/paxlst"
	"fairway/pkg/population"
)

const demoPause = 800 * time.Millisecond // about two travellers a second

// demo posts invented parties to the gateway, as a carrier would, until ctx ends.
func (s *Service) demo(ctx context.Context) error {
	now := time.Now().UTC()
	people := population.New(uint64(now.UnixNano()), now)
	tick := time.NewTicker(demoPause)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		m := people.Party()
		if err := s.postDemo(ctx, paxlst.Encode(nil, &m, paxlst.EncodeOptions{})); err != nil && ctx.Err() == nil {
			s.t.Log.Warn("demo traffic", "error", err)
		}
	}
}

func (s *Service) postDemo(ctx context.Context, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+s.Addr()+"/v1/messages", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+DemoKey)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}
