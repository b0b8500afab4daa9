package list

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/watchlist/source/csv"
	"fairway/services/ctl/cli"
)

// submissions is where lists are submitted, looked at and decided.
const submissions = "/v1/watchlist/submissions"

// proposer is an officer who submits.
type proposer struct {
	cli.Officer
	only bool // submit, also as a demo officer
}

func (o *proposer) flags(fs *flag.FlagSet) {
	o.Flags(fs)
	fs.BoolVar(&o.only, "submit", false, "only submit, also without -key-file: another officer approves")
}

// receipt is curator's answer.
type receipt struct {
	Submission string        `json:"submission"`
	Entries    int           `json:"entries"`
	Published  int           `json:"published"`
	Unchanged  int           `json:"unchanged"`
	Superseded int           `json:"superseded"`
	LeftOut    int           `json:"left_out"`
	Findings   []csv.Finding `json:"problems"`
	Error      string        `json:"error"`
}

// Load submits the entries of a file.
func Load(ctx context.Context, s cli.Streams, args []string) error {
	fs := flag.NewFlagSet("watchlist load", flag.ContinueOnError)
	var o proposer
	o.flags(fs)
	strict := fs.Bool("strict", false, "submit nothing when a row cannot be used")
	files, err := cli.Parse(fs, s, args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return errors.New("give one CSV file")
	}
	body, err := cli.Read(s, files[0])
	if err != nil {
		return err
	}
	path := submissions
	if *strict {
		path += "?strict=true"
	}
	return o.propose(ctx, s, path, "text/csv", body)
}

// Remove asks for entries to be removed.
func Remove(ctx context.Context, s cli.Streams, args []string) error {
	fs := flag.NewFlagSet("watchlist remove", flag.ContinueOnError)
	var o proposer
	o.flags(fs)
	var asked struct {
		Entries []string `json:"entries"`
	}
	var err error
	if asked.Entries, err = cli.Parse(fs, s, args); err != nil {
		return err
	}
	if len(asked.Entries) == 0 {
		return errors.New("give the entries, LIST/ID each")
	}
	body, err := json.Marshal(asked)
	if err != nil {
		return err
	}
	return o.propose(ctx, s, "/v1/watchlist/removals", "application/json", body)
}

// Clear submits a clearance, which another officer approves.
func Clear(ctx context.Context, s cli.Streams, args []string) error {
	fs := flag.NewFlagSet("clear", flag.ContinueOnError)
	var o proposer
	o.flags(fs)
	files, err := cli.Parse(fs, s, args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return errors.New("give one file, or -, with the person as JSON: surname, given, birth_date, nationality, documents, reason")
	}
	body, err := cli.Read(s, files[0])
	if err != nil {
		return err
	}
	return o.propose(ctx, s, "/v1/clearances", "application/json", body)
}

// propose submits. An officer with a key of their own has done what one person can; the two demo officers, who are of one
// machine and one person anyway, approve at once.
func (o *proposer) propose(ctx context.Context, s cli.Streams, path, contentType string, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, cli.Patience)
	defer cancel()
	key, both := cli.DemoSubmit, o.KeyFile == "" && !o.only
	if both {
		fmt.Fprintln(s.Out, "using both demo officers: this works with the one-process mode on this machine only")
	} else {
		var err error
		if key, err = o.Key(s, cli.DemoSubmit); err != nil {
			return err
		}
	}
	r, err := post(ctx, &o.Officer, path, key, contentType, body)
	for _, p := range r.Findings {
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
		err = approveAs(ctx, s, &o.Officer, r.Submission, cli.DemoApprove)
	} else {
		fmt.Fprintf(s.Out, "nothing is in force yet; another officer looks and approves:\n  fairwayctl watchlist show %[1]s\n  fairwayctl watchlist approve %[1]s\n", r.Submission)
	}
	if err == nil && r.LeftOut > 0 {
		return cli.ErrFault
	}
	return err
}

// approveAs approves a submission and tells what is in force then.
func approveAs(ctx context.Context, s cli.Streams, o *cli.Officer, id, key string) error {
	r, err := post(ctx, o, submissions+"/"+id+"/approve", key, "application/json", nil)
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
func post(ctx context.Context, o *cli.Officer, path, key, contentType string, body []byte) (receipt, error) {
	var r receipt
	status, err := o.Post(ctx, path, key, contentType, body, &r)
	if err == nil {
		err = cli.Refused(status, r.Error)
	}
	return r, err
}
