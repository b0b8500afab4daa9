package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// Streams are where a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Command is one verb of the tool.
type Command struct {
	Name, Use string
	Run       func(ctx context.Context, s Streams, args []string) error
}

// ErrFault is returned when everything wrong has been printed already.
var ErrFault = errors.New("faults were found")

// Run runs one command of those there are and returns the exit code: 0 done, 1 fault, 2 wrong use.
func Run(ctx context.Context, s Streams, commands []Command, args []string) int {
	for _, c := range commands {
		words := strings.Fields(c.Name)
		if len(args) < len(words) || !slices.Equal(args[:len(words)], words) {
			continue
		}
		err := c.Run(ctx, s, args[len(words):])
		switch {
		case err == nil, errors.Is(err, flag.ErrHelp):
			return 0
		case errors.Is(err, ErrFault):
			return 1
		}
		fmt.Fprintf(s.Err, "fairwayctl %s: %v\n", c.Name, err)
		return 1
	}
	fmt.Fprintln(s.Err, "usage: fairwayctl COMMAND, where COMMAND is")
	for _, c := range commands {
		fmt.Fprintln(s.Err, "  "+c.Use)
	}
	return 2
}

// Parse parses flags wherever they stand among the arguments, and returns the arguments that are none.
func Parse(fs *flag.FlagSet, s Streams, args []string) ([]string, error) {
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

// largest is the most a file may hold: the limit of a PNRGOV interchange (standards.md A.7).
const largest = 64 << 20

// Read reads a file, or standard input where its name is "-".
func Read(s Streams, name string) ([]byte, error) {
	in := s.In
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	body, err := io.ReadAll(io.LimitReader(in, largest+1))
	if err == nil && len(body) > largest {
		err = fmt.Errorf("%s is larger than %d MiB", name, largest>>20)
	}
	return body, err
}
