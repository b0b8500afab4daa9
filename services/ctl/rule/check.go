package rule

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"fairway/pkg/rule"
	"fairway/pkg/ruletest"
	"fairway/services/ctl/cli"
)

// Lint runs the expectations beside the rules and prints what stands against the rules: what fails, and what a
// reviewer would see.
func Lint(_ context.Context, s cli.Streams, args []string) error {
	_, err := check("rules lint", s, args)
	if err == nil {
		fmt.Fprintln(s.Out, "no faults")
	}
	return err
}

// Test is [Lint] with counts.
func Test(_ context.Context, s cli.Streams, args []string) error {
	report, err := check("rules test", s, args)
	if report.Release != "" {
		fmt.Fprintf(s.Out, "release %s: %d rules, %d test files, %d cases, %d failed\n", report.Release, report.Rules, report.Files, report.Cases, len(report.Failures))
	}
	return err
}

func check(name string, s cli.Streams, args []string) (ruletest.Report, error) {
	dir, err := ruleDir(name, s, args)
	if err != nil {
		return ruletest.Report{}, err
	}
	files, err := rule.Files(os.DirFS(dir))
	if err != nil {
		return ruletest.Report{}, err
	}
	report, findings := ruletest.Check(files)
	for _, p := range findings {
		fmt.Fprintln(s.Err, p)
	}
	if set, err := rule.Parse(files); err == nil {
		for _, d := range set.Dormant() {
			fmt.Fprintf(s.Out, "%s.yaml: never fires yet: nobody fills %s\n", d.Rule, strings.Join(d.Facts, ", "))
		}
	}
	if len(findings) > 0 {
		return report, cli.ErrFault
	}
	return report, nil
}

func ruleDir(name string, s cli.Streams, args []string) (string, error) {
	dirs, err := cli.Parse(flag.NewFlagSet(name, flag.ContinueOnError), s, args)
	if err != nil {
		return "", err
	}
	if len(dirs) != 1 {
		return "", errors.New("give one directory of rules")
	}
	if info, err := os.Stat(dirs[0]); err != nil || !info.IsDir() {
		return "", fmt.Errorf("%s is not a directory", dirs[0])
	}
	return dirs[0], nil
}
