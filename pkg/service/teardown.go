package service

import (
	"errors"
	"fmt"
)

// Teardown undoes what a New has opened: when it fails half way, and at the end of Run.
type Teardown struct{ steps []step }

type step struct {
	name string
	undo func() error
}

// Add has undo called by Close, before what was added earlier. name says in an error what it undoes.
func (t *Teardown) Add(name string, undo func() error) { t.steps = append(t.steps, step{name, undo}) }

// AddFunc is Add for what cannot fail.
func (t *Teardown) AddFunc(name string, undo func()) {
	t.Add(name, func() error { undo(); return nil })
}

// Close undoes everything, last first, whatever fails, and returns all that did. A second call does nothing.
func (t *Teardown) Close() error {
	var errs []error
	for i := len(t.steps) - 1; i >= 0; i-- {
		if err := t.steps[i].undo(); err != nil {
			errs = append(errs, fmt.Errorf("close %s: %w", t.steps[i].name, err))
		}
	}
	t.steps = nil
	return errors.Join(errs...)
}

// Failed is for the end of a New: it undoes everything where err is set, and returns err and what failed then.
func (t *Teardown) Failed(err error) error {
	if err == nil {
		return nil
	}
	return errors.Join(err, t.Close())
}
