package curator

import (
	"strconv"

	"fairway/pkg/table"
)

// postings are the postings of every entry as Redis is to have them, and under which keys. They grow with the lists, so
// they hold no pointer for each: the collector need not look through them.
type postings struct {
	texts   table.Texts
	entries table.Index[listed]
	keys    table.Index[exact]
	links   table.Table[link]
	dirty   []uint32 // keys that Redis does not have as they are here
	from    int      // where in dirty the next batch begins
	changes uint32   // counts changes of keys
}

// listed is an entry.
type listed struct {
	posting, size uint32 // its JSON
	first         uint32 // of its links
}

// exact is a Redis key.
type exact struct {
	first, last uint32 // of its links, in the order of the value
	dirty       uint32 // 1 + its place in dirty; 0 when Redis has it
	changed     uint32 // number of its last change
}

// link says that an entry is under a key.
type link struct {
	entry, key, more uint32 // more: the next of the same entry
	prev, next       uint32 // of the same key
}

func newPostings() *postings {
	p := &postings{}
	p.entries, p.keys = table.NewIndex[listed](&p.texts), table.NewIndex[exact](&p.texts)
	return p
}

// nameOf is what an entry is found by: no other list and id give the same, whatever signs they are made of.
func nameOf(list, id string) string { return strconv.Itoa(len(list)) + "/" + list + "/" + id }

// put adds an entry that is not there, last under each of keys. posting is its JSON.
func (p *postings) put(list, id string, posting []byte, keys []string) {
	if len(keys) == 0 {
		return
	}
	n := p.entries.Get(nameOf(list, id))
	e := p.entries.At(n)
	e.posting, e.size = p.texts.Put(posting), uint32(len(posting))
	for _, key := range keys {
		k, l := p.keys.Get(key), p.links.Take()
		to := p.keys.At(k)
		*p.links.At(l) = link{entry: n, key: k, more: e.first, prev: to.last}
		if e.first = l; to.last == 0 {
			to.first = l
		} else {
			p.links.At(to.last).next = l
		}
		to.last = l
		p.soil(k)
	}
}

// remove takes an entry out, from wherever it is.
func (p *postings) remove(list, id string) {
	n := p.entries.Find(nameOf(list, id))
	if n == 0 {
		return
	}
	for l := p.entries.At(n).first; l != 0; {
		gone := *p.links.At(l)
		of := p.keys.At(gone.key)
		if gone.prev == 0 {
			of.first = gone.next
		} else {
			p.links.At(gone.prev).next = gone.next
		}
		if gone.next == 0 {
			of.last = gone.prev
		} else {
			p.links.At(gone.next).prev = gone.prev
		}
		p.soil(gone.key)
		p.links.Give(l)
		l = gone.more
	}
	p.texts.Drop(p.entries.At(n).posting)
	p.entries.Drop(n)
}

// soil notes that Redis does not have key k as it is here.
func (p *postings) soil(k uint32) {
	key := p.keys.At(k)
	p.changes++
	if key.changed = p.changes; key.dirty == 0 {
		p.dirty = append(p.dirty, k)
		key.dirty = uint32(len(p.dirty))
	}
}

// soilAll notes that Redis has nothing.
func (p *postings) soilAll() { p.keys.Each(p.soil) }

// holds reports whether an entry is under key.
func (p *postings) holds(key string) bool {
	k := p.keys.Find(key)
	return k != 0 && p.keys.At(k).first != 0
}

// write is a key as it is to be in Redis.
type write struct {
	number, changed uint32
	key             string
	value           []byte // JSON; nil when no entry is under it
}

// batch returns most dirty keys, or as many as there are. Each time it begins behind the last: keys that Redis refuses
// do not keep the others away.
func (p *postings) batch(most int) []write {
	all := make([]write, 0, min(most, len(p.dirty)))
	for i := range cap(all) {
		k := p.dirty[(p.from+i)%len(p.dirty)]
		all = append(all, write{k, p.keys.At(k).changed, p.keys.Name(k), p.value(k)})
	}
	p.from += len(all)
	if p.from >= len(p.dirty) {
		p.from = 0
	}
	return all
}

func (p *postings) value(k uint32) []byte {
	first := p.keys.At(k).first
	if first == 0 {
		return nil
	}
	value := []byte{'['}
	for l := first; l != 0; l = p.links.At(l).next {
		if l != first {
			value = append(value, ',')
		}
		e := p.entries.At(p.links.At(l).entry)
		value = p.texts.Read(value, e.posting, e.size)
	}
	return append(value, ']')
}

// clean notes that batch is written; what changed meanwhile stays dirty.
func (p *postings) clean(batch []write) {
	for i := range batch {
		n := batch[i].number
		k := p.keys.At(n)
		if k.dirty == 0 || k.changed != batch[i].changed {
			continue
		}
		last := len(p.dirty) - 1
		moved := p.dirty[last]
		p.dirty[k.dirty-1], p.keys.At(moved).dirty = moved, k.dirty
		p.dirty, k.dirty = p.dirty[:last], 0
		if k.first == 0 {
			p.keys.Drop(n)
		}
	}
}
