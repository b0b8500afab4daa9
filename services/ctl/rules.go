package ctl

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"fairway/pkg/rule"
	"fairway/pkg/rule/ruletest"
)

func lint(_ context.Context, s Streams, args []string) error {
	dir, err := ruleDir("rules lint", s, args)
	if err != nil {
		return err
	}
	return lintDir(s, dir)
}

func lintDir(s Streams, dir string) error {
	list := rule.Lint(os.DirFS(dir))
	for _, p := range list {
		fmt.Fprintln(s.Err, p)
	}
	if len(list) > 0 {
		return errFault
	}
	fmt.Fprintln(s.Out, "no faults")
	return nil
}

func test(_ context.Context, s Streams, args []string) error {
	dir, err := ruleDir("rules test", s, args)
	if err != nil {
		return err
	}
	if err := lintDir(s, dir); err != nil {
		return err
	}
	report, err := ruletest.Run(os.DirFS(dir))
	if err != nil {
		return err
	}
	fmt.Fprint(s.Out, report)
	if !report.OK() {
		return errFault
	}
	return nil
}

func ruleDir(name string, s Streams, args []string) (string, error) {
	dirs, err := parse(flag.NewFlagSet(name, flag.ContinueOnError), s, args)
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
