package service

import (
	"errors"
	"strings"
	"testing"
)

// TestTeardownUndoesEverything holds that steps are undone last first, that one which fails keeps none from the rest, and
// that all failures are told by name.
func TestTeardownUndoesEverything(t *testing.T) {
	var order []string
	var td Teardown
	td.AddFunc("first", func() { order = append(order, "first") })
	td.Add("second", func() error { order = append(order, "second"); return errors.New("stuck") })
	td.Add("third", func() error { order = append(order, "third"); return errors.New("gone") })
	if err := td.Failed(nil); err != nil || len(order) != 0 {
		t.Fatalf("undone where nothing failed: %v %v", order, err)
	}
	err := td.Failed(errors.New("no port"))
	if got := strings.Join(order, " "); got != "third second first" {
		t.Errorf("order %s", got)
	}
	if want := "no port\nclose third: gone\nclose second: stuck"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if err := td.Close(); err != nil || len(order) != 3 {
		t.Errorf("undone twice: %v %v", order, err)
	}
}
