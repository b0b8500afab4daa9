package message

import (
	"context"
	"errors"
	"flag"

	"fairway/pkg/travel"
	"fairway/pkg/wire"
	"fairway/services/ctl/cli"
)

// Decode prints what messages say, and fails when nothing of any of them was understood.
func Decode(_ context.Context, s cli.Streams, args []string) error {
	fs := flag.NewFlagSet("decode", flag.ContinueOnError)
	asJSON := fs.Bool("json", false, "one JSON object for each traveller on each leg")
	reveal := fs.Bool("reveal", false, "show names and numbers, which are masked otherwise")
	files, err := cli.Parse(fs, s, args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		files = []string{"-"}
	}
	understood := false
	for _, name := range files {
		body, err := cli.Read(s, name)
		if err != nil {
			return err
		}
		p := printer{s: s, file: name, body: body, reveal: *reveal}
		ok, err := p.decode(*asJSON)
		if err != nil {
			return err
		}
		understood = understood || ok
	}
	if !understood {
		return cli.ErrFault
	}
	return nil
}

// decode prints the messages of a file, and reports whether anything of them was understood.
func (p *printer) decode(asJSON bool) (understood bool, err error) {
	if wire.IsAcknowledgement(p.body) {
		return p.replies(asJSON)
	}
	messages, err := wire.Decode("", p.body)
	var bad *travel.DecodeError
	if errors.As(err, &bad) {
		p.findings(bad.Findings)
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for i := range messages {
		m := &messages[i]
		understood = understood || len(m.Travellers) > 0 || len(m.Legs) > 0
		p.findings(m.Findings)
		if !asJSON {
			p.human(m)
			continue
		}
		if err := p.json(m); err != nil {
			return false, err
		}
	}
	return understood, nil
}
