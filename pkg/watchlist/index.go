package watchlist

import (
	"math"
	"slices"
	"sort"
	"strings"

	"fairway/pkg/travel"
	"fairway/pkg/watchlist/name"
)

// CategoryAuthorisation marks entries that are travel authorisations: found by their number, never by name.
const CategoryAuthorisation = "authorisation"

// maxMatches is the most matches that one query gives.
const maxMatches = 16

// Index is an immutable index of list entries by name. It is safe for concurrent use, each goroutine with a [Scratch]
// of its own. Entries without a name, authorisations and clearances are left out: they are found by key.
type Index struct {
	entries   []travel.ListEntry // by id and list, see compareNames
	revisions []int64            // of each entry; 0 when it came with Build
	names     []nameRecord       // by birth date, unknown first
	years     [MaxYear - MinYear + 2]uint32
	dict      dictionary
	postings  lists    // token → names, ascending
	mono      []uint64 // bit set of the names of one token
	groups    int      // names without their joined forms
}

// nameTokens is how many tokens of a name are compared.
const nameTokens = 7

// nameRecord is one name of one entry: all that scoring reads, in 40 bytes.
type nameRecord struct {
	token   [nameTokens]uint32
	entry   uint32
	birth   birth
	n       uint8
	given   uint8 // bit i: token i is a given name
	flags   uint8
	surname uint8 // bit i: token i is a surname
}

// Flags of a name record.
const (
	flagAlias         = 1 << iota // one of OtherNames
	flagGivenJoined               // given names run together; counted with the name it was made from
	flagSurnameJoined             // surname run together; likewise
	flagOptional                  // the name has a word that a name may lack, see name.Optional

	flagsJoined = flagGivenJoined | flagSurnameJoined
)

// surnameGlued reports whether words of n are run together, one of which may be a whole surname of two letters: then
// what is like it may be somebody else's, DOTHILAN and LETHILAN.
func (n *nameRecord) surnameGlued() bool {
	return n.flags&flagsJoined != 0 && n.flags&flagOptional != 0
}

// lists holds many lists of ids in one array: list i is ids[start[i]:start[i+1]].
type lists struct {
	start []uint32
	ids   []uint32
}

func (l *lists) at(i uint32) []uint32 { return l.ids[l.start[i]:l.start[i+1]] }

// isNamed reports whether e is an entry that is matched by name.
func isNamed(e *travel.ListEntry) bool {
	return (e.Surname != "" || e.Given != "" || len(e.OtherNames) > 0) &&
		e.Category != CategoryAuthorisation && e.Action != travel.ActClear
}

// HasKey reports whether a document, authorisation or clearance key finds e. An entry that has neither a key nor a word
// ([HasWord]) can never be found, and whoever reads a list should say so.
func HasKey(e *travel.ListEntry) bool {
	if e.Action == travel.ActClear {
		return len(ClearanceKeys(e)) > 0
	}
	return len(DocumentKeys(e)) > 0
}

// HasWord reports whether a name of e has a word of two letters or more in some form of A–Z: a name is not looked
// up by initials.
func HasWord(e *travel.ListEntry) bool {
	if name.Sure(string(e.Surname)) || name.Sure(string(e.Given)) {
		return true
	}
	var t name.Tokens
	word := func() bool {
		for i := range t.Len() {
			if len(t.Text(i)) > 1 {
				return true
			}
		}
		return false
	}
	for form := name.ICAO; form <= name.Plain; form++ {
		t.ParseParts(string(e.Surname), string(e.Given), form)
		if word() {
			return true
		}
		for _, other := range e.OtherNames {
			if t.ParseWhole(string(other), form); word() {
				return true
			}
		}
	}
	return false
}

// Nameless reports whether there is no name at all, or only what stands for one.
func Nameless(surname, given travel.Name, others []travel.Name) bool {
	return blank(surname) && blank(given) && !slices.ContainsFunc(others, func(n travel.Name) bool { return !blank(n) })
}

// blank reports whether a part of a name says nothing: empty, or what stands for a name that is not known.
func blank(n travel.Name) bool { return strings.TrimSpace(string(n)) == "" || travel.Filler(string(n)) }

// Build makes an index of entries. When an id occurs more than once in one list the last one counts. Entries is not
// kept, but the strings, documents and other names in it are: they must not change afterwards.
func Build(entries []travel.ListEntry) *Index {
	kept := make([]travel.ListEntry, 0, len(entries))
	kept = append(kept, entries...)
	slices.SortStableFunc(kept, func(a, b travel.ListEntry) int { return compareNames(&a, &b) })
	out := kept[:0]
	for i := range kept {
		if i+1 < len(kept) && compareNames(&kept[i], &kept[i+1]) == 0 {
			continue
		}
		if isNamed(&kept[i]) {
			out = append(out, kept[i])
		}
	}
	clear(kept[len(out):])
	return build(slices.Clip(out), nil)
}

// Len is the number of entries that can be found by name.
func (ix *Index) Len() int { return len(ix.entries) }

// build indexes entries, which are sorted by id and list, unique and named. It takes ownership of both slices.
func build(entries []travel.ListEntry, revisions []int64) *Index {
	if revisions == nil {
		revisions = make([]int64, len(entries))
	}
	ix := &Index{entries: entries, revisions: revisions}
	b := newBuilder(len(entries))
	for i := range entries {
		b.names = appendNames(b.names, &entries[i], uint32(i), b)
	}
	b.finish(ix)
	return ix
}

// single reports whether name id is one token.
func (ix *Index) single(id uint32) bool { return ix.mono[id>>6]&(1<<(id&63)) != 0 }

// find returns the position of the entry that e names.
func (ix *Index) find(e *travel.ListEntry) (int, bool) {
	return slices.BinarySearchFunc(ix.entries, e, func(have travel.ListEntry, e *travel.ListEntry) int { return compareNames(&have, e) })
}

// compareNames orders entries by what names them: an id is of its list, another list may give it out as well.
func compareNames(a, b *travel.ListEntry) int {
	if c := strings.Compare(a.ID, b.ID); c != 0 {
		return c
	}
	return strings.Compare(a.List, b.List)
}

// span returns the names born from year lo to hi.
func (ix *Index) span(lo, hi int) (from, to uint32) {
	lo, hi = max(lo, MinYear), min(hi, MaxYear)
	if lo > hi {
		return 0, 0
	}
	return ix.years[lo-MinYear], ix.years[hi-MinYear+1]
}

// bornOn returns the names born on a day; none unless it is known to the day.
func (ix *Index) bornOn(b birth) (from, to uint32) {
	if b.day() == 0 {
		return 0, 0
	}
	lo, hi := ix.span(b.year(), b.year())
	names := ix.names[lo:hi]
	i := sort.Search(len(names), func(i int) bool { return names[i].birth >= b })
	k := i
	for k < len(names) && names[k].birth == b {
		k++
	}
	return lo + uint32(i), lo + uint32(k)
}

// log2 of a count, 0 for 0: the same everywhere, so that an index and its live form agree.
func log2(n uint32) float32 {
	if n <= 1 {
		return 0
	}
	return float32(math.Log2(float64(n)))
}
