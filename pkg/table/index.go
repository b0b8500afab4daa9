package table

import "hash/maphash"

// Index finds records by name. A hash only says where to look; the name itself decides, so no two can be mixed up.
type Index[T any] struct {
	items Table[item[T]]
	heads []uint32 // by hash: the first of the items that share a place
	texts *Texts
}

type item[T any] struct {
	hash, next uint32
	name, size uint32 // of the name
	is         T
}

var seed = maphash.MakeSeed()

// NewIndex makes an index whose names are in texts, which others may use as well.
func NewIndex[T any](texts *Texts) Index[T] { return Index[T]{heads: make([]uint32, 64), texts: texts} }

// Len is how many records there are.
func (x *Index[T]) Len() int { return x.items.Len() }

// Pages is how many pages there are.
func (x *Index[T]) Pages() int { return x.items.Pages() }

// At is record n.
func (x *Index[T]) At(n uint32) *T { return &x.items.At(n).is }

func (x *Index[T]) head(hash uint32) *uint32 { return &x.heads[hash%uint32(len(x.heads))] }

// Find returns the number of the record with that name; 0 when there is none.
func (x *Index[T]) Find(name string) uint32 {
	return x.lookup(name, uint32(maphash.String(seed, name)))
}

func (x *Index[T]) lookup(name string, hash uint32) uint32 {
	for n := *x.head(hash); n != 0; n = x.items.At(n).next {
		if it := x.items.At(n); it.hash == hash && int(it.size) == len(name) && x.texts.Is(it.name, name) {
			return n
		}
	}
	return 0
}

// Get returns the number of the record with that name, a new one when there is none.
func (x *Index[T]) Get(name string) uint32 { return x.enter(name, uint32(maphash.String(seed, name))) }

func (x *Index[T]) enter(name string, hash uint32) uint32 {
	if n := x.lookup(name, hash); n != 0 {
		return n
	}
	if x.Len() >= len(x.heads) {
		x.grow()
	}
	n, head := x.items.Take(), x.head(hash)
	it := x.items.At(n)
	it.hash, it.next, it.name, it.size = hash, *head, x.texts.Put([]byte(name)), uint32(len(name))
	*head = n
	return n
}

func (x *Index[T]) grow() {
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

// Drop takes record n out.
func (x *Index[T]) Drop(n uint32) {
	it := x.items.At(n)
	at := x.head(it.hash)
	for *at != n {
		at = &x.items.At(*at).next
	}
	*at = it.next
	x.texts.Drop(it.name)
	x.items.Give(n)
}

// Name is the name of record n.
func (x *Index[T]) Name(n uint32) string {
	it := x.items.At(n)
	return string(x.texts.Read(make([]byte, 0, it.size), it.name, it.size))
}

// Each calls do with every record's number; do must not add or drop.
func (x *Index[T]) Each(do func(n uint32)) {
	for _, n := range x.heads {
		for ; n != 0; n = x.items.At(n).next {
			do(n)
		}
	}
}
