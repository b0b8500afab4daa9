package watchlist

import (
	"slices"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// Change is one change of one entry, which is named by list and id. Of two changes of an entry the one with the higher Revision counts, in whatever
// order they come; of equal ones the later. Of a deleted entry only list and id are read.
type Change struct {
	Entry    travel.ListEntry
	Deleted  bool
	Revision int64
}

// mergeAfter is how many changed entries make a merge worth while: they are scanned by every query.
const mergeAfter = 1024

// Live is an immutable [Index] with changes on top. Every change makes a new Live, which the caller publishes through
// an atomic pointer; readers keep the one they have. Its matches are those of a fresh [Build] of the same entries.
//
// Merging keeps it fast:
//
//	if live.NeedsMerge() && !merging {  // in the goroutine that applies changes
//	    base := live                    // remember where the merge began
//	    go func() { done <- base.Merge() }()
//	}
//	live = merged.Since(base, live)     // when done: what came meanwhile, on top of the merged index
type Live struct {
	v     view
	added map[string]uint32   // token → place in v.added; shared by descendants, grown only by Apply on a copy
	gone  map[entryName]int64 // revisions of removed entries that are in no index
	count int
}

// entryName is what names an entry.
type entryName struct{ list, id string }

func nameOfEntry(e *travel.ListEntry) entryName { return entryName{e.List, e.ID} }

// changed is the last change of one entry.
type changed struct {
	entry    travel.ListEntry
	names    []nameRecord // none when it was removed
	revision int64
	deleted  bool
}

// NewLive returns ix without changes.
func NewLive(ix *Index) *Live {
	return &Live{v: ix.view(), count: ix.Len()}
}

// Len is the number of entries that can be found by name.
func (l *Live) Len() int { return l.count }

// MatchNames is [Index.MatchNames] on the entries as they are now.
func (l *Live) MatchNames(dst []travel.Match, t *travel.Traveller, on travel.Date, s *Scratch) []travel.Match {
	return l.v.match(dst, t, on, s)
}

// NeedsMerge reports whether so much has changed that queries suffer.
func (l *Live) NeedsMerge() bool { return len(l.v.changes) >= mergeAfter }

// Apply returns l with changes made. It takes about as long as copying one word for each distinct token of the list,
// so changes that are at hand together should be applied together.
func (l *Live) Apply(changes []Change) *Live {
	if len(changes) == 0 {
		return l
	}
	w := newLiveWriter(l)
	for i := range changes {
		w.apply(&changes[i])
	}
	return w.done()
}

// Merge returns the same entries with all changes built into a new index. It takes as long as [Build].
func (l *Live) Merge() *Live {
	old := l.v.ix
	entries := make([]travel.ListEntry, 0, l.count)
	revisions := make([]int64, 0, l.count)
	gone := make(map[entryName]int64)
	i := 0
	for _, c := range l.v.changes {
		for ; i < len(old.entries) && compareNames(&old.entries[i], &c.entry) < 0; i++ {
			entries, revisions = append(entries, old.entries[i]), append(revisions, old.revisions[i])
		}
		if i < len(old.entries) && compareNames(&old.entries[i], &c.entry) == 0 {
			i++
		}
		if len(c.names) > 0 {
			entries, revisions = append(entries, c.entry), append(revisions, c.revision)
		} else {
			gone[nameOfEntry(&c.entry)] = c.revision
		}
	}
	entries, revisions = append(entries, old.entries[i:]...), append(revisions, old.revisions[i:]...)
	for n, r := range l.gone {
		if _, ok := l.find(&travel.ListEntry{List: n.list, ID: n.id}); !ok {
			gone[n] = r
		}
	}
	out := NewLive(build(entries, revisions))
	out.gone = gone
	return out
}

// Since returns merged, which is base.Merge(), with the changes that led from base to now.
func (l *Live) Since(base, now *Live) *Live {
	var changes []Change
	for _, c := range now.v.changes {
		if i, ok := base.find(&c.entry); !ok || base.v.changes[i] != c {
			changes = append(changes, Change{Entry: c.entry, Deleted: c.deleted, Revision: c.revision})
		}
	}
	return l.Apply(changes)
}

// find returns the place of an entry among the changes.
func (l *Live) find(e *travel.ListEntry) (int, bool) {
	return slices.BinarySearchFunc(l.v.changes, e, func(c *changed, e *travel.ListEntry) int { return compareNames(&c.entry, e) })
}

// liveWriter makes a new Live from an old one.
type liveWriter struct {
	l      *Live
	places map[entryName]*changed
}

func newLiveWriter(old *Live) *liveWriter {
	l := *old
	v := &l.v
	v.df, v.rare = slices.Clone(v.df), slices.Clone(v.rare)
	v.added = slices.Clone(v.added)
	v.dead = slices.Clone(v.dead)
	if v.dead == nil {
		v.dead = make([]uint64, (len(v.ix.entries)+63)/64)
	}
	l.added = make(map[string]uint32, len(old.added))
	for k, id := range old.added {
		l.added[k] = id
	}
	places := make(map[entryName]*changed, len(v.changes))
	for _, c := range v.changes {
		places[nameOfEntry(&c.entry)] = c
	}
	return &liveWriter{l: &l, places: places}
}

// id gives a token its id in the dictionary, or a new one after it.
func (w *liveWriter) id(token []byte, weak bool) uint32 {
	v := &w.l.v
	d := &v.ix.dict
	if r := d.rank(token); r < d.len() && string(d.token(uint32(r))) == string(token) {
		return uint32(r)
	}
	if id, ok := w.l.added[string(token)]; ok {
		return id
	}
	id := uint32(len(v.df))
	w.l.added[string(token)] = id
	v.added = append(v.added, addedToken{word: name.MakeWord(slices.Clone(token), nil), weak: weak, optional: name.Optional(token)})
	v.df, v.rare = append(v.df, 0), append(v.rare, 0)
	return id
}

func (w *liveWriter) apply(c *Change) {
	l, id := w.l, nameOfEntry(&c.Entry)
	old := w.places[id]
	at, inIndex := l.v.ix.find(&c.Entry)
	last, known := l.gone[id]
	switch {
	case old != nil:
		last, known = old.revision, true
	case inIndex:
		last, known = l.v.ix.revisions[at], true
	}
	if known && c.Revision < last {
		return
	}
	switch {
	case old != nil:
		w.tally(old.names, false)
	case inIndex:
		l.v.dead[at>>6] |= 1 << (at & 63)
		w.tally(w.namesOf(&l.v.ix.entries[at]), false)
	}
	now := &changed{entry: c.Entry, revision: c.Revision, deleted: c.Deleted}
	if !c.Deleted && isNamed(&now.entry) {
		now.names = w.namesOf(&now.entry)
	}
	w.tally(now.names, true)
	w.places[id] = now
}

// namesOf makes the records of an entry with the tokens of this Live.
func (w *liveWriter) namesOf(e *travel.ListEntry) []nameRecord {
	names := appendNames(nil, e, 0, w)
	for i := range names {
		for k := range names[i].n {
			names[i].token[k]-- // appendNames counts from 1
		}
	}
	return names
}

// tally counts the names of an entry in or out.
func (w *liveWriter) tally(names []nameRecord, in bool) {
	one := ^uint32(0)
	entry := -1
	if in {
		one, entry = 1, 1
	}
	v := &w.l.v
	for i := range names {
		if names[i].flags&flagsJoined == 0 {
			v.groups += entry
		}
		eachCounted(&names[i], func(id uint32) {
			v.df[id] += one
			v.rare[id] = log2(v.df[id])
		})
	}
	if len(names) > 0 {
		w.l.count += entry
	}
}

func (w *liveWriter) done() *Live {
	v := &w.l.v
	v.changes = make([]*changed, 0, len(w.places))
	for _, c := range w.places {
		v.changes = append(v.changes, c)
	}
	slices.SortFunc(v.changes, func(a, b *changed) int { return compareNames(&a.entry, &b.entry) })
	return w.l
}
