package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"

	"github.com/segmentio/encoding/json"

	"fairway/pkg/service"
	"fairway/pkg/stream"
	"fairway/pkg/telemetry"
	"fairway/services/allinone"
)

// The system under test runs in a process of its own, so that its collector and its memory are measured and not the
// generator's. It is this command again, started with serveMode: it prints where it can be reached as one line of JSON, then
// does what it is told, a line at a time, and answers each line with "ok" or what went wrong.
const serveMode = "serve"

// system is the system under test as the generator sees it.
type system struct {
	Addr    string        `json:"addr"` // of the gateway
	Kafka   stream.Config `json:"kafka"`
	Ready   time.Duration `json:"ready"`
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Scanner
}

// backends are the flags that both processes have.
type backends struct{ data, rules, kafka, redis string }

func (b backends) config() allinone.Config {
	cfg := allinone.DefaultConfig()
	cfg.Data, cfg.HTTP, cfg.Admin, cfg.LogLevel = b.data, "127.0.0.1:0", "", "warn"
	cfg.Kafka, cfg.Redis, cfg.Rules = b.kafka, b.redis, b.rules
	if b.kafka != "" {
		cfg.Replication = min(3, 1+strings.Count(b.kafka, ","))
		cfg.Prefix = "load" + strings.ToLower(rand.Text()[:8]) + "."
	}
	return cfg
}

// startSystem starts the system under test and waits until it is ready.
func startSystem(ctx context.Context, b backends) (*system, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	s := &system{process: exec.Command(self, serveMode, b.data, b.rules, b.kafka, b.redis)}
	s.process.Stderr = os.Stderr
	if s.in, err = s.process.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := s.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	s.out = bufio.NewScanner(out)
	if err := s.process.Start(); err != nil {
		return nil, fmt.Errorf("start the system under test: %w", err)
	}
	defer context.AfterFunc(ctx, func() { _ = s.in.Close() })()
	if !s.out.Scan() {
		return nil, errors.Join(errors.New("the system under test did not start"), s.stop())
	}
	return s, json.Unmarshal(s.out.Bytes(), s)
}

// tell has the system do what the line says, and waits until it has.
func (s *system) tell(line string) error {
	if _, err := io.WriteString(s.in, line+"\n"); err != nil {
		return fmt.Errorf("tell the system under test: %w", err)
	}
	if !s.out.Scan() {
		return errors.New("the system under test has ended")
	}
	if answer := s.out.Text(); answer != "ok" {
		return fmt.Errorf("%s: %s", line, answer)
	}
	return nil
}

func (s *system) stop() error {
	_ = s.in.Close()
	return s.process.Wait()
}

// serve is the system under test. It ends when its input does.
func serve(ctx context.Context, b backends) error {
	cfg := b.config()
	t, err := telemetry.New("loadtest", cfg.LogLevel, os.Stderr)
	if err != nil {
		return err
	}
	service.TuneMemory(cfg.Process) // as every binary does
	began := time.Now()
	s, err := allinone.New(ctx, cfg, t)
	if err != nil {
		return err
	}
	run, cancel := context.WithCancel(ctx)
	defer cancel()
	done, ready := make(chan error, 1), make(chan struct{})
	s.Announce = func(string) { close(ready) }
	go func() { done <- s.Run(run) }()
	select {
	case <-ready:
	case err := <-done:
		return err
	}
	line, err := json.Marshal(system{Addr: s.Addr(), Kafka: s.Kafka(), Ready: time.Since(began)})
	if err != nil {
		return err
	}
	fmt.Println(string(line))
	var revision int64
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		answer := "ok"
		if err := obey(run, s, &revision, in.Text()); err != nil {
			answer = strings.ReplaceAll(err.Error(), "\n", "; ")
		}
		fmt.Println(answer)
	}
	cancel()
	return <-done
}

func obey(ctx context.Context, s *allinone.Service, revision *int64, line string) error {
	verb, what, _ := strings.Cut(line, " ")
	switch verb {
	case "revision": // note what names are matched against now
		*revision = s.Revision()
		return nil
	case "grown": // wait until it is so much newer
		n, err := strconv.ParseInt(what, 10, 64)
		if err != nil {
			return err
		}
		return s.WaitForRevision(ctx, *revision+n)
	case "cpu": // begin a CPU profile in this file
		f, err := os.Create(filepath.Clean(what))
		if err != nil {
			return err
		}
		return pprof.StartCPUProfile(f)
	case "cpu-end":
		pprof.StopCPUProfile()
		return nil
	case "heap": // write a heap profile to this file
		f, err := os.Create(filepath.Clean(what))
		if err != nil {
			return err
		}
		return errors.Join(pprof.Lookup("heap").WriteTo(f, 0), f.Close())
	}
	return errors.New("not understood")
}
