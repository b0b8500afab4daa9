package advisor

import (
	"encoding/hex"
	"hash/maphash"
	"time"

	"fairway/pkg/event"
	"fairway/pkg/table"
	"fairway/pkg/travel"
)

// answers is what carriers were told, by place. It grows with traffic, up to days of it, so it holds no pointer for each
// traveller: the collector need not look through it. The few who can be confirmed are kept apart.
type answers struct {
	at    map[key]uint32 // number of the record
	all   table.Table[record]
	hits  map[key]*event.Advisory
	names []string // outcomes, releases; by number, of which 0 is ""
	known map[string]uint32
}

// key stands for a place. Two places that gave one would mix up two people, so it is longer than a map's own hash.
type key [2]uint64

var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

func keyOf(place string) key {
	return key{maphash.String(seeds[0], place), maphash.String(seeds[1], place)}
}

// record is a current without pointers.
type record struct {
	decided, asked packed
	at             int64 // Unix milliseconds
	version        int32
	booking, twice bool // twice: asked is there
	n              uint8
	answered       [remembered]uint64
}

// packed is a decided, without pointers.
type packed struct {
	lists            int64
	decision         [12]byte
	outcome, release uint32
	odd              uint32 // name of a decision that is not 24 hex digits
}

func newAnswers() answers {
	return answers{at: map[key]uint32{}, hits: map[key]*event.Advisory{}, names: []string{""}, known: map[string]uint32{"": 0}}
}

// get returns what is kept under k.
func (t *answers) get(k key) (c current, ok bool) {
	n, ok := t.at[k]
	if !ok {
		return c, false
	}
	r := t.all.At(n)
	c = current{decided: t.unpack(&r.decided), version: int(r.version), booking: r.booking, answered: append([]uint64(nil), r.answered[:r.n]...),
		at: time.UnixMilli(r.at), hit: t.hits[k]}
	if r.twice {
		asked := t.unpack(&r.asked)
		c.asked = &asked
	}
	return c, true
}

// put keeps c under k.
func (t *answers) put(k key, c *current) {
	n, ok := t.at[k]
	if !ok {
		n = t.all.Take()
		t.at[k] = n
	}
	r := t.all.At(n)
	*r = record{decided: t.pack(&c.decided), at: c.at.UnixMilli(), version: int32(c.version), booking: c.booking, twice: c.asked != nil}
	r.n = uint8(copy(r.answered[:], c.answered))
	if c.asked != nil {
		r.asked = t.pack(c.asked)
	}
	if delete(t.hits, k); c.hit != nil {
		t.hits[k] = c.hit
	}
}

// forget drops what was last changed before limit.
func (t *answers) forget(limit time.Time) {
	for k, n := range t.at {
		if t.all.At(n).at < limit.UnixMilli() {
			delete(t.at, k)
			delete(t.hits, k)
			t.all.Give(n)
		}
	}
}

func (t *answers) len() int { return len(t.at) }

// name returns the number of s. There are as many as outcomes and releases.
func (t *answers) name(s string) uint32 {
	n, ok := t.known[s]
	if !ok {
		s = string([]byte(s)) // it would hold on to the batch it came in
		n = uint32(len(t.names))
		t.names, t.known[s] = append(t.names, s), n
	}
	return n
}

func (t *answers) pack(v *decided) packed {
	p := packed{lists: v.lists, outcome: t.name(string(v.outcome)), release: t.name(v.release)}
	var digits [2 * len(p.decision)]byte
	if len(v.decision) == len(digits) {
		_, _ = hex.Decode(p.decision[:], []byte(v.decision))
	}
	if hex.Encode(digits[:], p.decision[:]); string(digits[:]) != v.decision || p.decision == [12]byte{} {
		p.decision, p.odd = [12]byte{}, t.name(v.decision)
	}
	return p
}

func (t *answers) unpack(p *packed) decided {
	v := decided{outcome: travel.Outcome(t.names[p.outcome]), release: t.names[p.release], lists: p.lists, decision: t.names[p.odd]}
	if p.decision != [12]byte{} {
		v.decision = hex.EncodeToString(p.decision[:])
	}
	return v
}
