package list

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/travel"
	"fairway/services/ctl/cli"
)

// confirmation is what curator is asked, and confirmed what came of it.
type confirmation struct {
	Leg      string `json:"leg"`
	Message  string `json:"message_id"`
	Index    int    `json:"index"`
	Entry    string `json:"entry,omitempty"`
	Always   bool   `json:"always,omitempty"`
	Withdraw bool   `json:"withdraw,omitempty"`
	Reason   string `json:"reason"`
}

type confirmed struct {
	Case     string         `json:"case"`
	Status   string         `json:"status"`
	Entry    string         `json:"entry"`
	Advisory travel.Outcome `json:"advisory"`
	Version  int            `json:"version"`
	Error    string         `json:"error"`
}

// Confirm is an officer's word that a match is this person, or no longer.
func Confirm(ctx context.Context, s cli.Streams, args []string) error {
	fs := flag.NewFlagSet("confirm", flag.ContinueOnError)
	var o cli.Officer
	o.Flags(fs)
	var c confirmation
	fs.StringVar(&c.Leg, "leg", "", "leg id, as the feed has it: ZX-410-DXB-2026-10-05")
	fs.StringVar(&c.Message, "message", "", "id of the message the person came with")
	fs.IntVar(&c.Index, "index", 0, "the person's position in it, from 1")
	fs.StringVar(&c.Entry, "entry", "", "the list entry that is this person, LIST/ID; needed when several match")
	fs.BoolVar(&c.Always, "always", false, "for this person and entry on later legs too")
	fs.BoolVar(&c.Withdraw, "withdraw", false, "take the confirmation back")
	fs.StringVar(&c.Reason, "reason", "", "why, without personal data: it goes on record under your name")
	rest, err := cli.Parse(fs, s, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return fmt.Errorf("unknown argument %q", rest[0])
	}
	key, err := o.Key(s, cli.DemoSubmit)
	if err != nil {
		return err
	}
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	var a confirmed
	if _, err := o.Post(ctx, "/v1/confirmations", key, "application/json", body, &a); err != nil {
		return err
	}
	switch a.Status {
	case "applied":
		fmt.Fprintf(s.Out, "%s: the carrier is told %s (version %d), case %s\n", a.Entry, a.Advisory, a.Version, a.Case)
		return nil
	case "waiting":
		return fmt.Errorf("case %s: %s", a.Case, a.Error)
	}
	return errors.New("refused: " + a.Error)
}
