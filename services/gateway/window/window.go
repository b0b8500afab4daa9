package window

import (
	"hash/maphash"
	"iter"
	"slices"
	"strings"
	"sync"

	"fairway/pkg/event"
)

// Record is one record of advisory.issued as it arrives: what its headers say, its bytes, and its place on the topic.
type Record struct {
	event.Meta
	Key, Value []byte
	Partition  int32
	Offset     int64
}

// Advisory is one advisory in the window. It stays as it is, also when the window forgets it.
type Advisory struct {
	Message, Carrier string
	Index            int   // traveller's position in the message; 0 for a notice about all of it
	Partition        int32 // place on the topic
	Offset           int64
	Fallback         bool // a default given at the deadline: no decision

	number uint64 // of its entry
	leg    uint64 // hash; 0 for a notice
	value  []byte
}

// Window is the recent advisories of all carriers, by carrier in the order of their arrival and by message. It is bounded in
// bytes: the oldest goes first. Any number of goroutines may use it.
type Window struct {
	mu        sync.Mutex
	limit     int
	seed      maphash.Seed
	records   records
	feeds     map[string]*feed    // by carrier
	carriers  []string            // by number
	byMessage map[uint64]chain    // message → its entries
	newest    map[uint64]uint64   // leg → what was said last of anybody on it
	told      map[uint64]uint64   // traveller of a message → the newest entry about them
	accepted  map[string]taken    // messages taken in here of which nothing has arrived yet
	waiting   map[string]*waiters // message → who waits for more of it
	arrived   chan struct{}       // closed and replaced whenever anything arrives
}

// chain is the entries about one message.
type chain struct {
	last  uint64 // the newest; each names the one before
	n     int32
	notes int32 // of n, those about the message as a whole
}

// New returns a window of at most limit bytes.
func New(limit int) *Window {
	return &Window{limit: limit, seed: maphash.MakeSeed(), records: newRecords(limit), feeds: map[string]*feed{}, byMessage: map[uint64]chain{},
		newest: map[uint64]uint64{}, told: map[uint64]uint64{}, accepted: map[string]taken{}, waiting: map[string]*waiters{}, arrived: make(chan struct{})}
}

// hash is never 0, which stands for none.
func (w *Window) hash(s string) uint64 { return maphash.String(w.seed, s) | 1 }

// traveller stands for a traveller of a message; for the message itself at position 0.
func traveller(message uint64, index int32) uint64 { return message + uint64(index)<<32 }

// Add takes in records in the order of their arrival. It does not decode them, and passes over those that name nobody to tell.
func (w *Window) Add(recs iter.Seq[Record]) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for r := range recs {
		if r.Message != "" && r.Carrier != "" {
			w.add(&r)
		}
	}
	for w.records.bytes > w.limit && w.records.len() > 0 {
		w.drop()
	}
	close(w.arrived)
	w.arrived = make(chan struct{})
}

func (w *Window) add(r *Record) {
	of, key := w.feed(r.Carrier), w.hash(r.Message)
	e := entry{message: key, partition: r.Partition, offset: r.Offset, index: int32(r.Index), carrier: of.number, fallback: r.Unscreened}
	about := w.byMessage[key]
	if about.n > 0 {
		e.prev = about.last + 1
	}
	who := traveller(key, e.index)
	if before, ok := w.told[who]; ok {
		e.before = before + 1
	}
	if r.Index > 0 {
		e.leg = maphash.Bytes(w.seed, r.Key) | 1
	}
	n := w.records.add(e, r.Message, r.Value)
	about.last, about.n = n, about.n+1
	if r.Index == 0 {
		about.notes++
	}
	w.byMessage[key], w.told[who] = about, n
	of.parts[r.Partition] = append(of.parts[r.Partition], n)
	if e.leg != 0 {
		w.newest[e.leg] = n
	}
	delete(w.accepted, r.Message)
	w.wake(r.Message, int(about.n), r.Index == 0)
}

// feed is what is there of a carrier.
func (w *Window) feed(carrier string) *feed {
	of := w.feeds[carrier]
	if of == nil {
		name := strings.Clone(carrier)
		of = &feed{number: uint32(len(w.carriers)), parts: map[int32][]uint64{}, dropped: Cursor{}}
		w.carriers, w.feeds[name] = append(w.carriers, name), of
	}
	return of
}

// drop forgets the oldest entry, which is the first of its carrier and partition.
func (w *Window) drop() {
	n, e := w.records.drop()
	of := w.feeds[w.carriers[e.carrier]]
	of.dropped[e.partition] = max(of.dropped[e.partition], e.offset)
	of.parts[e.partition] = of.parts[e.partition][1:]
	if w.newest[e.leg] == n {
		delete(w.newest, e.leg)
	}
	about := w.byMessage[e.message]
	if about.n--; e.index == 0 {
		about.notes--
	}
	if w.byMessage[e.message] = about; about.n == 0 {
		delete(w.byMessage, e.message)
	}
	if who := traveller(e.message, e.index); w.told[who] == n {
		delete(w.told, who)
	}
}

// read is entry n as callers see it.
func (w *Window) read(n uint64) *Advisory {
	e := w.records.at(n)
	id, value := w.records.read(e)
	return &Advisory{Message: string(id), Carrier: w.carriers[e.carrier], Index: int(e.index), Partition: e.partition, Offset: e.offset,
		Fallback: e.fallback, number: n, leg: e.leg, value: value}
}

// of returns what is there of a message, oldest first.
func (w *Window) of(id string) []*Advisory {
	about, ok := w.byMessage[w.hash(id)]
	var all []*Advisory
	for n := about.last; ok; {
		if a := w.read(n); a.Message == id { // and not another of the same hash
			all = append(all, a)
		}
		prev := w.records.at(n).prev
		n, ok = prev-1, prev > w.records.first
	}
	slices.Reverse(all)
	return all
}

// Message returns what is there of a message of carrier, oldest first; nothing of another's.
func (w *Window) Message(id, carrier string) []*Advisory {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := w.of(id)
	if len(all) > 0 && all[0].Carrier != carrier {
		return nil
	}
	return all
}

// Traveller returns what is there of one traveller of a message of carrier, newest first; nothing of another's. It looks at
// nobody else of the message.
func (w *Window) Traveller(id, carrier string, index int) (all []*Advisory) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, ok := w.told[traveller(w.hash(id), int32(index))]
	for ok {
		if a := w.read(n); a.Message == id && a.Index == index && a.Carrier == carrier { // and not another of the same hash
			all = append(all, a)
		}
		prev := w.records.at(n).before
		n, ok = prev-1, prev > w.records.first
	}
	return all
}

// Overtaken reports whether another message has been answered since on a leg of these advisories, which are of one.
func (w *Window) Overtaken(all []*Advisory) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.ContainsFunc(all, func(a *Advisory) bool {
		last, ok := w.newest[a.leg]
		return ok && w.records.at(last).message != w.hash(a.Message)
	})
}
