package ctl

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/watchlist"
)

// submission is what waits, and review what approving it would do, as curator says.
type submission struct {
	ID        string    `json:"submission"`
	State     string    `json:"state"`
	Submitted string    `json:"submitted"`
	At        time.Time `json:"at"`
	Until     time.Time `json:"until"`
	Entries   int       `json:"entries"`
	Removals  int       `json:"removals"`
	Decided   string    `json:"decided"`
	Reason    string    `json:"reason"`
	Published int       `json:"published"`
}

type review struct {
	submission
	New       int                    `json:"new"`
	Changed   int                    `json:"changed"`
	Unchanged int                    `json:"unchanged"`
	Removed   int                    `json:"removed"`
	Absent    int                    `json:"absent"`
	LeftOut   int                    `json:"left_out"`
	Changes   []difference           `json:"changes"`
	Findings  []watchlist.RowProblem `json:"row_findings"`
	Error     string                 `json:"error"`
}

type difference struct {
	Entry  string   `json:"entry"`
	What   string   `json:"what"`
	Fields []string `json:"fields"`
	Before fields   `json:"before"`
	After  fields   `json:"after"`
}

// fields are those of a list entry, by name.
type fields map[string]json.RawMessage

// plain are the fields that say nothing of who a person is.
var plain = []string{"action", "category", "valid_until"}

// text is a field for a human: masked unless it may be shown.
func (f fields) text(name string, reveal bool) string {
	v, ok := f[name]
	switch {
	case !ok:
		return "(none)"
	case reveal || slices.Contains(plain, name):
		return string(v)
	}
	return "***"
}

// all is the entry on one line, but for what names it.
func (f fields) all(reveal bool) string {
	var parts []string
	for _, name := range []string{"action", "category", "surname", "given", "other_names", "birth", "nationality", "documents", "valid_until", "caveat"} {
		if _, ok := f[name]; ok {
			parts = append(parts, name+" "+f.text(name, reveal))
		}
	}
	return strings.Join(parts, ", ")
}

// String is the submission on one line.
func (p submission) String() string {
	text := fmt.Sprintf("%s  %s, by %s at %s: %d entries", p.ID, p.State, p.Submitted, p.At.Format(time.RFC3339), p.Entries)
	if p.Removals > 0 {
		text += fmt.Sprintf(", %d removals", p.Removals)
	}
	switch p.State {
	case "made":
		return text + "; approve until " + p.Until.Format(time.RFC3339)
	case "approved":
		return text + "; approved by " + p.Decided + ", and not all in force yet"
	case "in_force":
		return text + fmt.Sprintf("; approved by %s, %d changes published", p.Decided, p.Published)
	case "rejected":
		return text + "; by " + p.Decided + ": " + p.Reason
	}
	return text
}

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

func (v *review) print(w io.Writer, reveal bool) {
	fmt.Fprintln(w, v.submission)
	if v.State == "made" || v.State == "approved" {
		fmt.Fprintf(w, "%d new, %d changed, %d unchanged, %d removed, %d to be removed that are not there\n", v.New, v.Changed, v.Unchanged, v.Removed, v.Absent)
	}
	for _, d := range v.Changes {
		fmt.Fprintf(w, "  %-8s %s", d.What, d.Entry)
		switch d.What {
		case "new":
			fmt.Fprintf(w, ": %s", d.After.all(reveal))
		case "removed":
			fmt.Fprintf(w, ": %s", d.Before.all(reveal))
		}
		fmt.Fprintln(w)
		for _, f := range d.Fields {
			fmt.Fprintf(w, "             %s: %s → %s\n", f, d.Before.text(f, reveal), d.After.text(f, reveal))
		}
	}
	if v.LeftOut > 0 || len(v.Findings) > 0 {
		fmt.Fprintf(w, "%d rows of the file were left out; what was wrong, and what to look at:\n", v.LeftOut)
	}
	for _, p := range v.Findings {
		fmt.Fprintln(w, "  "+p.String())
	}
	if !reveal && len(v.Changes) > 0 {
		fmt.Fprintln(w, "names, dates and numbers are masked; -reveal shows them")
	}
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
