package watchlist

import (
	"bytes"
	"slices"
	"sort"

	"fairway/pkg/watchlist/name"
)

// dictionary holds the distinct tokens of a list in alphabetical order: a token's id is its rank.
type dictionary struct {
	text      []byte
	start     []uint32
	folds     []byte // of each token, from foldStart
	foldStart []uint32
	masks     [][2]uint32 // letters of each token and of its fold
	df        []uint32    // names that carry the token
	rare      []float32   // log2 of df
	weak      []bool      // titles of respect
	optional  []bool      // words that a name may lack
	keys      lists       // bucket of key hash → tokens
	mask      uint64      // of the bucket number
}

// makeFolds keeps the folds and letter masks of all tokens, which every comparison needs.
func (d *dictionary) makeFolds() {
	d.folds, d.foldStart = make([]byte, 0, len(d.text)), make([]uint32, 0, len(d.start))
	d.masks = make([][2]uint32, d.len())
	var buf [name.MaxToken]byte
	for id := range d.len() {
		w := name.MakeWord(d.token(uint32(id)), buf[:0])
		d.foldStart = append(d.foldStart, uint32(len(d.folds)))
		d.folds = append(d.folds, w.Fold...)
		d.masks[id] = [2]uint32{w.TextMask, w.FoldMask}
	}
	d.foldStart = append(d.foldStart, uint32(len(d.folds)))
}

// word returns a token prepared for comparison.
func (d *dictionary) word(id uint32) name.Word {
	return name.Word{
		Text: d.token(id), Fold: d.folds[d.foldStart[id]:d.foldStart[id+1]],
		TextMask: d.masks[id][0], FoldMask: d.masks[id][1],
	}
}

func (d *dictionary) len() int { return len(d.df) }

func (d *dictionary) token(id uint32) []byte { return d.text[d.start[id]:d.start[id+1]] }

// makeKeys fills the table from key hash to tokens. Buckets hold no hashes: what is found is compared anyway.
func (d *dictionary) makeKeys() {
	buckets := 256
	for buckets < 12*d.len() {
		buckets *= 2
	}
	d.mask = uint64(buckets - 1)
	d.keys.start = make([]uint32, buckets+1)
	var keys []uint64
	for pass := range 2 {
		for id := range d.len() {
			keys = name.Keys(keys[:0], d.token(uint32(id)))
			slices.Sort(keys)
			for i, k := range keys {
				if i > 0 && keys[i-1] == k {
					continue
				}
				if b := k & d.mask; pass == 0 {
					d.keys.start[b+1]++
				} else {
					d.keys.start[b]--
					d.keys.ids[d.keys.start[b]] = uint32(id)
				}
			}
		}
		if pass == 0 {
			for i := range buckets {
				d.keys.start[i+1] += d.keys.start[i]
			}
			d.keys.ids = make([]uint32, d.keys.start[buckets])
			// The second pass counts each start down from its end, which is the next one's start.
			copy(d.keys.start, d.keys.start[1:])
		}
	}
}

// rank is the number of tokens before text in alphabetical order.
func (d *dictionary) rank(text []byte) int {
	return sort.Search(d.len(), func(i int) bool { return bytes.Compare(d.token(uint32(i)), text) >= 0 })
}
