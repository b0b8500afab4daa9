package ctl

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
)

// Streams are where a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// command is one verb of fairwayctl.
type command struct {
	name, use string
	run       func(ctx context.Context, s Streams, args []string) error
}

// errFault is returned when everything wrong has been printed already.
var errFault = errors.New("faults were found")

func commands() []command {
	return []command{
		{"decode", "decode [-json] [-reveal] FILE…      print messages for a human, or one JSON object a traveller and leg", decode},
		{"encode", "encode [-lines] [-at TIME] FILE.json…    write JSON messages as PAXLST or PNRGOV", encode},
		{"watchlist load", "watchlist load FILE.csv [-strict] [-submit] [-server URL] [-key-file FILE]   submit list entries", load},
		{"watchlist remove", "watchlist remove LIST/ID… [-submit]     submit the removal of list entries", remove},
		{"watchlist pending", "watchlist pending                       what waits for a second officer", pending},
		{"watchlist show", "watchlist show SUBMISSION [-reveal]     what approving it would do", show},
		{"watchlist approve", "watchlist approve SUBMISSION            another officer's submission takes effect", approve},
		{"watchlist reject", "watchlist reject SUBMISSION -reason TEXT   end another officer's submission, or withdraw your own", reject},
		{"watchlist get", "watchlist get LIST/ID [-reveal]         an entry as it is in force", entry},
		{"sample", "sample [-pnr | -json] [-lines] [-on DATE]    print a message for tomorrow, to send", sample},
		{"confirm", "confirm -leg LEG -message ID -index N -reason TEXT [-entry LIST/ID] [-always] [-withdraw]   a match is this person", confirm},
		{"clear", "clear FILE.json [-server URL]         a person is not the listed one; needs two officers", clearPerson},
		{"topics create", "topics create -kafka BROKERS [-partitions 12] [-replication 3]   create what is missing", createTopics},
		{"replay", "replay -kafka BROKERS [-since 24h] [-leg LEG] [-message ID] [-rules DIR]   make decisions again and compare", replay},
		{"rules lint", "rules lint DIR                       check rules; file:line:column of every fault", lint},
		{"rules test", "rules test DIR                       lint, then run the tests beside the rules", test},
	}
}

// Run runs one command and returns the exit code: 0 done, 1 fault, 2 wrong use.
func Run(ctx context.Context, s Streams, args []string) int {
	for _, c := range commands() {
		rest, ok := cut(args, c.name)
		if !ok {
			continue
		}
		err := c.run(ctx, s, rest)
		switch {
		case err == nil, errors.Is(err, flag.ErrHelp):
			return 0
		case errors.Is(err, errFault):
			return 1
		}
		fmt.Fprintf(s.Err, "fairwayctl %s: %v\n", c.name, err)
		return 1
	}
	fmt.Fprintln(s.Err, "usage: fairwayctl COMMAND, where COMMAND is")
	for _, c := range commands() {
		fmt.Fprintln(s.Err, "  "+c.use)
	}
	return 2
}

// cut takes the words of name off the front of args.
func cut(args []string, name string) ([]string, bool) {
	var words []string
	for start, i := 0, 0; i <= len(name); i++ {
		if i == len(name) || name[i] == ' ' {
			words, start = append(words, name[start:i]), i+1
		}
	}
	if len(args) < len(words) {
		return nil, false
	}
	for i, w := range words {
		if args[i] != w {
			return nil, false
		}
	}
	return args[len(words):], true
}

// parse parses flags wherever they stand among the arguments, and returns the arguments that are none.
func parse(fs *flag.FlagSet, s Streams, args []string) ([]string, error) {
	fs.SetOutput(s.Err)
	var rest []string
	for {
		if err := fs.Parse(args); err != nil {
			return nil, err
		}
		if fs.NArg() == 0 {
			return rest, nil
		}
		rest, args = append(rest, fs.Arg(0)), fs.Args()[1:]
	}
}
