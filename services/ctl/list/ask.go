package list

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/url"
	"time"

	"github.com/segmentio/encoding/json"

	"fairway/services/ctl/cli"
)

// asking parses the flags of a command that asks curator something, and returns its one argument.
func asking(o *cli.Officer, s cli.Streams, name, argument string, args []string, more func(*flag.FlagSet)) (string, error) {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	o.Flags(fs)
	if more != nil {
		more(fs)
	}
	rest, err := cli.Parse(fs, s, args)
	switch {
	case err != nil:
		return "", err
	case argument == "" && len(rest) > 0:
		return "", fmt.Errorf("unknown argument %q", rest[0])
	case argument != "" && (len(rest) != 1 || rest[0] == ""):
		return "", errors.New("give " + argument)
	case argument == "":
		return "", nil
	}
	return rest[0], nil
}

// Pending prints what waits for a second officer.
func Pending(ctx context.Context, s cli.Streams, args []string) error {
	var o cli.Officer
	if _, err := asking(&o, s, "watchlist pending", "", args, nil); err != nil {
		return err
	}
	var answer struct {
		Submissions []submission `json:"submissions"`
		Error       string       `json:"error"`
	}
	if err := o.Get(ctx, s, submissions, &answer, &answer.Error); err != nil {
		return err
	}
	for _, p := range answer.Submissions {
		fmt.Fprintln(s.Out, p)
	}
	if len(answer.Submissions) == 0 {
		fmt.Fprintln(s.Out, "nothing waits")
	}
	return nil
}

// Show prints what approving a submission would do.
func Show(ctx context.Context, s cli.Streams, args []string) error {
	var o cli.Officer
	var reveal bool
	id, err := asking(&o, s, "watchlist show", "the id of one submission", args, func(fs *flag.FlagSet) {
		fs.BoolVar(&reveal, "reveal", false, "show names, dates and numbers")
	})
	if err != nil {
		return err
	}
	var v review
	if err := o.Get(ctx, s, submissions+"/"+url.PathEscape(id), &v, &v.Error); err != nil {
		return err
	}
	v.print(s.Out, reveal)
	return nil
}

// Get prints one entry as it is in force.
func Get(ctx context.Context, s cli.Streams, args []string) error {
	var o cli.Officer
	var reveal bool
	name, err := asking(&o, s, "watchlist get", "one entry, LIST/ID", args, func(fs *flag.FlagSet) {
		fs.BoolVar(&reveal, "reveal", false, "show names, dates and numbers")
	})
	if err != nil {
		return err
	}
	var answer struct {
		Entry     fields    `json:"entry"`
		Submitted string    `json:"submitted"`
		Approved  string    `json:"approved"`
		At        time.Time `json:"at"`
		Revision  int64     `json:"revision"`
		Error     string    `json:"error"`
	}
	err = o.Get(ctx, s, "/v1/watchlist/entries?entry="+url.QueryEscape(name), &answer, &answer.Error)
	if answer.Revision > 0 {
		fmt.Fprintf(s.Out, "%s, revision %d, by %s and %s at %s\n", name, answer.Revision, answer.Submitted, answer.Approved, answer.At.Format(time.RFC3339))
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(s.Out, "  "+answer.Entry.all(reveal))
	return nil
}

// Approve lets a submission of another officer take effect.
func Approve(ctx context.Context, s cli.Streams, args []string) error {
	var o cli.Officer
	id, err := asking(&o, s, "watchlist approve", "the id of one submission", args, nil)
	if err != nil {
		return err
	}
	key, err := o.Key(s, cli.DemoApprove)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, cli.Patience)
	defer cancel()
	return approveAs(ctx, s, &o, url.PathEscape(id), key)
}

// Reject ends a submission of another officer, or withdraws one's own.
func Reject(ctx context.Context, s cli.Streams, args []string) error {
	var o cli.Officer
	var why struct {
		Reason string `json:"reason"`
	}
	id, err := asking(&o, s, "watchlist reject", "the id of one submission", args, func(fs *flag.FlagSet) {
		fs.StringVar(&why.Reason, "reason", "", "why, without personal data: it goes on record under your name")
	})
	if err != nil {
		return err
	}
	key, err := o.Key(s, cli.DemoApprove)
	if err != nil {
		return err
	}
	body, err := json.Marshal(why)
	if err != nil {
		return err
	}
	if _, err := post(ctx, &o, submissions+"/"+url.PathEscape(id)+"/reject", key, "application/json", body); err != nil {
		return err
	}
	fmt.Fprintln(s.Out, "rejected: nothing of it is in force")
	return nil
}
