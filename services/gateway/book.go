package gateway

import (
	"context"
	"hash/maphash"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"

	"fairway/pkg/event"
	"fairway/pkg/stream"
)

// item is one advisory record as it is read from the book: its bytes, and what its headers say.
type item struct {
	n         uint64 // of the entry
	carrier   string
	message   string
	leg       uint64 // hash; 0 for a notice
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

// maxAccepted is how many messages without an answer are known again; more means that all is down anyway.
const maxAccepted = 500_000

// book holds the recent advisories of all carriers, by carrier in order of arrival and by message. It is a window on
// advisory.issued, bounded in bytes: the oldest goes first.
type book struct {
	mu        sync.Mutex
	limit     int
	seed      maphash.Seed
	window    window
	carriers  map[string]*shelf
	names     []string                 // of carriers, by number
	byMessage map[uint64]chain         // message → its entries
	newest    map[uint64]uint64        // leg → what was said last of anybody on it
	told      map[uint64]uint64        // traveller of a message → the newest entry about them
	accepted  map[string]taken         // messages taken in here of which nothing has arrived yet
	waiting   map[string]chan struct{} // message → closed when something arrives for it
	arrived   chan struct{}            // closed and replaced whenever anything arrives
}

// chain is the entries about one message.
type chain struct {
	last  uint64 // the newest; each names the one before
	n     int32
	notes int32 // of n, those about the message as a whole
}

// shelf is what is there of one carrier.
type shelf struct {
	number  uint32
	parts   map[int32][]uint64 // partition → entries, in the order of their offsets
	dropped cursor             // the newest that has gone
}

func newBook(limit int) *book {
	return &book{limit: limit, seed: maphash.MakeSeed(), window: newWindow(limit), carriers: map[string]*shelf{}, byMessage: map[uint64]chain{},
		newest: map[uint64]uint64{}, told: map[uint64]uint64{}, accepted: map[string]taken{}, waiting: map[string]chan struct{}{}, arrived: make(chan struct{})}
}

// hash is never 0, which stands for none.
func (b *book) hash(s string) uint64 { return maphash.String(b.seed, s) | 1 }

// traveller stands for a traveller of a message; for the message itself at position 0.
func traveller(message uint64, index int32) uint64 { return message + uint64(index)<<32 }

func (b *book) shelf(carrier string) *shelf {
	s := b.carriers[carrier]
	if s == nil {
		name := strings.Clone(carrier)
		s = &shelf{uint32(len(b.names)), map[int32][]uint64{}, cursor{}}
		b.names, b.carriers[name] = append(b.names, name), s
	}
	return s
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
		of, key := b.shelf(m.Carrier), b.hash(m.Message)
		e := entry{message: key, partition: r.Partition, offset: r.Offset, index: int32(m.Index), carrier: of.number, fallback: m.Unscreened}
		about := b.byMessage[key]
		if about.n > 0 {
			e.prev = about.last + 1
		}
		who := traveller(key, e.index)
		if before, ok := b.told[who]; ok {
			e.before = before + 1
		}
		if m.Index > 0 {
			e.leg = b.hash(string(r.Key))
		}
		n := b.window.add(e, m.Message, r.Value)
		about.last, about.n = n, about.n+1
		if m.Index == 0 {
			about.notes++
		}
		b.byMessage[key], b.told[who] = about, n
		of.parts[r.Partition] = append(of.parts[r.Partition], n)
		if e.leg != 0 {
			b.newest[e.leg] = n
		}
		delete(b.accepted, m.Message)
		if ch, ok := b.waiting[m.Message]; ok {
			close(ch)
			delete(b.waiting, m.Message)
		}
	}
	for b.window.bytes > b.limit && b.window.len() > 0 {
		b.drop()
	}
	close(b.arrived)
	b.arrived = make(chan struct{})
	return nil
}

// drop forgets the oldest entry, which is the first of its carrier and partition.
func (b *book) drop() {
	n, e := b.window.drop()
	of := b.carriers[b.names[e.carrier]]
	of.dropped[e.partition] = max(of.dropped[e.partition], e.offset)
	of.parts[e.partition] = of.parts[e.partition][1:]
	if b.newest[e.leg] == n {
		delete(b.newest, e.leg)
	}
	about := b.byMessage[e.message]
	if about.n--; e.index == 0 {
		about.notes--
	}
	if b.byMessage[e.message] = about; about.n == 0 {
		delete(b.byMessage, e.message)
	}
	if who := traveller(e.message, e.index); b.told[who] == n {
		delete(b.told, who)
	}
}

// read is entry n as callers see it.
func (b *book) read(n uint64) *item {
	e := b.window.at(n)
	id, raw := b.window.read(e)
	return &item{n, b.names[e.carrier], string(id), e.leg, e.partition, e.offset, int(e.index), e.fallback, raw}
}

// of returns what is there of a message, oldest first.
func (b *book) of(id string) []*item {
	var items []*item
	about, ok := b.byMessage[b.hash(id)]
	for n := about.last; ok; {
		if it := b.read(n); it.message == id { // and not another of the same hash
			items = append(items, it)
		}
		prev := b.window.at(n).prev
		n, ok = prev-1, prev > b.window.first
	}
	slices.Reverse(items)
	return items
}

// overtaken reports whether another message has been answered since on a leg of these answers to one.
func (b *book) overtaken(items []*item) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.ContainsFunc(items, func(it *item) bool {
		last, ok := b.newest[it.leg]
		return ok && b.window.at(last).message != b.hash(it.message)
	})
}

// accept notes that a message of carrier is taken in. It returns false when it was taken in before.
func (b *book) accept(id, carrier string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.accepted[id]; ok || len(b.of(id)) > 0 {
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
	return b.of(id), b.more(id)
}

// progress is [book.message] for who need not read it yet: how much there is of it, and how much of that is about the
// message as a whole.
func (b *book) progress(id string) (n, notes int, more <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	about := b.byMessage[b.hash(id)]
	return int(about.n), int(about.notes), b.more(id)
}

// more is closed when more arrives of a message.
func (b *book) more(id string) <-chan struct{} {
	ch, ok := b.waiting[id]
	if !ok {
		ch = make(chan struct{})
		b.waiting[id] = ch
	}
	return ch
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
	of := b.carriers[carrier]
	if of == nil {
		return nil, next, false, b.arrived
	}
	for p, o := range of.dropped {
		last, ok := c[p]
		gap = gap || (len(c) > 0 && (!ok || o > last))
	}
	var unseen [][]uint64 // of each partition
	for p, all := range of.parts {
		last, ok := c[p]
		if from := sort.Search(len(all), func(i int) bool { return !ok || b.window.at(all[i]).offset > last }); from < len(all) {
			unseen = append(unseen, all[from:])
		}
	}
	for len(items) < n && len(unseen) > 0 { // in the order of their arrival
		first := 0
		for i := range unseen {
			if unseen[i][0] < unseen[first][0] {
				first = i
			}
		}
		it := b.read(unseen[first][0])
		items, next[it.partition] = append(items, it), it.offset
		if unseen[first] = unseen[first][1:]; len(unseen[first]) == 0 {
			unseen = slices.Delete(unseen, first, first+1)
		}
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

// before returns what was told of the traveller of it under the same message before; nil when there is nothing.
func (b *book) before(it *item) *item {
	b.mu.Lock()
	defer b.mu.Unlock()
	for n := it.n; n >= b.window.first; {
		prev := b.window.at(n).before
		if prev <= b.window.first {
			return nil
		}
		n = prev - 1
		if last := b.read(n); last.message == it.message && last.index == it.index { // and not another of the same hash
			return last
		}
	}
	return nil
}
