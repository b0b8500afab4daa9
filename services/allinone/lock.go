//go:build linux || darwin || freebsd || netbsd || openbsd

package allinone

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// lock makes dir this process's alone until unlock, or until the process ends, however it does: two brokers that write
// the same files destroy them. What is locked is the directory: a file in it could be removed. The file "pid" only says
// who has it.
func lock(dir string) (unlock func(), err error) {
	pid := filepath.Join(dir, "pid")
	d, err := os.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("lock data directory: %w", err)
	}
	err = syscall.Flock(int(d.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		d.Close()
		return nil, fmt.Errorf("data directory %s is in use by %s; stop it, or give another -data", dir, owner(pid))
	}
	if err == nil {
		err = os.WriteFile(pid, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600)
	}
	if err != nil {
		d.Close()
		return nil, fmt.Errorf("lock data directory %s: %w", dir, err)
	}
	return func() { d.Close() }, nil
}

func owner(pid string) string {
	b, _ := os.ReadFile(pid)
	if n, err := strconv.Atoi(strings.TrimSpace(string(b))); err == nil {
		return "process " + strconv.Itoa(n)
	}
	return "another process"
}
