package ctl

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/travel"
)

// largestAnswer is the most that is read of an answer: the largest list, before and after a change.
const largestAnswer = 4 * largest

// confirmation is what curator is asked, and answer what came of it.
type confirmation struct {
	Leg      string `json:"leg"`
	Message  string `json:"message_id"`
	Index    int    `json:"index"`
	Entry    string `json:"entry,omitempty"`
	Always   bool   `json:"always,omitempty"`
	Withdraw bool   `json:"withdraw,omitempty"`
	Reason   string `json:"reason"`
}

type answer struct {
	Case     string         `json:"case"`
	Status   string         `json:"status"`
	Entry    string         `json:"entry"`
	Advisory travel.Outcome `json:"advisory"`
	Version  int            `json:"version"`
	Error    string         `json:"error"`
}

// confirm is an officer's word that a match is this person, or no longer.
func confirm(ctx context.Context, s Streams, args []string) error {
	fs := flag.NewFlagSet("confirm", flag.ContinueOnError)
	var o officers
	o.flags(fs)
	var c confirmation
	fs.StringVar(&c.Leg, "leg", "", "leg id, as the feed has it: ZX-410-DXB-2026-10-05")
	fs.StringVar(&c.Message, "message", "", "id of the message the person came with")
	fs.IntVar(&c.Index, "index", 0, "the person's position in it, from 1")
	fs.StringVar(&c.Entry, "entry", "", "the list entry that is this person, LIST/ID; needed when several match")
	fs.BoolVar(&c.Always, "always", false, "for this person and entry on later legs too")
	fs.BoolVar(&c.Withdraw, "withdraw", false, "take the confirmation back")
	fs.StringVar(&c.Reason, "reason", "", "why, without personal data: it goes on record under your name")
	rest, err := parse(fs, s, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return fmt.Errorf("unknown argument %q", rest[0])
	}
	key, err := o.as(s, demoSubmit)
	if err != nil {
		return err
	}
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	var a answer
	if _, err := call(ctx, http.MethodPost, o.url("/v1/confirmations"), key, "application/json", body, &a); err != nil {
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

// clearPerson submits a clearance, which another officer approves.
func clearPerson(ctx context.Context, s Streams, args []string) error {
	fs := flag.NewFlagSet("clear", flag.ContinueOnError)
	var o officers
	o.proposing(fs)
	files, err := parse(fs, s, args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return errors.New("give one file, or -, with the person as JSON: surname, given, birth_date, nationality, documents, reason")
	}
	body, err := read(s, files[0])
	if err != nil {
		return err
	}
	return o.propose(ctx, s, "/v1/clearances", "application/json", body)
}

// call asks curator and reads its JSON answer, whatever its status.
func call(ctx context.Context, method, url, key, contentType string, body []byte, into any) (status int, err error) {
	req, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Authorization", "Bearer "+key)
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, largestAnswer))
	if err != nil {
		return 0, err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return 0, fmt.Errorf("%s answered %s with something that is no answer", url, res.Status)
	}
	return res.StatusCode, nil
}
