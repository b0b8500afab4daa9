// Command client posts a message and reads the feed with the client that oapi-codegen makes of openapi.json. It is built
// by .ci/client, in a module of its own.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"time"

	"client/carriers"
)

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "client:", err)
		os.Exit(1)
	}
}

// run does what a carrier's first program would: send a list, see that everybody has an advisory, find them in the feed, and
// acknowledge one.
func run(ctx context.Context, url, key string) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	c, err := carriers.NewClientWithResponses(url, carriers.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+key)
		return nil
	}))
	if err != nil {
		return err
	}
	index, err := c.GetIndexWithResponse(ctx)
	if err != nil || index.JSON200 == nil || index.JSON200.Description != "/v1/openapi.json" {
		return fmt.Errorf("GET /: %+v, %v", index, err)
	}
	var body carriers.Messages
	if err := body.FromMessage(list()); err != nil {
		return err
	}
	posted, err := c.PostMessageWithResponse(ctx, nil, body)
	if err != nil {
		return err
	}
	a := posted.JSON200
	if a == nil || a.Status != carriers.AnswerStatusComplete || len(a.Travellers) != 1 || a.Travellers[0].Unscreened {
		return fmt.Errorf("posted: %d %s", posted.StatusCode(), posted.Body)
	}
	read, err := c.GetMessageWithResponse(ctx, a.MessageId)
	if err != nil || read.JSON200 == nil || read.JSON200.MessageId != a.MessageId {
		return fmt.Errorf("read again: %+v, %v", read, err)
	}
	if err := find(ctx, c, a); err != nil {
		return err
	}
	told := a.Travellers[0]
	received, err := c.PostReceiptsWithResponse(ctx, carriers.Receipts{Advisories: []carriers.Receipt{{MessageId: a.MessageId, Index: told.Index, Version: told.Version}}})
	if err != nil || received.JSON200 == nil || received.JSON200.Acknowledged != 1 {
		return fmt.Errorf("acknowledged: %+v, %v", received, err)
	}
	wrong, err := c.PostMessageWithBodyWithResponse(ctx, nil, "application/json", http.NoBody)
	if err != nil || wrong.JSON422 == nil || len(wrong.JSON422.Errors) != 1 {
		return fmt.Errorf("an empty body: %+v, %v", wrong, err)
	}
	fmt.Printf("%s was told %s (%s), found it in the feed, and acknowledged it\n", a.Travellers[0].NameRef, a.Travellers[0].Advisory, a.Travellers[0].Code)
	return nil
}

// list is a passenger list of one for tomorrow. She is invented.
func list() carriers.Message {
	return carriers.Message{
		Reference: new("CLIENT1"),
		Legs: new([]carriers.Leg{{Carrier: "ZX", Number: "410", Origin: "DXB", Destination: new("LHR"),
			Departure: time.Now().UTC().AddDate(0, 0, 1).Format("2006-01-02T15:04")}}),
		Travellers: new([]carriers.Traveller{{Surname: new("LINDQVIST"), Given: new("ASTA"), Birth: new("1987-03-12"), Nationality: new("SWE"), Ref: new("ZX1"),
			Documents: new([]carriers.Document{{Type: new("P"), Number: new("X9012345"), Issuer: new("SWE"), Expiry: new("2031-08-15")}})}}),
	}
}

// find reads the feed from its start until the first advisory of a is there.
func find(ctx context.Context, c *carriers.ClientWithResponses, a *carriers.Answer) error {
	after := ""
	for {
		feed, err := c.GetAdvisoriesWithResponse(ctx, &carriers.GetAdvisoriesParams{After: &after})
		if err != nil {
			return err
		}
		if feed.JSON200 == nil {
			return fmt.Errorf("feed: %d %s", feed.StatusCode(), feed.Body)
		}
		for _, n := range feed.JSON200.Advisories {
			if n.MessageId == a.MessageId && n.Traveller != nil && *n.Traveller == a.Travellers[0] {
				return nil
			}
		}
		after = feed.JSON200.Cursor
	}
}
