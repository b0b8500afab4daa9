package window

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"fairway/pkg/event"
)

func TestAMessageIsAcceptedOnce(t *testing.T) {
	w := New(1 << 20)
	waits := func(id, carrier string) string {
		known, stored := w.Pending(id, carrier)
		return map[bool]string{true: "known"}[known] + map[bool]string{true: " stored"}[stored]
	}
	if !w.Accept("m", "ZX") || w.Accept("m", "ZX") || waits("m", "ZX") != "known" {
		t.Error("not accepted exactly once")
	}
	if w.Store("m"); waits("m", "ZX") != "known stored" || waits("m", "QZ") != "" {
		t.Error("what Kafka has is not known to its carrier alone")
	}
	if w.Store("n"); waits("n", "ZX") != "" {
		t.Error("what was refused is taken in")
	}
	add(w, record(t, "ZX", "m", 0, 0, event.Advisory{Index: 1}))
	if w.Accept("m", "ZX") || waits("m", "ZX") != "" {
		t.Error("an answered message is accepted again")
	}
	w.Accept("n", "ZX")
	w.Refuse("n")
	if !w.Accept("n", "ZX") {
		t.Error("what Kafka did not take cannot be sent again")
	}
}

// TestNobodyReadsAnothersMessage: an id is derived, and may be guessed by whoever knows the message.
func TestNobodyReadsAnothersMessage(t *testing.T) {
	w := New(1 << 20)
	add(w, record(t, "ZX", "m", 0, 0, event.Advisory{Index: 1}))
	if n := len(w.Message("m", "ZX")); n != 1 {
		t.Errorf("its carrier reads %d", n)
	}
	if n := len(w.Message("m", "QZ")); n != 0 {
		t.Errorf("another carrier reads %d", n)
	}
}

// TestWait holds when whoever waits for a message is let go, and that nothing remembers them then.
func TestWait(t *testing.T) {
	traveller := func(index int) event.Advisory { return event.Advisory{Index: index} }
	notice := event.Advisory{Kind: event.KindMessage}
	for name, c := range map[string]struct {
		before, after []event.Advisory // the wait begins; the latter arrive one second apart
		n, notices    int
		want          int           // advisories
		took          time.Duration // of 10 s
	}{
		"nothing comes":                {nil, nil, 1, 0, 0, 10 * time.Second},
		"it is there":                  {[]event.Advisory{traveller(1)}, nil, 1, 0, 1, 0},
		"one comes":                    {nil, []event.Advisory{traveller(1)}, 1, 0, 1, time.Second},
		"not enough comes":             {nil, []event.Advisory{traveller(1)}, 2, 0, 1, 10 * time.Second},
		"enough comes":                 {[]event.Advisory{traveller(1)}, []event.Advisory{traveller(2), traveller(3), traveller(4)}, 3, 0, 3, 2 * time.Second},
		"a word about the message":     {nil, []event.Advisory{traveller(1), notice, traveller(2)}, 9, 0, 2, 2 * time.Second},
		"a word that is known already": {[]event.Advisory{notice}, []event.Advisory{traveller(1)}, 2, 1, 2, time.Second},
		"a word that came before":      {[]event.Advisory{notice}, nil, 9, 0, 1, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := New(1 << 20)
			offset := int64(0)
			arrive := func(a event.Advisory) {
				add(w, record(t, "ZX", "m", 0, offset, a))
				add(w, record(t, "ZX", "another", 1, offset, a))
				offset++
			}
			for _, a := range c.before {
				arrive(a)
			}
			go func() {
				for _, a := range c.after {
					time.Sleep(time.Second)
					arrive(a)
				}
			}()
			begun := time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			all, err := w.Wait(ctx, "m", "ZX", c.n, c.notices)
			took := time.Since(begun)
			if len(all) != c.want || took != c.took || errors.Is(err, context.DeadlineExceeded) != (c.took == 10*time.Second) {
				t.Errorf("%s: %d after %v, %v; want %d after %v", name, len(all), took, err, c.want, c.took)
			}
			if len(w.waiting) != 0 {
				t.Errorf("%s: %d are remembered", name, len(w.waiting))
			}
			time.Sleep(time.Minute) // the rest arrives
		})
	}
}

// TestManyWait lets many wait for one message, some of whom give up: nobody is left waiting, and nobody is let go early.
func TestManyWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(1 << 20)
		answered, gaveUp := make(chan time.Duration, 100), make(chan time.Duration, 100)
		begun := time.Now()
		for i := range 100 {
			go func() {
				patience := time.Hour
				if i%2 == 0 {
					patience = time.Duration(i+1) * time.Millisecond
				}
				ctx, cancel := context.WithTimeout(t.Context(), patience)
				defer cancel()
				if _, err := w.Wait(ctx, "m", "ZX", 2, 0); err != nil {
					gaveUp <- time.Since(begun) - patience
					return
				}
				answered <- time.Since(begun)
			}()
		}
		for i := range int64(2) {
			time.Sleep(time.Second)
			add(w, record(t, "ZX", "m", 0, i, event.Advisory{Index: int(i) + 1}))
		}
		for range 50 {
			if late := <-gaveUp; late != 0 {
				t.Errorf("gave up %v late", late)
			}
			if at := <-answered; at != 2*time.Second {
				t.Errorf("answered after %v", at)
			}
		}
		if len(w.waiting) != 0 {
			t.Errorf("%d are remembered", len(w.waiting))
		}
	})
}

// TestWhoNeedsLess lets two wait for a message of whom one needs less: that one is let go first, and the other is not woken
// by what is enough for nobody.
func TestWhoNeedsLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(1 << 20)
		took := make(chan int, 2)
		for _, n := range []int{4, 2} {
			go func() {
				all, err := w.Wait(t.Context(), "m", "ZX", n, 0)
				if err != nil || len(all) != n {
					t.Errorf("%d of %d, %v", len(all), n, err)
				}
				took <- n
			}()
			synctest.Wait()
		}
		who := w.waiting["m"]
		for i := range int64(4) {
			if i == 1 && w.waiting["m"] != who {
				t.Error("what is enough for nobody woke somebody")
			}
			add(w, record(t, "ZX", "m", 0, i, event.Advisory{Index: int(i) + 1}))
			synctest.Wait()
			if want := map[int64]int{1: 1, 2: 1, 3: 2}[i]; len(took) != want {
				t.Errorf("after %d: %d were let go, want %d", i+1, len(took), want)
			}
		}
		if first, second := <-took, <-took; first != 2 || second != 4 {
			t.Errorf("let go: %d, %d", first, second)
		}
	})
}

// TestANoticeThatIsGone holds that one which the window forgot lets nobody go: they would look again and again.
func TestANoticeThatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New(2_000)
		add(w, record(t, "ZX", "m", 0, 0, event.Advisory{Kind: event.KindMessage}))
		add(w, record(t, "ZX", "m", 0, 1, event.Advisory{Index: 1}))
		for offset := int64(2); ; offset++ {
			if all := w.Message("m", "ZX"); len(all) == 1 && all[0].Index == 1 {
				break
			} else if len(all) == 0 {
				t.Fatal("both are gone")
			}
			add(w, record(t, "ZX", "another", 0, offset, event.Advisory{Index: 1}))
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if all, err := w.Wait(ctx, "m", "ZX", 2, 0); len(all) != 1 || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("let go with %d, %v", len(all), err)
		}
	})
}
