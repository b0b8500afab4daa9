package curator

import (
	"hash/maphash"

	"fairway/pkg/table"
)

// texts are strings of any length, each a chain of blocks: whatever was given back fits what comes next, so nothing has to
// be moved.
type texts struct{ table.Table[block] }

type block struct {
	next  uint32
	bytes [28]byte
}

// put returns where the text begins; 0 for an empty one.
func (t *texts) put(text []byte) (first uint32) {
	for last := uint32(0); len(text) > 0; {
		n := t.Take()
		text = text[copy(t.At(n).bytes[:], text):]
		if last == 0 {
			first = n
		} else {
			t.At(last).next = n
		}
		last = n
	}
	return first
}

// read appends the size bytes that begin at n to dst.
func (t *texts) read(dst []byte, n, size uint32) []byte {
	for size > 0 {
		b := t.At(n)
		here := min(size, uint32(len(b.bytes)))
		dst = append(dst, b.bytes[:here]...)
		n, size = b.next, size-here
	}
	return dst
}

// is reports whether the len(text) bytes that begin at n are text.
func (t *texts) is(n uint32, text string) bool {
	for len(text) > 0 {
		b := t.At(n)
		here := min(len(text), len(b.bytes))
		if string(b.bytes[:here]) != text[:here] {
			return false
		}
		n, text = b.next, text[here:]
	}
	return true
}

func (t *texts) drop(n uint32) {
	for n != 0 {
		next := t.At(n).next
		t.Give(n)
		n = next
	}
}

// index finds records by name. A hash only says where to look; the name itself decides, so no two can be mixed up.
type index[T any] struct {
	items table.Table[item[T]]
	heads []uint32 // by hash: the first of the items that share a place
	texts *texts
}

type item[T any] struct {
	hash, next uint32
	name, size uint32 // of the name
	is         T
}

var seed = maphash.MakeSeed()

func newIndex[T any](texts *texts) index[T] { return index[T]{heads: make([]uint32, 64), texts: texts} }

func (x *index[T]) len() int { return x.items.Len() }

func (x *index[T]) at(n uint32) *T { return &x.items.At(n).is }

func (x *index[T]) head(hash uint32) *uint32 { return &x.heads[hash%uint32(len(x.heads))] }

// find returns the number of the record with that name; 0 when there is none.
func (x *index[T]) find(name string) uint32 {
	return x.lookup(name, uint32(maphash.String(seed, name)))
}

func (x *index[T]) lookup(name string, hash uint32) uint32 {
	for n := *x.head(hash); n != 0; n = x.items.At(n).next {
		if it := x.items.At(n); it.hash == hash && int(it.size) == len(name) && x.texts.is(it.name, name) {
			return n
		}
	}
	return 0
}

// get returns the number of the record with that name, a new one when there is none.
func (x *index[T]) get(name string) uint32 { return x.enter(name, uint32(maphash.String(seed, name))) }

func (x *index[T]) enter(name string, hash uint32) uint32 {
	if n := x.lookup(name, hash); n != 0 {
		return n
	}
	if x.len() >= len(x.heads) {
		x.grow()
	}
	n, head := x.items.Take(), x.head(hash)
	it := x.items.At(n)
	it.hash, it.next, it.name, it.size = hash, *head, x.texts.put([]byte(name)), uint32(len(name))
	*head = n
	return n
}

func (x *index[T]) grow() {
	old := x.heads
	x.heads = make([]uint32, 2*len(old))
	for _, n := range old {
		for n != 0 {
			it := x.items.At(n)
			next, head := it.next, x.head(it.hash)
			it.next, *head = *head, n
			n = next
		}
	}
}

func (x *index[T]) drop(n uint32) {
	it := x.items.At(n)
	at := x.head(it.hash)
	for *at != n {
		at = &x.items.At(*at).next
	}
	*at = it.next
	x.texts.drop(it.name)
	x.items.Give(n)
}

func (x *index[T]) name(n uint32) string {
	it := x.items.At(n)
	return string(x.texts.read(make([]byte, 0, it.size), it.name, it.size))
}

// each calls do with every record's number; do must not add or drop.
func (x *index[T]) each(do func(n uint32)) {
	for _, n := range x.heads {
		for ; n != 0; n = x.items.At(n).next {
			do(n)
		}
	}
}
