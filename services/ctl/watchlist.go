package ctl

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"fairway/pkg/watchlist"
)

// The demo officers of the one-process mode, accepted by it from loopback only.
const (
	demoSubmit  = "demo-officer-one"
	demoApprove = "demo-officer-two"
	loadTimeout = 5 * time.Minute
)

// officers is who a command speaks as, and to which curator.
type officers struct {
	server  string
	keyFile string
	submit  bool // only submit, also as a demo officer
}

// flags declares the flags of officers.
func (o *officers) flags(fs *flag.FlagSet) {
	fs.StringVar(&o.server, "server", "http://127.0.0.1:8080", "curator, or the one-process mode")
	fs.StringVar(&o.keyFile, "key-file", "", "file with your key as an officer; without it a demo officer of the one-process mode on this machine")
}

// proposing declares those of a command that submits.
func (o *officers) proposing(fs *flag.FlagSet) {
	o.flags(fs)
	fs.BoolVar(&o.submit, "submit", false, "only submit, also without -key-file: another officer approves")
}

// url is an address of the officers' API.
func (o *officers) url(path string) string { return strings.TrimRight(o.server, "/") + path }

// as returns the officer's key; without a file the demo officer's, and says so.
func (o *officers) as(s Streams, demo string) (string, error) {
	if o.keyFile == "" {
		fmt.Fprintf(s.Err, "using %s: this works with the one-process mode on this machine only\n", strings.ReplaceAll(demo, "-", " "))
		return demo, nil
	}
	b, err := os.ReadFile(o.keyFile)
	if err != nil {
		return "", fmt.Errorf("read your key: %w", err)
	}
	return strings.TrimSpace(string(b)), nil
}

// receipt is curator's answer.
type receipt struct {
	Submission string                 `json:"submission"`
	Entries    int                    `json:"entries"`
	Published  int                    `json:"published"`
	Unchanged  int                    `json:"unchanged"`
	Superseded int                    `json:"superseded"`
	LeftOut    int                    `json:"left_out"`
	Problems   []watchlist.RowProblem `json:"problems"`
	Error      string                 `json:"error"`
}

func load(ctx context.Context, s Streams, args []string) error {
	fs := flag.NewFlagSet("watchlist load", flag.ContinueOnError)
	var o officers
	o.proposing(fs)
	strict := fs.Bool("strict", false, "submit nothing when a row cannot be used")
	files, err := parse(fs, s, args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return errors.New("give one CSV file")
	}
	body, err := read(s, files[0])
	if err != nil {
		return err
	}
	path := "/v1/watchlist/submissions"
	if *strict {
		path += "?strict=true"
	}
	return o.propose(ctx, s, path, "text/csv", body)
}

// propose submits. An officer with a key of their own has done what one person can; the two demo officers, who are of one
// machine and one person anyway, approve at once.
func (o *officers) propose(ctx context.Context, s Streams, path, contentType string, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	key, both := demoSubmit, o.keyFile == "" && !o.submit
	if both {
		fmt.Fprintln(s.Out, "using both demo officers: this works with the one-process mode on this machine only")
	} else {
		var err error
		if key, err = o.as(s, demoSubmit); err != nil {
			return err
		}
	}
	r, err := post(ctx, o.url(path), key, contentType, body)
	for _, p := range r.Problems {
		fmt.Fprintln(s.Err, p)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "submitted %d entries as submission %s", r.Entries, r.Submission)
	if r.LeftOut > 0 {
		fmt.Fprintf(s.Out, "; %d rows of the file were left out", r.LeftOut)
	}
	fmt.Fprintln(s.Out)
	if both {
		err = approveAs(ctx, s, o.url("/v1/watchlist/submissions/"+r.Submission+"/approve"), demoApprove)
	} else {
		fmt.Fprintf(s.Out, "nothing is in force yet; another officer looks and approves:\n  fairwayctl watchlist show %[1]s\n  fairwayctl watchlist approve %[1]s\n", r.Submission)
	}
	if err == nil && r.LeftOut > 0 {
		return errFault
	}
	return err
}

// approveAs approves a submission and tells what is in force then.
func approveAs(ctx context.Context, s Streams, url, key string) error {
	r, err := post(ctx, url, key, "application/json", nil)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "approved: %d changes published", r.Published)
	if r.Unchanged > 0 {
		fmt.Fprintf(s.Out, ", %d entries were so already", r.Unchanged)
	}
	if r.Superseded > 0 {
		fmt.Fprintf(s.Out, ", %d entries have been changed by a later approval, which stands", r.Superseded)
	}
	fmt.Fprintln(s.Out)
	return nil
}

// post posts to curator. What it says it did is returned with the error, too.
func post(ctx context.Context, url, key, contentType string, body []byte) (receipt, error) {
	var r receipt
	status, err := call(ctx, http.MethodPost, url, key, contentType, body, &r)
	if err == nil {
		err = refused(status, r.Error)
	}
	return r, err
}

// refused is the error of an answer with a status, if it is one.
func refused(status int, why string) error {
	if status < http.StatusBadRequest {
		return nil
	}
	return fmt.Errorf("refused (%d %s): %s", status, http.StatusText(status), why)
}
