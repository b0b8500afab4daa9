package ctl

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/segmentio/encoding/json"
)

// asking parses the flags of a command that asks curator something, and returns its one argument.
func (o *officers) asking(s Streams, name, argument string, args []string, more func(*flag.FlagSet)) (string, error) {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	o.flags(fs)
	if more != nil {
		more(fs)
	}
	rest, err := parse(fs, s, args)
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

func pending(ctx context.Context, s Streams, args []string) error {
	var o officers
	if _, err := o.asking(s, "watchlist pending", "", args, nil); err != nil {
		return err
	}
	var answer struct {
		Submissions []submission `json:"submissions"`
		Error       string       `json:"error"`
	}
	if err := o.get(ctx, s, "/v1/watchlist/submissions", &answer, &answer.Error); err != nil {
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

func show(ctx context.Context, s Streams, args []string) error {
	var o officers
	var reveal bool
	id, err := o.asking(s, "watchlist show", "the id of one submission", args, func(fs *flag.FlagSet) {
		fs.BoolVar(&reveal, "reveal", false, "show names, dates and numbers")
	})
	if err != nil {
		return err
	}
	var v review
	if err := o.get(ctx, s, "/v1/watchlist/submissions/"+url.PathEscape(id), &v, &v.Error); err != nil {
		return err
	}
	v.print(s.Out, reveal)
	return nil
}

// entry prints one entry as it is in force.
func entry(ctx context.Context, s Streams, args []string) error {
	var o officers
	var reveal bool
	name, err := o.asking(s, "watchlist get", "one entry, LIST/ID", args, func(fs *flag.FlagSet) {
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
	err = o.get(ctx, s, "/v1/watchlist/entries?entry="+url.QueryEscape(name), &answer, &answer.Error)
	if answer.Revision > 0 {
		fmt.Fprintf(s.Out, "%s, revision %d, by %s and %s at %s\n", name, answer.Revision, answer.Submitted, answer.Approved, answer.At.Format(time.RFC3339))
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(s.Out, "  "+answer.Entry.all(reveal))
	return nil
}

// approve lets a submission of another officer take effect.
func approve(ctx context.Context, s Streams, args []string) error {
	var o officers
	id, err := o.asking(s, "watchlist approve", "the id of one submission", args, nil)
	if err != nil {
		return err
	}
	key, err := o.as(s, demoApprove)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	return approveAs(ctx, s, o.url("/v1/watchlist/submissions/"+url.PathEscape(id)+"/approve"), key)
}

// reject ends a submission of another officer, or withdraws one's own.
func reject(ctx context.Context, s Streams, args []string) error {
	var o officers
	var why struct {
		Reason string `json:"reason"`
	}
	id, err := o.asking(s, "watchlist reject", "the id of one submission", args, func(fs *flag.FlagSet) {
		fs.StringVar(&why.Reason, "reason", "", "why, without personal data: it goes on record under your name")
	})
	if err != nil {
		return err
	}
	key, err := o.as(s, demoApprove)
	if err != nil {
		return err
	}
	body, err := json.Marshal(why)
	if err != nil {
		return err
	}
	if _, err := post(ctx, o.url("/v1/watchlist/submissions/"+url.PathEscape(id)+"/reject"), key, "application/json", body); err != nil {
		return err
	}
	fmt.Fprintln(s.Out, "rejected: nothing of it is in force")
	return nil
}

// remove asks for entries to be removed.
func remove(ctx context.Context, s Streams, args []string) error {
	fs := flag.NewFlagSet("watchlist remove", flag.ContinueOnError)
	var o officers
	o.proposing(fs)
	var asked struct {
		Entries []string `json:"entries"`
	}
	var err error
	if asked.Entries, err = parse(fs, s, args); err != nil {
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

// get asks curator and reads its answer; why is where that says what is wrong.
func (o *officers) get(ctx context.Context, s Streams, path string, into any, why *string) error {
	key, err := o.as(s, demoApprove)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	status, err := call(ctx, http.MethodGet, o.url(path), key, "", nil, into)
	if err != nil {
		return err
	}
	return refused(status, *why)
}
