package ctl

import (
	"context"

	"fairway/services/ctl/cli"
	"fairway/services/ctl/list"
	"fairway/services/ctl/message"
	"fairway/services/ctl/rule"
	"fairway/services/ctl/topic"
)

func commands() []cli.Command {
	return []cli.Command{
		{Name: "decode", Use: "decode [-json] [-reveal] FILE…      print messages for a human, or one JSON object a traveller and leg", Run: message.Decode},
		{Name: "encode", Use: "encode [-lines] [-at TIME] FILE.json…    write JSON messages as PAXLST or PNRGOV", Run: message.Encode},
		{Name: "watchlist load", Use: "watchlist load FILE.csv [-strict] [-submit] [-server URL] [-key-file FILE]   submit list entries", Run: list.Load},
		{Name: "watchlist remove", Use: "watchlist remove LIST/ID… [-submit]     submit the removal of list entries", Run: list.Remove},
		{Name: "watchlist pending", Use: "watchlist pending                       what waits for a second officer", Run: list.Pending},
		{Name: "watchlist show", Use: "watchlist show SUBMISSION [-reveal]     what approving it would do", Run: list.Show},
		{Name: "watchlist approve", Use: "watchlist approve SUBMISSION            another officer's submission takes effect", Run: list.Approve},
		{Name: "watchlist reject", Use: "watchlist reject SUBMISSION -reason TEXT   end another officer's submission, or withdraw your own", Run: list.Reject},
		{Name: "watchlist get", Use: "watchlist get LIST/ID [-reveal]         an entry as it is in force", Run: list.Get},
		{Name: "sample", Use: "sample [-pnr | -json] [-lines] [-on DATE]    print a message for tomorrow, to send", Run: message.Sample},
		{Name: "confirm", Use: "confirm -leg LEG -message ID -index N -reason TEXT [-entry LIST/ID] [-always] [-withdraw]   a match is this person", Run: list.Confirm},
		{Name: "clear", Use: "clear FILE.json [-server URL]         a person is not the listed one; needs two officers", Run: list.Clear},
		{Name: "topics create", Use: "topics create -kafka BROKERS [-partitions 12] [-replication 3]   create what is missing", Run: topic.Create},
		{Name: "replay", Use: "replay -kafka BROKERS [-since 24h] [-leg LEG] [-message ID] [-rules DIR]   make decisions again and compare", Run: rule.Replay},
		{Name: "rules lint", Use: "rules lint DIR                       check rules; file:line:column of every fault", Run: rule.Lint},
		{Name: "rules test", Use: "rules test DIR                       lint, then run the tests beside the rules", Run: rule.Test},
	}
}

// Run runs one command and returns the exit code: 0 done, 1 fault, 2 wrong use.
func Run(ctx context.Context, s cli.Streams, args []string) int {
	return cli.Run(ctx, s, commands(), args)
}
