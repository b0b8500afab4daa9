// Command fairwayctl is the tool of rule authors, list officers and operators; run it without arguments for its uses.
package main

import (
	"context"
	"os"
	"os/signal"

	"fairway/services/ctl"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := ctl.Run(ctx, ctl.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, os.Args[1:])
	stop()
	os.Exit(code)
}
