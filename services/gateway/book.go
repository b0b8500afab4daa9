package gateway

import (
	"context"
	"maps"
	"slices"
	"sync"

	"fairway/pkg/event"
	"fairway/pkg/stream"
)

// item is one advisory record kept in memory: its bytes, and what its headers say.
type item struct {
	carrier   string
	message   string
	leg       string // empty for a notice
	partition int32
	offset    int64
	index     int  // traveller's position in the message; 0 for a notice
	fallback  bool // a default given at the deadline: no decision
	raw       []byte
}

// taken is a message that was taken in here, of which nothing has arrived yet.
type taken struct {
	carrier string
	stored  bool // Kafka has acknowledged it
}

const (
	itemOverhead = 200     // bytes an item costs besides its record
	maxAccepted  = 500_000 // messages without an answer that are known again; more means that all is down anyway
)

// book holds the recent advisories of all carriers, by carrier in order of arrival and by message. It is a window on
// advisory.issued, bounded in bytes: the oldest goes first.
type book struct {
	mu        sync.Mutex
	limit     int
	bytes     int
	order     []*item // oldest first
	byCarrier map[string][]*item
	byMessage map[string][]*item
	newest    map[string]*item         // leg → what was said last of anybody on it
	dropped   map[string]cursor        // carrier → the newest that has gone, by partition
	accepted  map[string]taken         // messages taken in here of which nothing has arrived yet
	fallbacks map[string]int           // message → how many defaults were given of it, where any were
	waiting   map[string]chan struct{} // message → closed when something arrives for it
	arrived   chan struct{}            // closed and replaced whenever anything arrives
}

func newBook(limit int) *book {
	return &book{limit: limit, byCarrier: map[string][]*item{}, byMessage: map[string][]*item{}, newest: map[string]*item{},
		dropped: map[string]cursor{}, accepted: map[string]taken{}, fallbacks: map[string]int{}, waiting: map[string]chan struct{}{}, arrived: make(chan struct{})}
}

// add takes in records of advisory.issued. It does not decode them: their headers say whose they are.
func (b *book) add(_ context.Context, recs []stream.Record) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range recs {
		r := &recs[i]
		m := event.ReadMeta(r.Headers)
		if m.Message == "" || m.Carrier == "" {
			continue // nobody to tell
		}
		it := &item{carrier: m.Carrier, message: m.Message, partition: r.Partition, offset: r.Offset, index: m.Index, fallback: m.Unscreened, raw: slices.Clone(r.Value)}
		if it.fallback {
			b.fallbacks[it.message]++
		}
		if m.Index > 0 {
			it.leg = string(r.Key)
			b.newest[it.leg] = it
		}
		b.order = append(b.order, it)
		b.byCarrier[it.carrier] = append(b.byCarrier[it.carrier], it)
		b.byMessage[it.message] = append(b.byMessage[it.message], it)
		b.bytes += len(it.raw) + itemOverhead
		delete(b.accepted, it.message)
		if ch, ok := b.waiting[it.message]; ok {
			close(ch)
			delete(b.waiting, it.message)
		}
	}
	for b.bytes > b.limit && len(b.order) > 0 {
		b.drop(b.order[0])
		b.order = b.order[1:]
	}
	close(b.arrived)
	b.arrived = make(chan struct{})
	return nil
}

// drop forgets the oldest item, which is the first of its carrier and of its message.
func (b *book) drop(it *item) {
	b.bytes -= len(it.raw) + itemOverhead
	gone := b.dropped[it.carrier]
	if gone == nil {
		gone = cursor{}
		b.dropped[it.carrier] = gone
	}
	gone[it.partition] = max(gone[it.partition], it.offset)
	if b.newest[it.leg] == it {
		delete(b.newest, it.leg)
	}
	if it.fallback {
		if b.fallbacks[it.message]--; b.fallbacks[it.message] == 0 {
			delete(b.fallbacks, it.message)
		}
	}
	for _, of := range []struct {
		m   map[string][]*item
		key string
	}{{b.byCarrier, it.carrier}, {b.byMessage, it.message}} {
		if rest := of.m[of.key][1:]; len(rest) > 0 {
			of.m[of.key] = rest
		} else {
			delete(of.m, of.key)
		}
	}
}

// overtaken reports whether another message has been answered since on a leg of these answers to one.
func (b *book) overtaken(items []*item) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.ContainsFunc(items, func(it *item) bool {
		last := b.newest[it.leg]
		return last != nil && last.message != it.message
	})
}

// accept notes that a message of carrier is taken in. It returns false when it was taken in before.
func (b *book) accept(id, carrier string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.accepted[id]; ok || len(b.byMessage[id]) > 0 {
		return false
	}
	if len(b.accepted) < maxAccepted {
		b.accepted[id] = taken{carrier: carrier}
	}
	return true
}

// store notes that Kafka has acknowledged a message that was taken in.
func (b *book) store(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t, ok := b.accepted[id]; ok {
		t.stored = true
		b.accepted[id] = t
	}
}

// refuse takes back that a message was taken in.
func (b *book) refuse(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.accepted, id)
}

// message returns what is known of a message, and a channel that is closed when more arrives.
func (b *book) message(id string) ([]*item, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	ch, ok := b.waiting[id]
	if !ok {
		ch = make(chan struct{})
		b.waiting[id] = ch
	}
	return slices.Clone(b.byMessage[id]), ch
}

// forget ends a wait for a message. Others that wait for it look again.
func (b *book) forget(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if ch, ok := b.waiting[id]; ok {
		close(ch)
		delete(b.waiting, id)
	}
}

// after returns at most n items of a carrier that came after cursor, the cursor after them, whether some that the
// cursor had not seen are gone, and a channel that is closed when anything new arrives.
func (b *book) after(carrier string, c cursor, n int) (items []*item, next cursor, gap bool, more <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	next = maps.Clone(c)
	if next == nil {
		next = cursor{}
	}
	for p, o := range b.dropped[carrier] {
		last, ok := c[p]
		gap = gap || (len(c) > 0 && (!ok || o > last))
	}
	for _, it := range b.byCarrier[carrier] {
		if last, ok := c[it.partition]; ok && it.offset <= last {
			continue
		}
		if len(items) == n {
			break
		}
		items = append(items, it)
		next[it.partition] = it.offset
	}
	return items, next, gap, b.arrived
}

// pending reports whether a message of carrier was taken in of which nothing has arrived yet, and whether Kafka has
// acknowledged it.
func (b *book) pending(id, carrier string) (known, stored bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t, ok := b.accepted[id]
	return ok && t.carrier == carrier, t.stored && t.carrier == carrier
}

// history returns what was told of the travellers of a message, by position and in order, where a default was among it or
// the caller asks all the same; else nil.
func (b *book) history(id string, always bool) map[int][]*item {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !always && b.fallbacks[id] == 0 {
		return nil
	}
	all := map[int][]*item{}
	for _, it := range b.byMessage[id] {
		all[it.index] = append(all[it.index], it)
	}
	return all
}
