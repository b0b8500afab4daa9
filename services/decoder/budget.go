package decoder

import (
	"errors"
	"time"
)

// errBudget is why a message is given up that takes too long to read: everybody on its partition waits behind it.
var errBudget = errors.New("too_slow: the message took longer to read than one may; send it in parts")

// within runs f, and gives it up after budget. What f still does then is left behind, so it must share nothing that
// changes. A panic of f is one of the caller.
func within[T any](budget time.Duration, f func() (T, error)) (T, error) {
	type outcome struct {
		value    T
		err      error
		panicked any
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			o.panicked = recover()
			done <- o
		}()
		o.value, o.err = f()
	}()
	late := time.NewTimer(budget)
	defer late.Stop()
	select {
	case o := <-done:
		if o.panicked != nil {
			panic(o.panicked)
		}
		return o.value, o.err
	case <-late.C:
		var none T
		return none, errBudget
	}
}
