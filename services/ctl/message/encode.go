package message

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"strings"

	"fairway/pkg/travel"
	"fairway/pkg/wire"
	"fairway/services/ctl/cli"
)

// Encode writes messages in JSON as EDIFACT: PAXLST, or PNRGOV where kind is pnr. A message with a fault is not written.
func Encode(_ context.Context, s cli.Streams, args []string) error {
	fs := flag.NewFlagSet("encode", flag.ContinueOnError)
	lines := fs.Bool("lines", false, "a line for each segment")
	at := fs.String("at", "", "time of preparation in UNB, 2026-10-05T06:15; the departure when not given")
	files, err := cli.Parse(fs, s, args)
	if err != nil {
		return err
	}
	if _, ok := travel.LocalTime(*at).Time(); !ok && *at != "" {
		return errors.New("-at: give a time as 2026-10-05T06:15")
	}
	if len(files) == 0 {
		files = []string{"-"}
	}
	var faults error
	for _, name := range files {
		body, err := cli.Read(s, name)
		if err != nil {
			return err
		}
		if !wire.IsJSON(body) {
			return errors.New(name + " is not JSON; see the schema at /v1/schema")
		}
		p := printer{s: s, file: name, body: body}
		messages, err := wire.Decode("", body)
		var bad *travel.DecodeError
		if errors.As(err, &bad) {
			p.findings(bad.Findings)
			faults = cli.ErrFault
			continue
		}
		if err != nil {
			return err
		}
		for i := range messages {
			if !p.sound(&messages[i]) {
				faults = cli.ErrFault
				continue
			}
			if err := p.edifact(&messages[i], travel.LocalTime(*at), *lines); err != nil {
				return err
			}
		}
	}
	return faults
}

// sound prints what is wrong with m, and reports whether it can be written. What was not sent cannot be wrong.
func (p *printer) sound(m *travel.Message) bool {
	p.findings(m.Findings)
	for _, f := range m.Findings {
		if f.Severity == travel.Fault && !strings.HasPrefix(f.Code, "missing_") {
			return false
		}
	}
	return true
}

func (p *printer) edifact(m *travel.Message, at travel.LocalTime, lines bool) error {
	out := wire.Encode(nil, m, at)
	if lines {
		out = broken(out)
	}
	_, err := p.s.Out.Write(append(out, '\n'))
	return err
}

// broken starts a new line after every segment. The terminator is the apostrophe; one after the release character is text.
func broken(interchange []byte) []byte {
	var b bytes.Buffer
	for i := 0; i < len(interchange); i++ {
		b.WriteByte(interchange[i])
		switch {
		case bytes.HasPrefix(interchange, []byte("UNA")) && i < len("UNA:+.? ")-1:
		case interchange[i] == '?' && i+1 < len(interchange):
			i++
			b.WriteByte(interchange[i])
		case interchange[i] == '\'' && i+1 < len(interchange):
			b.WriteByte('\n')
		}
	}
	return b.Bytes()
}
