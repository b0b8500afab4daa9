// Package table holds very many small records of one kind in memory, so that the collector has nothing to look through.
//
// It promises that records are numbered from 1 on and never move, that what is given back is taken again before there is a
// new page, and, where the record's type holds no pointer, that the collector passes over all of them. A table is as large as
// the most it ever held. [Texts] and [Index] are made of tables: strings of any length, and records found by name.
//
// It is not safe for concurrent use.
package table

import "reflect"

// PageSize is how many records are made room for at once.
const PageSize = 1024

// Table is records of one type. The zero value is ready.
type Table[T any] struct {
	pages []*[PageSize]T
	used  uint32 // the highest number there is
	free  []uint32
}

// Len is how many records are taken.
func (t *Table[T]) Len() int { return int(t.used) - len(t.free) }

// Pages is how many pages there are.
func (t *Table[T]) Pages() int { return len(t.pages) }

// At is record n, which must be taken.
func (t *Table[T]) At(n uint32) *T { return &t.pages[n/PageSize][n%PageSize] }

// Take returns the number of a record that is zero.
func (t *Table[T]) Take() (n uint32) {
	if last := len(t.free) - 1; last >= 0 {
		n, t.free = t.free[last], t.free[:last]
		return n
	}
	t.used++
	if int(t.used) >= len(t.pages)*PageSize {
		t.pages = append(t.pages, new([PageSize]T))
	}
	return t.used
}

// Give gives record n back.
func (t *Table[T]) Give(n uint32) {
	var zero T
	*t.At(n) = zero
	t.free = append(t.free, n)
}

// Pointers names what in values of a type the collector has to look through: fields, keys, elements. It is for the tests of
// what grows.
func Pointers(of reflect.Type) (paths []string) {
	inside := func(part reflect.Type, name string) {
		for _, p := range Pointers(part) {
			paths = append(paths, name+p)
		}
	}
	switch of.Kind() {
	case reflect.Struct:
		for i := range of.NumField() {
			inside(of.Field(i).Type, "."+of.Field(i).Name)
		}
	case reflect.Array:
		inside(of.Elem(), "[]")
	default:
		if of.Kind() > reflect.Complex128 {
			paths = append(paths, " is a "+of.String())
		}
	}
	return paths
}
