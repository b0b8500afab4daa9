// Command fairwayctl is the tool of rule authors, list officers and operators; run it without arguments for its uses.
package main

import (
	"context"
	"os"
	"os/signal"

	"fairway/services/ctl"
	"fairway/services/ctl/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := ctl.Run(ctx, cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, os.Args[1:])
	stop()
	os.Exit(code)
}
