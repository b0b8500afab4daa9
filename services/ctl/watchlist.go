package ctl

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/stream"
	"fairway/pkg/travel"
	"fairway/pkg/watchlist"
)

// The demo officers of the one-process mode, accepted by it from loopback only.
const (
	demoSubmit  = "demo-officer-one"
	demoApprove = "demo-officer-two"
	loadTimeout = 5 * time.Minute
	loadBatch   = 2000
)

// receipt is curator's answer.
type receipt struct {
	Submission string                 `json:"submission"`
	Entries    int                    `json:"entries"`
	Published  int                    `json:"published"`
	Problems   []watchlist.RowProblem `json:"problems"`
	Error      string                 `json:"error"`
}

func load(ctx context.Context, s Streams, args []string) error {
	fs := flag.NewFlagSet("watchlist load", flag.ContinueOnError)
	server := fs.String("server", "http://127.0.0.1:8080", "curator, or the one-process mode")
	submitFile := fs.String("submit-key-file", "", "file with the key of the officer who submits")
	approveFile := fs.String("approve-key-file", "", "file with the key of the officer who approves")
	kafka := fs.String("kafka", "", "publish straight to these brokers instead, with -submitted and -approved")
	_ = fs.String("redis", "", "not needed: curator fills Redis from Kafka")
	submitted := fs.String("submitted", "", "with -kafka: name of the officer who submits")
	approved := fs.String("approved", "", "with -kafka: name of the officer who approves")
	prefix := fs.String("prefix", "", "with -kafka: prefix of the topics")
	files, err := parse(fs, s, args)
	if err != nil {
		return err
	}
	if len(files) != 1 {
		return errors.New("give one CSV file")
	}
	ctx, cancel := context.WithTimeout(ctx, loadTimeout)
	defer cancel()
	body, err := read(s, files[0])
	if err != nil {
		return err
	}
	if *kafka != "" {
		return direct(ctx, s, body, *kafka, *prefix, *submitted, *approved)
	}
	return viaCurator(ctx, s, "/v1/watchlist/submissions", body, strings.TrimRight(*server, "/"), *submitFile, *approveFile)
}

// viaCurator submits as one officer and approves as another.
func viaCurator(ctx context.Context, s Streams, path string, body []byte, server, submitFile, approveFile string) error {
	submit, approve := demoSubmit, demoApprove
	if submitFile == "" && approveFile == "" {
		fmt.Fprintln(s.Out, "using both demo officers: this works with the one-process mode on this machine only")
	} else {
		var err1, err2 error
		submit, err1 = key(submitFile)
		approve, err2 = key(approveFile)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
	}
	r, err := post(ctx, server+path, submit, body)
	problems(s, r.Problems)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "submitted %d entries as submission %s\n", r.Entries, r.Submission)
	done, err := post(ctx, server+"/v1/watchlist/submissions/"+r.Submission+"/approve", approve, nil)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "approved: %d changes published\n", done.Published)
	if watchlist.Refused(r.Problems) > 0 {
		return errFault
	}
	return nil
}

func key(file string) (string, error) {
	if file == "" {
		return "", errors.New("give both -submit-key-file and -approve-key-file")
	}
	b, err := os.ReadFile(file)
	return strings.TrimSpace(string(b)), err
}

func problems(s Streams, list []watchlist.RowProblem) {
	for _, p := range list {
		fmt.Fprintln(s.Err, p)
	}
}

func post(ctx context.Context, url, key string, body []byte) (receipt, error) {
	var r receipt
	status, err := call(ctx, url, key, "text/csv", body, &r)
	if err == nil && status >= http.StatusBadRequest {
		err = fmt.Errorf("refused (%d %s): %s", status, http.StatusText(status), r.Error)
	}
	return r, err
}

// direct publishes without curator, for an operator with access to Kafka. Two names are still needed, and recorded.
func direct(ctx context.Context, s Streams, body []byte, brokers, prefix, submitted, approved string) error {
	if submitted == "" || approved == "" || submitted == approved {
		return errors.New("entries need two people: give -submitted NAME and -approved ANOTHER")
	}
	entries, rows, err := watchlist.ReadCSVWith(bytes.NewReader(body), watchlist.CSVOptions{On: travel.Date(time.Now().UTC().Format(time.DateOnly))})
	problems(s, rows)
	if err != nil {
		return err
	}
	c := stream.DefaultConfig()
	c.Brokers, c.Prefix = strings.Split(brokers, ","), prefix
	p, err := stream.NewProducer(c, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer p.Close()
	now := time.Now()
	var batch []stream.Out
	for i := range entries {
		// Time-based, so that it is above every revision that curator has counted up.
		w := event.WatchlistChanged{V: 1, Revision: now.UnixMicro() + int64(i), Entry: entries[i], Submitted: submitted,
			Approved: approved, At: now.UnixMilli()}
		r, err := w.Record()
		if err != nil {
			return err
		}
		if batch = append(batch, r); len(batch) == loadBatch || i == len(entries)-1 {
			if err := p.Produce(ctx, batch...); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	fmt.Fprintf(s.Out, "%d changes published, submitted by %s, approved by %s\n", len(entries), submitted, approved)
	if watchlist.Refused(rows) > 0 {
		return errFault
	}
	return nil
}
