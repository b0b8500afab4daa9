package window

import "context"

// taken is a message that was taken in, of which nothing has arrived yet.
type taken struct {
	carrier string
	stored  bool // Kafka has acknowledged it
}

// maxAccepted is how many messages without an answer are known again; more means that all is down anyway.
const maxAccepted = 500_000

// Accept notes that a message of carrier is taken in. It returns false when it was taken in before.
func (w *Window) Accept(id, carrier string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.accepted[id]; ok || len(w.of(id)) > 0 {
		return false
	}
	if len(w.accepted) < maxAccepted {
		w.accepted[id] = taken{carrier: carrier}
	}
	return true
}

// Store notes that a message that was taken in cannot be lost any more.
func (w *Window) Store(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if t, ok := w.accepted[id]; ok {
		t.stored = true
		w.accepted[id] = t
	}
}

// Refuse takes back that a message was taken in.
func (w *Window) Refuse(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.accepted, id)
}

// Pending reports whether a message of carrier was taken in of which nothing has arrived yet, and whether it is stored.
func (w *Window) Pending(id, carrier string) (known, stored bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, ok := w.accepted[id]
	return ok && t.carrier == carrier, t.stored && t.carrier == carrier
}

// waiters are those who wait for more of one message.
type waiters struct {
	n       int
	least   int           // advisories that are enough for one of them
	arrived chan struct{} // closed when they may have enough
}

// Wait returns what is there of a message of carrier, oldest first, as soon as that is at least n advisories, or the notices
// among them are no longer as many as given: what is said of a message as a whole may end it at any time. When ctx ends
// first it returns what is there then, with the error of ctx. Nothing is read before, however much arrives.
func (w *Window) Wait(ctx context.Context, id, carrier string, n, notices int) ([]*Advisory, error) {
	for {
		who := w.join(id, n, notices)
		if who == nil {
			return w.Message(id, carrier), nil
		}
		select {
		case <-who.arrived:
		case <-ctx.Done():
			w.leave(id, who)
			return w.Message(id, carrier), ctx.Err()
		}
	}
}

// join makes one more wait for a message, unless there is enough of it.
func (w *Window) join(id string, n, notices int) *waiters {
	w.mu.Lock()
	defer w.mu.Unlock()
	if about := w.byMessage[w.hash(id)]; int(about.n) >= n || int(about.notes) != notices {
		return nil
	}
	who := w.waiting[id]
	if who == nil {
		who = &waiters{least: n, arrived: make(chan struct{})}
		w.waiting[id] = who
	}
	who.n, who.least = who.n+1, min(who.least, n)
	return who
}

// leave ends one wait for a message.
func (w *Window) leave(id string, who *waiters) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if who.n--; who.n == 0 && w.waiting[id] == who {
		delete(w.waiting, id)
	}
}

// wake lets those who wait for a message look again, when there are n advisories on it or one more notice.
func (w *Window) wake(id string, n int, notice bool) {
	if who, ok := w.waiting[id]; ok && (notice || n >= who.least) {
		close(who.arrived)
		delete(w.waiting, id)
	}
}
