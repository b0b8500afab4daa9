package cli

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/segmentio/encoding/json"
)

// The demo officers of the one-process mode, accepted by it from loopback only.
const (
	DemoSubmit  = "demo-officer-one"
	DemoApprove = "demo-officer-two"
)

// Patience is how long curator is waited for, whose work on the largest list takes minutes.
const Patience = 5 * time.Minute

// largestAnswer is the most that is read of an answer: the largest list, before and after a change.
const largestAnswer = 4 * largest

// Officer is who a command speaks as, and to which curator.
type Officer struct {
	Server  string
	KeyFile string
}

// Flags declares the flags of an officer.
func (o *Officer) Flags(fs *flag.FlagSet) {
	fs.StringVar(&o.Server, "server", "http://127.0.0.1:8080", "curator, or the one-process mode")
	fs.StringVar(&o.KeyFile, "key-file", "", "file with your key as an officer; without it a demo officer of the one-process mode on this machine")
}

// Key returns the officer's key; without a file the demo officer's, and says so.
func (o *Officer) Key(s Streams, demo string) (string, error) {
	if o.KeyFile == "" {
		fmt.Fprintf(s.Err, "using %s: this works with the one-process mode on this machine only\n", strings.ReplaceAll(demo, "-", " "))
		return demo, nil
	}
	b, err := os.ReadFile(o.KeyFile)
	if err != nil {
		return "", fmt.Errorf("read your key: %w", err)
	}
	return strings.TrimSpace(string(b)), nil
}

// Get asks curator and reads its answer; why is where that says what is wrong.
func (o *Officer) Get(ctx context.Context, s Streams, path string, into any, why *string) error {
	key, err := o.Key(s, DemoApprove)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	defer cancel()
	status, err := o.call(ctx, http.MethodGet, path, key, "", nil, into)
	if err != nil {
		return err
	}
	return Refused(status, *why)
}

// Post sends curator a body under a key and reads its answer, whatever its status.
func (o *Officer) Post(ctx context.Context, path, key, contentType string, body []byte, into any) (status int, err error) {
	return o.call(ctx, http.MethodPost, path, key, contentType, body, into)
}

func (o *Officer) call(ctx context.Context, method, path, key, contentType string, body []byte, into any) (status int, err error) {
	url := strings.TrimRight(o.Server, "/") + path
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

// Refused is the error of an answer with a status, if it is one.
func Refused(status int, why string) error {
	if status < http.StatusBadRequest {
		return nil
	}
	return fmt.Errorf("refused (%d %s): %s", status, http.StatusText(status), why)
}
