package window

import (
	"fmt"
	"maps"
	"slices"
	"sort"

	"fairway/pkg/event"
)

// feed is what is there of one carrier.
type feed struct {
	number  uint32
	parts   map[int32][]uint64 // partition → entries, in the order of their offsets
	dropped Cursor             // the newest that has gone
}

// Page is a part of a carrier's feed.
type Page struct {
	Told []Telling
	Read int             // advisories it was made of; some tell nothing new
	Next Cursor          // after them
	Gap  bool            // some that the cursor had not seen are gone
	More <-chan struct{} // closed when anything new arrives
}

// Telling is what a carrier is told by one advisory of its feed.
type Telling struct {
	event.Advisory
	Partition int32 // place on the topic
	Offset    int64
	// Changes says that the carrier was told something else of this person on this leg: by an advisory before, or by the
	// default it was given at the deadline.
	Changes bool
	// Answers says that nothing was told of the traveller under this message before.
	Answers bool
}

// Feed returns what came after a cursor in a carrier's feed, made of at most n advisories, each held against what was told
// under its message before.
func (w *Window) Feed(carrier string, from Cursor, n int) (Page, error) {
	all, p := w.after(carrier, from, n)
	p.Read, p.Told = len(all), make([]Telling, len(all))
	told := 0
	for _, a := range all {
		news, err := w.tell(&p.Told[told], a)
		if err != nil {
			return p, err
		}
		if news {
			told++
		}
	}
	p.Told = p.Told[:told]
	return p, nil
}

// after returns at most n advisories of a carrier that came after a cursor, and the page without them.
func (w *Window) after(carrier string, from Cursor, n int) ([]*Advisory, Page) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := Page{Next: maps.Clone(from), More: w.arrived}
	if p.Next == nil {
		p.Next = Cursor{}
	}
	of := w.feeds[carrier]
	if of == nil {
		return nil, p
	}
	for partition, o := range of.dropped {
		last, ok := from[partition]
		p.Gap = p.Gap || (len(from) > 0 && (!ok || o > last))
	}
	var all []*Advisory
	for unseen := w.unseen(of, from); len(all) < n && len(unseen) > 0; { // in the order of their arrival
		first := 0
		for i := range unseen {
			if unseen[i][0] < unseen[first][0] {
				first = i
			}
		}
		a := w.read(unseen[first][0])
		all, p.Next[a.Partition] = append(all, a), a.Offset
		if unseen[first] = unseen[first][1:]; len(unseen[first]) == 0 {
			unseen = slices.Delete(unseen, first, first+1)
		}
	}
	return all, p
}

// unseen is the entries of each partition that a cursor has not seen, where there are any.
func (w *Window) unseen(of *feed, from Cursor) (parts [][]uint64) {
	for partition, all := range of.parts {
		last, ok := from[partition]
		if i := sort.Search(len(all), func(i int) bool { return !ok || w.records.at(all[i]).offset > last }); i < len(all) {
			parts = append(parts, all[i:])
		}
	}
	return parts
}

// before returns what was told of the traveller of a under the same message before; nil when there is nothing.
func (w *Window) before(a *Advisory) *Advisory {
	w.mu.Lock()
	defer w.mu.Unlock()
	for n := a.number; n >= w.records.first; {
		prev := w.records.at(n).before
		if prev <= w.records.first {
			return nil
		}
		n = prev - 1
		if last := w.read(n); last.Message == a.Message && last.Index == a.Index { // and not another of the same hash
			return last
		}
	}
	return nil
}

// tell reads an advisory into t against what was told under its message. What is told depends on the order of
// advisory.issued alone, so that every gateway tells the same. It returns false for one that tells nothing new.
func (w *Window) tell(t *Telling, a *Advisory) (news bool, err error) {
	*t = Telling{Partition: a.Partition, Offset: a.Offset}
	if err := a.Decode(&t.Advisory); err != nil {
		return false, err
	}
	t.Changes = t.Unsolicited
	if a.Index == 0 {
		return true, nil
	}
	last := w.before(a)
	if t.Answers = last == nil; t.Answers || a.Fallback == last.Fallback {
		return true, nil
	}
	var was event.Advisory
	if err := last.Decode(&was); err != nil {
		return false, err
	}
	differs := was.Outcome != t.Outcome
	if !a.Fallback { // the decision follows the default
		t.Changes = t.Changes || differs
		return true, nil
	}
	// The default, on record after the decision, is what the carrier heard last: the decision is told again, unless it says
	// the same, which the carrier knows.
	t.Advisory, t.Changes = was, differs
	return differs, nil
}

// Decode reads what an advisory says.
func (a *Advisory) Decode(into *event.Advisory) error {
	if err := event.Decode(a.value, into); err != nil {
		return fmt.Errorf("read advisory %d/%d: %w", a.Partition, a.Offset, err)
	}
	return nil
}
